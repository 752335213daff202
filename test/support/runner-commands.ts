/**
 * What CI runners make of a program's output, line by line, told from what their sources do:
 * GitHub's (actions/runner: ActionCommand, ActionCommandManager, OutputManager) and Azure Pipelines'
 * (azure-pipelines-agent: Command). A test that finds here only the commands it meant has started no other one.
 */
type RunnerCommand = {
  /** GitHub's `::name::data`, GitHub's `##[name]data`, or Azure's `##vso[area.event]data`. */
  readonly version: 2 | 1 | 'vso';
  /** In lower case, as runners compare it: `error`, `task.logissue`. */
  readonly command: string;
  readonly properties: Readonly<Record<string, string>>;
  readonly data: string;
};

type Escapes = readonly (readonly [written: string, means: string])[];

/** In the order in which they are undone. */
const DATA: Escapes = [
  ['%0D', '\r'],
  ['%0A', '\n'],
  ['%25', '%'],
];
const PROPERTY: Escapes = [
  ['%0D', '\r'],
  ['%0A', '\n'],
  ['%3A', ':'],
  ['%2C', ','],
  ['%25', '%'],
];
const VERSION_1: Escapes = [
  ['%3B', ';'],
  ['%0D', '\r'],
  ['%0A', '\n'],
  ['%5D', ']'],
  ['%25', '%'],
];
const VSO: Escapes = [...VERSION_1.slice(0, -1), ['%AZP25', '%']];

const REGISTERED: readonly string[] = [
  'add-mask',
  'add-matcher',
  'add-path',
  'debug',
  'echo',
  'endgroup',
  'error',
  'group',
  'notice',
  'remove-matcher',
  'save-state',
  'set-env',
  'set-output',
  'stop-commands',
  'warning',
];

/** .NET's `char.IsWhiteSpace`, which is not JavaScript's: U+0085 is in it, U+FEFF is not. */
const LEADING_SPACE = /^[\t-\r \u0085\u00a0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000]+/;
/** .NET compares by culture here: characters without weight may stand between the colons. */
const SEPARATOR = /:[\p{Default_Ignorable_Code_Point}\0-\b\x0e-\x1f\x7f-\x84\x86-\x9f]*:/u;

/** The commands that runners would find in the output, in its order. */
export function commandsIn(text: string): RunnerCommand[] {
  const commands: RunnerCommand[] = [];
  const github = new GitHubRunner();
  for (const line of linesOf(text)) {
    commands.push(...[github.process(line), azureCommand(line)].filter((command) => command !== null));
  }
  return commands;
}

/**
 * Which commands there are with which properties, and how many lines: the same for two outputs whose texts differ, when
 * no text does harm.
 */
export function commandShapes(output: string): string {
  const shapes = commandsIn(output).map(({ version, command, properties }) =>
    [version, command, ...Object.keys(properties)].join(' '),
  );
  return [...shapes, `${linesOf(output).length} lines`].join('\n');
}

/** As .NET's `StreamReader.ReadLine` has them: `\r`, `\n` and `\r\n` end a line. */
function linesOf(text: string): string[] {
  return text.split(/\r\n|\r|\n/);
}

/** Reads line after line; between `stop-commands` and its token it obeys nothing. */
class GitHubRunner {
  readonly #registered = new Set(REGISTERED);
  #stopToken: string | null = null;

  process(line: string): RunnerCommand | null {
    const command = this.#version2(line) ?? this.#version1(line);
    if (command === null) return null;
    if (this.#stopToken !== null) {
      if (command.command !== this.#stopToken) return null;
      this.#registered.delete(this.#stopToken);
      this.#stopToken = null;
      return command;
    }
    if (command.command === 'stop-commands') this.#stop(command.data.toLowerCase());
    return command;
  }

  /** A token that is empty or a command already is refused. */
  #stop(token: string): void {
    if (token === '' || token === 'pause-logging' || this.#registered.has(token)) return;
    this.#stopToken = token;
    this.#registered.add(token);
  }

  /** `::name key=value,key=value::data` at the start of a line, behind white space. */
  #version2(line: string): RunnerCommand | null {
    const message = line.replace(LEADING_SPACE, '');
    if (!message.startsWith('::')) return null;
    const rest = message.slice(2);
    const end = rest.search(SEPARATOR);
    if (end < 0) return null;
    const { name, properties } = split(rest.slice(0, end), ',');
    const command = name.toLowerCase();
    if (!this.#registered.has(command)) return null;
    return {
      version: 2,
      command,
      properties: pairsOf(properties, PROPERTY),
      data: unescape(rest.slice(end + 2), DATA),
    };
  }

  /** `##[name key=value;key=value]data` anywhere in a line; only the first one counts. */
  #version1(line: string): RunnerCommand | null {
    const bracketed = inBrackets(line, '##[');
    if (bracketed === null) return null;
    const { name, properties } = split(bracketed.info, ';');
    const command = name.toLowerCase();
    if (!this.#registered.has(command)) return null;
    return {
      version: 1,
      command,
      properties: pairsOf(properties, VERSION_1),
      data: unescape(bracketed.data, VERSION_1),
    };
  }
}

/** `##vso[area.event key=value;key=value;]data` anywhere in a line. */
function azureCommand(line: string): RunnerCommand | null {
  const bracketed = inBrackets(line, '##vso[');
  if (bracketed === null) return null;
  const { name, properties } = split(bracketed.info, ';');
  const areaAndEvent = name.split('.').filter((part) => part !== '');
  if (areaAndEvent.length !== 2) return null;
  return {
    version: 'vso',
    command: areaAndEvent.join('.').toLowerCase(),
    properties: pairsOf(properties, VSO),
    data: unescape(bracketed.data, VSO),
  };
}

function inBrackets(line: string, prefix: string): { readonly info: string; readonly data: string } | null {
  const start = line.indexOf(prefix);
  const end = start < 0 ? -1 : line.indexOf(']', start);
  return end < 0 ? null : { info: line.slice(start + prefix.length, end), data: line.slice(end + 1) };
}

/** The name up to the first blank, and the properties behind it. */
function split(info: string, between: string): { readonly name: string; readonly properties: string[] } {
  const blank = info.indexOf(' ');
  return blank < 0
    ? { name: info, properties: [] }
    : { name: info.slice(0, blank), properties: blank === 0 ? [] : info.slice(blank + 1).split(between) };
}

/** Equals signs around a name fall away with .NET's `RemoveEmptyEntries`; a property without a value does too. */
function pairsOf(properties: readonly string[], escapes: Escapes): Record<string, string> {
  const pairs = properties.flatMap((property) => {
    const { name, value } = /^=*(?<name>[^=]+)=+(?<value>[^=][^]*)$/.exec(property)?.groups ?? {};
    return name === undefined || value === undefined ? [] : [[name, unescape(value, escapes)] as const];
  });
  return Object.fromEntries(pairs);
}

function unescape(text: string, escapes: Escapes): string {
  return escapes.reduce((result, [written, means]) => result.replaceAll(written, means), text);
}
