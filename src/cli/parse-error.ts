import type { Command, CommanderError } from 'commander';
import { suggest } from '../util/suggest.ts';
import { usageError } from './errors.ts';

/** What the parser did not understand, in our form: what is wrong, and what was meant or where it is explained. */
export function mistakeOf(
  { code, message }: CommanderError,
  program: Command,
  argv: readonly string[],
): Error {
  const words = argv.filter((word) => !word.startsWith('-'));
  const { command, path } = commandAt(program, words);
  const help = `"${[...path, '--help'].join(' ')}" explains it.`;
  if (code === 'commander.help') {
    const [asked, wanted = ''] = words;
    if (asked === 'help') return unknownCommand(wanted, program);
    const inner = command.commands.map((child) => child.name()).join(', ');
    return usageError(`"${path.join(' ')}" needs a command: ${inner}`, help);
  }
  const [what = '', ...guesses] = message.split('\n');
  const near = guesses.join(' ').replace(/^\((.*)\)$/, '$1');
  return usageError(what.replace(/^error: /, '').replaceAll("'", '"'), near === '' ? help : near);
}

/** @param where what else the name is not, to go behind a comma */
export function unknownCommand(name: string, program: Command, where?: string): Error {
  const commands = [...program.commands.map((command) => command.name()), 'help'];
  const known = `Commands: ${commands.join(', ')}.`;
  const near = suggest(name, commands);
  const misplaced = `Options stand behind the command: agentid-lint ${name} …`;
  const hint = commands.includes(name) ? misplaced : near === null ? known : `Did you mean "${near}"?`;
  return usageError(
    `there is no command ${JSON.stringify(name)}${where === undefined ? '' : `, ${where}`}`,
    hint,
  );
}

function commandAt(
  program: Command,
  words: readonly string[],
): { command: Command; path: readonly string[] } {
  let command = program;
  const path = [program.name()];
  for (const word of words) {
    const inner = command.commands.find((child) => child.name() === word);
    if (inner === undefined) break;
    command = inner;
    path.push(word);
  }
  return { command, path };
}
