import type { Command } from 'commander';
import type { CliContext } from '../context.ts';
import { ENVIRONMENT_HELP } from '../environment-help.ts';
import { readFlags } from '../flags.ts';
import { addOptions } from '../options.ts';
import { formatsHelp } from '../outputs.ts';

const EXAMPLES = `Examples:
  agentid-lint lint --output json=results.json       save the report of a run
  agentid-lint report results.json                   read it again
  agentid-lint report results.json --output csv=findings.csv --output sarif=results.sarif
  curl … | agentid-lint report - --format markdown`;

/** Not those of a run: what the run ended with is in the report, and writing it again judges nothing. */
const EXIT_CODES = `Exit codes:
  0   the report was written, whatever its verdict is
  2   usage error, or the file is no whole report of a run
  10  internal error (a bug), or a report that could not be written`;

/** `report`: a saved report in other formats. */
export function addReportCommand(program: Command, context: CliContext): void {
  const command = program
    .command('report')
    .argument('<results>', 'JSON report of a run (json-v1), or "-" for stdin')
    .summary('write a saved JSON report in other formats')
    .description(
      'Writes what a run has saved with --output json=… in any format, byte for byte as\nthe run itself would have. A report that is cut short, or whose parts contradict\neach other, is refused.',
    )
    .addHelpText('after', `\n${[EXAMPLES, formatsHelp(), ENVIRONMENT_HELP, EXIT_CODES].join('\n\n')}`);
  const given = addOptions(command, [
    '--format',
    '--output',
    '--framework',
    '--show-suppressed',
    '--color',
    '--no-color',
    '--quiet',
    '--debug',
  ]);
  command.action(async (results: string) => {
    const { rewriteReport } = await import('../other-commands.ts');
    await rewriteReport(results, readFlags(given, context.env), context);
  });
}
