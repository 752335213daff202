/** Services that workflows are written for. */
export const WORKFLOWS = ['github', 'none'] as const;

/** What the command line says about what is to be written; absent: it is asked, or proposed. */
export type InitOptions = {
  readonly yes?: boolean;
  readonly dryRun?: boolean;
  readonly workflow?: string;
  readonly preCommit?: boolean;
  readonly baseline?: boolean;
};
