import type { Command, Option } from 'commander';

export type Completed = { readonly name: string; readonly description: string };

export type CompletedOption = {
  /** Short and long. */
  readonly names: readonly string[];
  readonly description: string;
  /** What may be its value; a switch has none. */
  readonly values: 'none' | 'files' | 'anything' | readonly string[];
};

export type CompletedCommand = {
  /** The words that lead to it, separated by blanks; empty for the bare command. */
  readonly path: string;
  /** Commands below it, or what its argument may be. */
  readonly words: readonly Completed[];
  readonly takesFiles: boolean;
  readonly options: readonly CompletedOption[];
};

const TAKE_FILES = [
  '--config',
  '--output',
  '--rules',
  '--opa',
  '--snapshot',
  '--since',
  '--keep',
  '--baseline',
  '--previous',
  '--history',
  '--results',
];
const TAKE_RULES = ['--rule', '--skip-rule'];
/** Commands with the id of a rule for an argument. */
const TAKE_A_RULE = ['rules show', 'rules trace', 'explain'];

/** What a shell may offer, made from the command tree itself. */
export function completionModel(program: Command, rules: readonly string[]): readonly CompletedCommand[] {
  const lint = program.commands.find((command) => command.name() === 'lint');
  const all = commandsUnder(program, '', rules);
  // The bare command is lint, so it takes the same options and files.
  const asLint = all.find(({ path }) => path === lint?.name());
  return all.map((command) =>
    command.path === ''
      ? {
          ...command,
          takesFiles: true,
          options: withoutRepeats([...(asLint?.options ?? []), ...command.options]),
        }
      : command,
  );
}

function withoutRepeats(options: readonly CompletedOption[]): readonly CompletedOption[] {
  return [...new Map(options.map((option) => [option.names.join(), option])).values()];
}

function commandsUnder(command: Command, path: string, rules: readonly string[]): CompletedCommand[] {
  const help = command.createHelp();
  const commands = help.visibleCommands(command);
  const words = commands.map((child) => ({
    name: child.name(),
    description: child.summary() || child.description(),
  }));
  const own: CompletedCommand = {
    path,
    words: [...words, ...argumentsOf(command, path, rules)],
    takesFiles: command.registeredArguments.some((argument) => /^(?:paths?|results)$/.test(argument.name())),
    options: help.visibleOptions(command).map((option) => completedOption(option, rules)),
  };
  const inner = commands
    .filter((child) => child.name() !== 'help')
    .flatMap((child) => commandsUnder(child, `${path} ${child.name()}`.trim(), rules));
  const helpFor = command.parent === null ? [{ path: 'help', words, takesFiles: false, options: [] }] : [];
  return [own, ...inner, ...helpFor];
}

function argumentsOf(command: Command, path: string, rules: readonly string[]): Completed[] {
  const choices = command.registeredArguments.flatMap((argument) => argument.argChoices ?? []);
  return [...choices, ...(TAKE_A_RULE.includes(path) ? rules : [])].map((name) => ({
    name,
    description: '',
  }));
}

function completedOption(option: Option, rules: readonly string[]): CompletedOption {
  const { short, long = '', description } = option;
  return {
    names: short === undefined ? [long] : [short, long],
    description,
    values: valuesOf(option, rules),
  };
}

function valuesOf(
  { long = '', flags, required, argChoices }: Option,
  rules: readonly string[],
): CompletedOption['values'] {
  if (!required) return 'none';
  if (TAKE_FILES.includes(long)) return flags.endsWith('<commit>') ? 'anything' : 'files';
  return TAKE_RULES.includes(long) ? rules : (argChoices ?? 'anything');
}

/** Option values by the command and option that take them, the same values once. */
export function valuesByPlace(
  commands: readonly CompletedCommand[],
): readonly { readonly places: readonly string[]; readonly values: CompletedOption['values'] }[] {
  const groups = new Map<string, { places: string[]; values: CompletedOption['values'] }>();
  for (const { path, options } of commands) {
    for (const { names, values } of options) {
      if (values === 'none') continue;
      const key = JSON.stringify(values);
      const group = groups.get(key) ?? { places: [], values };
      groups.set(key, group);
      group.places.push(...names.map((name) => `${path}:${name}`));
    }
  }
  return [...groups.values()];
}

/** Text in single quotes for a POSIX shell. */
export function shellQuoted(text: string): string {
  return `'${text.replaceAll("'", String.raw`'\''`)}'`;
}
