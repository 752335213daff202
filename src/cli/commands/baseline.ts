import { Option, type Command } from 'commander';
import { wantsColor } from '../color.ts';
import type { CliContext } from '../context.ts';
import { ENVIRONMENT_HELP } from '../environment-help.ts';
import { readFlags } from '../flags.ts';
import { addOptions, SUPPRESSION_RUN_OPTIONS } from '../options.ts';

const EXAMPLES = `Examples:
  agentid-lint baseline create                       record what is found today
  agentid-lint baseline create --snapshot tenant.snapshot --add
  agentid-lint baseline check                        what is new, and what is not found any more
  agentid-lint baseline prune --dry-run`;

const PATHS = 'files, folders and patterns, as for lint; without any, the working directory';

type SetExitCode = (code: number) => void;

/** `baseline`: findings that were there before. */
export function addBaselineCommands(program: Command, context: CliContext, setExitCode: SetExitCode): void {
  const baseline = program
    .command('baseline')
    .summary('record known findings, so that only new ones count')
    .description(
      'Keeps a file of findings that are known: they are told and do not count. An entry is about a\nrule, a resource and what is wrong with it, so that any change of these is a new finding.',
    )
    .addHelpText('after', `\n${EXAMPLES}`);
  addCreate(baseline, context, setExitCode);
  addCheck(baseline, context, setExitCode);
  addPrune(baseline, context, setExitCode);
}

function addCreate(baseline: Command, context: CliContext, setExitCode: SetExitCode): void {
  const command = baseline
    .command('create')
    .argument('[paths...]', PATHS)
    .summary('record every finding that counts')
    .description(
      'Judges, and writes every finding that counts to the baseline. Never replaces one. Left out are\nfindings of rules that allow no exception, and those that do not count anyway.',
    )
    .addOption(baselineOption('--add', 'add what an existing baseline does not know'))
    .addHelpText('after', helpOf('0   the baseline was written, or knows everything'));
  const given = addOptions(command, SUPPRESSION_RUN_OPTIONS);
  command.action(async (paths: string[], { add = false }: { readonly add?: boolean }) => {
    const { createBaseline } = await import('../other-commands.ts');
    setExitCode(await createBaseline({ paths, adds: add }, readFlags(given, context.env), context));
  });
}

function addCheck(baseline: Command, context: CliContext, setExitCode: SetExitCode): void {
  const command = baseline
    .command('check')
    .argument('[paths...]', PATHS)
    .summary('compare the baseline with what is found')
    .description(
      'Judges, and tells what the baseline does not know, and which of its entries are found no more.',
    )
    .addHelpText(
      'after',
      helpOf(
        '0   the baseline knows every finding, and every entry is found',
        '1   something is new or stale',
      ),
    );
  const given = addOptions(command, [...SUPPRESSION_RUN_OPTIONS, '--color', '--no-color']);
  command.action(async (paths: string[]) => {
    const flags = readFlags(given, context.env);
    const color = wantsColor(context, flags.either('--color', '--no-color'));
    const { checkBaseline } = await import('../other-commands.ts');
    setExitCode(await checkBaseline({ paths, color }, flags, context));
  });
}

function addPrune(baseline: Command, context: CliContext, setExitCode: SetExitCode): void {
  const command = baseline
    .command('prune')
    .argument('[paths...]', PATHS)
    .summary('take out what is not found any more')
    .description(
      'Judges, and takes entries out of the baseline: those whose rule has judged their object and finds\nthem no more. Never adds one.',
    )
    .addOption(baselineOption('--gone', 'also take out entries about objects that this run does not have'))
    .addOption(baselineOption('--dry-run', 'change nothing, and tell what would go'))
    .addHelpText('after', helpOf('0   stale entries are gone, or there was none'));
  const given = addOptions(command, SUPPRESSION_RUN_OPTIONS);
  command.action(
    async (
      paths: string[],
      { dryRun = false, gone = false }: { readonly dryRun?: boolean; readonly gone?: boolean },
    ) => {
      const { pruneBaseline } = await import('../other-commands.ts');
      setExitCode(await pruneBaseline({ paths, dryRun, gone }, readFlags(given, context.env), context));
    },
  );
}

function baselineOption(flags: string, description: string): Option {
  return new Option(flags, description).helpGroup('The baseline:');
}

function helpOf(...codes: readonly string[]): string {
  const rows = [
    ...codes,
    '2   usage, config, rule, waiver or baseline error; nothing was written',
    '3   nothing to judge was found (unless --allow-empty)',
    '4   incomplete: something could not be read or judged (unless --allow-incomplete)',
    '10  internal error (a bug), or a file that could not be written',
  ];
  return `\n${ENVIRONMENT_HELP}\n\nExit codes:\n${rows.map((row) => `  ${row}`).join('\n')}`;
}
