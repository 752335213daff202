import type { Flag } from '../config/flags.ts';
import { suggest } from '../util/suggest.ts';
import { usageError } from './errors.ts';
import { OPTION_NAMES, type GivenOption, type OptionName } from './options.ts';

type Environment = { readonly [name: string]: string | undefined };

/** What the command line says, and where it is silent the environment; each value with what set it. */
export type Flags = {
  readonly text: (name: OptionName) => Flag<string> | undefined;
  /** Every value of a repeatable option; in a variable each stands on a line of its own. */
  readonly list: (name: OptionName) => Flag<readonly string[]> | undefined;
  /** @throws {UsageError} when the value is not among the choices */
  readonly one: <T extends string>(name: OptionName, choices: readonly T[]) => Flag<T> | undefined;
  /** @throws {UsageError} when a variable is neither true nor false */
  readonly isOn: (name: OptionName) => boolean;
  /** A switch that is on, and what switched it on. */
  readonly switched: (name: OptionName) => Flag<true> | undefined;
  /** Which of two opposites holds: the later one on the command line, else the one that a variable switches on. */
  readonly either: (yes: OptionName, no: OptionName) => boolean | undefined;
  /** Whether it stands on the command line. */
  readonly isGiven: (name: OptionName) => boolean;
};

const PREFIX = 'AGENTID_LINT_';
/** Names the folder of the cache. */
export const CACHE_VARIABLE = 'AGENTID_LINT_CACHE_DIR';
/** Holds a token for Graph, for `--auth token`. */
export const TOKEN_VARIABLE = 'AGENTID_LINT_ACCESS_TOKEN';
/** Holds the key that bundles are signed with. */
export const SIGNING_KEY_VARIABLE = 'AGENTID_LINT_SIGNING_KEY';
const TRUE = ['1', 'true', 'yes', 'on'];
const FALSE = ['0', 'false', 'no', 'off'];

export function readFlags(given: readonly GivenOption[], env: Environment): Flags {
  const isGiven = (name: OptionName) => given.some((option) => option.name === name);
  const list: Flags['list'] = (name) => {
    const values = given.filter((option) => option.name === name).map(valueOf);
    if (values.length > 0) return { value: values, source: name };
    const lines = (variable(env, name) ?? '').split('\n').map((line) => line.trim());
    const set = lines.filter((line) => line !== '');
    return set.length === 0 ? undefined : { value: set, source: variableOf(name) };
  };
  const text: Flags['text'] = (name) => {
    const last = given.findLast((option) => option.name === name);
    if (last !== undefined) return { value: valueOf(last), source: name };
    const value = variable(env, name);
    return value === undefined ? undefined : { value, source: variableOf(name) };
  };
  const switched: Flags['switched'] = (name) => {
    if (isGiven(name)) return { value: true, source: name };
    return isSwitchedOn(env, name) ? { value: true, source: variableOf(name) } : undefined;
  };
  const isOn: Flags['isOn'] = (name) => switched(name) !== undefined;
  return {
    text,
    list,
    isOn,
    switched,
    isGiven,
    one: (name, choices) => {
      const flag = text(name);
      return flag === undefined ? undefined : { ...flag, value: choiceOf(flag, choices) };
    },
    either: (yes, no) => {
      const last = given.findLast(({ name }) => name === yes || name === no);
      if (last !== undefined) return last.name === yes;
      if (isOn(no)) return false;
      return isOn(yes) ? true : undefined;
    },
  };
}

/** An unset shell variable in quotes is an empty value; it never means what an absent option means. */
function valueOf({ name, value }: GivenOption): string {
  if (value.trim() !== '') return value;
  throw usageError(`${name}: the value is empty`, 'Give it a value, or leave the option out.');
}

/** The variable that mirrors an option: `AGENTID_LINT_FAIL_ON` for `--fail-on`. */
function variableOf(name: OptionName): string {
  return PREFIX + name.slice(2).replaceAll('-', '_').toUpperCase();
}

/** Pipelines set variables that they have no value for, so empty means not set. */
function variable(env: Environment, name: OptionName): string | undefined {
  const value = env[variableOf(name)]?.trim();
  return value === '' ? undefined : value;
}

function isSwitchedOn(env: Environment, name: OptionName): boolean {
  const value = variable(env, name)?.toLowerCase();
  if (value === undefined || FALSE.includes(value)) return false;
  if (TRUE.includes(value)) return true;
  throw usageError(
    `${variableOf(name)}: ${JSON.stringify(value)} is neither true nor false`,
    'Set it to true or false, or remove it.',
  );
}

/** The choice that a value names. */
export function choiceOf<T extends string>({ value, source }: Flag<string>, choices: readonly T[]): T {
  const choice = choices.find((candidate) => candidate === value);
  if (choice !== undefined) return choice;
  const near = suggest(value, choices);
  throw usageError(
    `${source}: unknown value ${JSON.stringify(value)}`,
    `${near === null ? '' : `Did you mean "${near}"? `}Known: ${choices.join(', ')}.`,
  );
}

/** Variables that look like a slip of one of ours, and what was meant. */
export function mistypedVariables(
  env: Environment,
): readonly { readonly name: string; readonly meant: string }[] {
  const known = [...OPTION_NAMES.map(variableOf), CACHE_VARIABLE, SIGNING_KEY_VARIABLE, TOKEN_VARIABLE];
  return Object.keys(env)
    .filter((name) => name.startsWith(PREFIX) && env[name] !== '' && !known.includes(name))
    .sort()
    .flatMap((name) => {
      const meant = suggest(
        name.slice(PREFIX.length),
        known.map((other) => other.slice(PREFIX.length)),
      );
      return meant === null ? [] : [{ name, meant: PREFIX + meant }];
    });
}
