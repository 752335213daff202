import { Option, type Command } from 'commander';
import { wantsColor } from '../color.ts';
import type { CliContext } from '../context.ts';
import { ENVIRONMENT_HELP } from '../environment-help.ts';
import { readFlags } from '../flags.ts';
import { addOptions, SOURCE_OPTIONS, SUPPRESSION_RUN_OPTIONS } from '../options.ts';
import { isJson, textOrJson, type FormatFlag } from '../text-or-json.ts';
import type { GivenWaiver } from '../waivers-add.ts';

const EXAMPLES = `Examples:
  agentid-lint waivers list                          the next to end first
  agentid-lint waivers add                           asks which finding, why and until when
  agentid-lint waivers add v1:0123abcd --reason "Sponsor on leave" --approved-by "Ines Moreau" --expires 2027-01-31
  agentid-lint waivers check
  agentid-lint waivers prune --dry-run`;

const PATHS = 'files, folders and patterns, as for lint; without any, the working directory';
/** Options of a run that say nothing about waivers. */
const RUN_OPTIONS = SUPPRESSION_RUN_OPTIONS.filter(
  (name) => name !== '--no-waivers' && name !== '--baseline',
);

type SetExitCode = (code: number) => void;

/** `waivers`: findings that somebody answers for until a day. */
export function addWaiversCommands(program: Command, context: CliContext, setExitCode: SetExitCode): void {
  const waivers = program
    .command('waivers')
    .summary('accept findings until a day, with a reason and a name')
    .description(
      'Keeps a file of findings that somebody answers for: they are told and do not count until their end.',
    )
    .addHelpText('after', `\n${EXAMPLES}`);
  addList(waivers, context);
  addAdd(waivers, context, setExitCode);
  addCheck(waivers, context, setExitCode);
  addPrune(waivers, context, setExitCode);
}

function addList(waivers: Command, context: CliContext): void {
  const command = waivers
    .command('list')
    .summary('print every waiver')
    .description('Prints every waiver, the next to end first. Judges nothing.')
    .addOption(textOrJson())
    .addHelpText('after', `\n${ENVIRONMENT_HELP}`);
  const given = addOptions(command, [...SOURCE_OPTIONS, '--now', '--quiet', '--debug']);
  command.action(async ({ format }: FormatFlag) => {
    const asJson = isJson(format);
    const { listWaivers } = await import('../other-commands.ts');
    await listWaivers(asJson, readFlags(given, context.env), context);
  });
}

function addAdd(waivers: Command, context: CliContext, setExitCode: SetExitCode): void {
  const command = waivers
    .command('add')
    .argument('[fingerprint]', 'the finding, by its fingerprint or the beginning of it')
    .argument('[paths...]', PATHS)
    .summary('waive one finding')
    .description(
      'Writes a waiver for one finding. Asks for what it is not given, but not in CI and not without a\nterminal. Everything else in the file stays as it is, comments too.',
    )
    .addOption(waiverOption('--reason <text>', 'why the risk is accepted'))
    .addOption(waiverOption('--approved-by <who>', 'who answers for it'))
    .addOption(waiverOption('--expires <date>', 'the last day, such as 2027-01-31, or a time with a zone'))
    .addOption(waiverOption('--ticket <id>', 'where it is tracked'))
    .addOption(
      waiverOption('--results <file>', 'JSON report that has the finding; without one, it is judged'),
    )
    .addHelpText('after', helpOf('0   the waiver was written'));
  const given = addOptions(command, RUN_OPTIONS);
  command.action(
    async (
      fingerprint: string | undefined,
      paths: string[],
      options: Omit<GivenWaiver, 'fingerprint' | 'paths'>,
    ) => {
      const { addWaiver } = await import('../other-commands.ts');
      const flags = readFlags(given, context.env);
      setExitCode(await addWaiver({ ...options, fingerprint, paths }, flags, context));
    },
  );
}

function addCheck(waivers: Command, context: CliContext, setExitCode: SetExitCode): void {
  const command = waivers
    .command('check')
    .argument('[paths...]', PATHS)
    .summary('find waivers that are expired or stale')
    .description(
      'Judges, and tells which waivers, and which suppressions beside findings, are expired, are about to\nexpire, or are about nothing that is found.',
    )
    .addHelpText('after', helpOf('0   every waiver is needed and holds', '1   one is expired or stale'));
  const given = addOptions(command, [...RUN_OPTIONS, '--color', '--no-color']);
  command.action(async (paths: string[]) => {
    const flags = readFlags(given, context.env);
    const color = wantsColor(context, flags.either('--color', '--no-color'));
    const { checkWaivers } = await import('../other-commands.ts');
    setExitCode(await checkWaivers({ paths, color }, flags, context));
  });
}

function addPrune(waivers: Command, context: CliContext, setExitCode: SetExitCode): void {
  const command = waivers
    .command('prune')
    .argument('[paths...]', PATHS)
    .summary('take out waivers that are expired or stale')
    .description('Judges, and takes expired and stale waivers out of the file. Every other byte stays.')
    .addOption(waiverOption('--dry-run', 'change nothing, and print the change'))
    .addHelpText('after', helpOf('0   expired and stale waivers are gone, or there was none'));
  const given = addOptions(command, [...RUN_OPTIONS, '--color', '--no-color']);
  command.action(async (paths: string[], { dryRun = false }: { readonly dryRun?: boolean }) => {
    const flags = readFlags(given, context.env);
    const color = wantsColor(context, flags.either('--color', '--no-color'));
    const { pruneWaivers } = await import('../other-commands.ts');
    setExitCode(await pruneWaivers({ paths, dryRun, color }, flags, context));
  });
}

function waiverOption(flags: string, description: string): Option {
  return new Option(flags, description).helpGroup('The waiver:');
}

function helpOf(...codes: readonly string[]): string {
  const rows = [
    ...codes,
    '2   usage, config, rule or waiver error; nothing was written',
    '3   nothing to judge was found (unless --allow-empty)',
    '4   incomplete: something could not be read or judged (unless --allow-incomplete)',
    '10  internal error (a bug), or a file that could not be written',
  ];
  return `\n${ENVIRONMENT_HELP}\n\nExit codes:\n${rows.map((row) => `  ${row}`).join('\n')}`;
}
