/** What the environment can say to any command. */
export const ENVIRONMENT_HELP = `Environment:
  AGENTID_LINT_*         sets any option: AGENTID_LINT_FAIL_ON=medium, AGENTID_LINT_QUIET=true;
                         values of repeatable options each on a line. The command line wins.
  NO_COLOR, FORCE_COLOR  no colour, or colour; --color and --no-color win.`;
