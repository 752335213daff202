import type { Command } from 'commander';
import { TREND_FORMATS } from '../../reporters/trend-formats.ts';
import type { CliContext } from '../context.ts';
import { ENVIRONMENT_HELP } from '../environment-help.ts';
import { readFlags } from '../flags.ts';
import { addOptions } from '../options.ts';

const EXAMPLES = `Examples:
  agentid-lint lint --history .agentid-lint/history  add a run to the history
  agentid-lint trend .agentid-lint/history           what the runs have found over time
  agentid-lint trend .agentid-lint/history --since 2026-10-01 --output html=trend.html`;

/** Not those of a run: what the runs ended with is in the history. */
const EXIT_CODES = `Exit codes:
  0   the trend was written, wherever it leads
  2   usage error, or the folder holds something that is no whole run
  3   there is no run to tell of (unless --allow-empty)
  10  internal error (a bug), or a trend that could not be written`;

/** `trend`: what runs with `--history` have found over time. */
export function addTrendCommand(
  program: Command,
  context: CliContext,
  setExitCode: (code: number) => void,
): void {
  const command = program
    .command('trend')
    .argument('<folder>', 'folder that runs with --history were added to')
    .summary('show what runs have found over time')
    .description(
      'Tells how findings, waivers and the time to fix went over the runs that --history\nhas kept in a folder. What a run could not judge is never told as fixed.',
    )
    .addHelpText('after', `\n${[EXAMPLES, formatsHelp(), ENVIRONMENT_HELP, EXIT_CODES].join('\n\n')}`);
  const given = addOptions(
    command,
    [
      ...(['--source', '--since', '--allow-empty', '--format', '--output'] as const),
      ...(['--color', '--no-color', '--quiet', '--debug'] as const),
    ],
    {
      '--since': { value: '<date>', group: 'history', description: 'tell of runs from this day on' },
      '--allow-empty': { group: 'history', description: 'do not fail when there is no run' },
      '--format': {
        short: '-f',
        value: '<format>',
        group: 'output',
        choices: Object.keys(TREND_FORMATS),
        description: 'format of the trend on stdout (default: pretty)',
      },
      '--output': {
        value: '<format=file>',
        group: 'output',
        description: 'also write the trend to a file (repeatable)',
      },
    },
  );
  command.action(async (folder: string) => {
    const { printTrend } = await import('../other-commands.ts');
    setExitCode(await printTrend(folder, readFlags(given, context.env), context));
  });
}

function formatsHelp(): string {
  const width = Math.max(...Object.keys(TREND_FORMATS).map((name) => name.length));
  const lines = Object.entries(TREND_FORMATS).map(([name, text]) => `  ${name.padEnd(width)}  ${text}`);
  return `Formats:\n${lines.join('\n')}`;
}
