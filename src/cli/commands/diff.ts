import type { Command } from 'commander';
import type { CliContext } from '../context.ts';
import { ENVIRONMENT_HELP } from '../environment-help.ts';
import { readFlags } from '../flags.ts';
import { FAIL_ON } from '../option-table.ts';
import { addOptions } from '../options.ts';

const FORMATS = ['pretty', 'json', 'markdown'];

const EXAMPLES = `Examples:
  agentid-lint lint --output json=new.json           save the report of a run
  agentid-lint diff old.json new.json                what has changed since an earlier one
  agentid-lint diff old.json new.json --fail-on-new --output markdown=changes.md
  agentid-lint lint --format json | agentid-lint diff old.json -`;

const GROUPS = `What is told:
  added             counts, and was not there
  came back         was suppressed, and counts: what suppressed it has expired or is gone
  severity changed  counts in both, with another severity
  cannot be told    counted, and its file could not be read or its rule was not asked
  newly suppressed  counted, and is waived, in the baseline or exempt now
  fixed             counted, and is not there; it was looked at again, or its object is gone`;

const EXIT_CODES = `Exit codes:
  0   nothing counts at or above the threshold that did not before
  1   something does, or has come to it by a worse severity
  2   usage error, no whole reports, or reports of different things
  4   something cannot be told (unless --allow-incomplete)
  10  internal error (a bug), or a comparison that could not be written`;

/** `diff`: what has changed between two saved reports. */
export function addDiffCommand(
  program: Command,
  context: CliContext,
  setExitCode: (code: number) => void,
): void {
  const command = program
    .command('diff')
    .argument('<older>', 'JSON report of a run (json-v1), or "-" for stdin')
    .argument('<newer>', 'JSON report of a later run of the same, or "-" for stdin')
    .summary('tell what has changed between two saved JSON reports')
    .description(
      'Compares two reports that runs have saved with --output json=…, finding by finding.\nWhat could not be read or judged any more is never called fixed.',
    )
    .addHelpText('after', `\n${[EXAMPLES, GROUPS, ENVIRONMENT_HELP, EXIT_CODES].join('\n\n')}`);
  const given = addOptions(
    command,
    [
      ...(['--fail-on', '--fail-on-new', '--allow-incomplete', '--format', '--output'] as const),
      ...(['--color', '--no-color', '--quiet'] as const),
    ],
    {
      '--fail-on': {
        value: '<severity>',
        group: 'verdict',
        choices: FAIL_ON,
        description:
          'fail on what counts now and did not before, of this severity or worse (default: the threshold of the newer report)',
      },
      '--fail-on-new': {
        group: 'verdict',
        description: 'fail on everything that counts now and did not before, whatever its severity',
      },
      '--allow-incomplete': {
        group: 'verdict',
        description: 'do not fail when something cannot be told',
      },
      '--format': {
        short: '-f',
        value: '<format>',
        group: 'output',
        choices: FORMATS,
        description: 'pretty (default), json or markdown',
      },
      '--output': {
        value: '<format=file>',
        group: 'output',
        description: 'also write the comparison to a file (repeatable)',
      },
    },
  );
  command.action(async (older: string, newer: string) => {
    const { diffFiles } = await import('../other-commands.ts');
    setExitCode(await diffFiles([older, newer], readFlags(given, context.env), context));
  });
}
