import type { Mistake } from '../cli/errors.ts';
import type { Objection } from '../config/tenants.ts';
import { suggest } from '../util/suggest.ts';
import type { Environment, InputName } from './input-names.ts';

/** As YAML 1.2 core and GitHub's toolkit have them. */
const TRUE = ['true', 'True', 'TRUE'];
const FALSE = ['false', 'False', 'FALSE'];
const CONTROL = /\p{Cc}/u;
const MOST_SHOWN = 80;

/** Reads inputs, and keeps what is wrong with them. What is wrong is read as if it were left out. */
export class InputReader {
  readonly #env: Environment;
  readonly #mistakes: Mistake[] = [];

  constructor(env: Environment) {
    this.#env = env;
  }

  get mistakes(): readonly Mistake[] {
    return this.#mistakes;
  }

  mistake(message: string, hint: string | null = null): void {
    // An input may be read more than once.
    if (!this.#mistakes.some((known) => known.message === message)) this.#mistakes.push({ message, hint });
  }

  /** What is written, without blanks around it; empty when it is left out. Never shown: it may be a secret. */
  secret(name: InputName): string {
    return (this.#env[`INPUT_${name.toUpperCase()}`] ?? '').trim();
  }

  /** Whether it is given, and says something else than leaving it out. */
  isMeant(name: InputName): boolean {
    return !['', 'none', ...FALSE].includes(this.secret(name));
  }

  /** One line; `null` when it is left out. */
  text(name: InputName): string | null {
    const value = this.secret(name);
    if (!CONTROL.test(value)) return value === '' ? null : value;
    this.mistake(`${name}: ${quoted(value)} is not one line of text`);
    return null;
  }

  lines(name: InputName): readonly string[] {
    const lines = entries(this.secret(name), /\r?\n/);
    for (const line of lines)
      if (CONTROL.test(line)) this.mistake(`${name}: ${quoted(line)} holds a control character`);
    return lines;
  }

  flag(name: InputName): boolean | null {
    const value = this.text(name);
    if (value === null) return null;
    if (!TRUE.includes(value) && !FALSE.includes(value))
      this.mistake(`${name}: ${quoted(value)} is neither true nor false`);
    return TRUE.includes(value);
  }

  choice<T extends string>(name: InputName, choices: readonly T[]): T | null {
    const value = this.text(name);
    return value === null ? null : this.#among(name, value, choices);
  }

  /** Separated by commas or line breaks, each once. */
  choices<T extends string>(name: InputName, choices: readonly T[]): readonly T[] {
    const values = new Set(entries(this.secret(name), /[,\r\n]/));
    return [...values].flatMap((value) => this.#among(name, value, choices) ?? []);
  }

  matching(name: InputName, pattern: RegExp, hint: string): string | null {
    const value = this.text(name);
    if (value === null || pattern.test(value)) return value;
    this.mistake(`${name}: ${quoted(value)} cannot be used`, hint);
    return null;
  }

  checked(name: InputName, objection: (value: string) => Objection | null): string | null {
    const value = this.text(name);
    const found = value === null ? null : objection(value);
    // Not shown: a secret is easily pasted there.
    if (found !== null) this.mistake(`${name}: the value ${found.message}`, found.hint);
    return value;
  }

  /** A JSON array of strings. */
  list(name: InputName): readonly string[] {
    const value = this.secret(name);
    const parsed = value === '' ? [] : parsedList(value);
    if (parsed === null)
      this.mistake(`${name}: this is no JSON array of strings`, 'For example: ["--rule", "permissions/*"]');
    return parsed ?? [];
  }

  #among<T extends string>(name: InputName, value: string, choices: readonly T[]): T | null {
    const choice = choices.find((candidate) => candidate === value);
    if (choice !== undefined) return choice;
    const near = suggest(value, choices);
    const hint = `${near === null ? '' : `Did you mean "${near}"? `}Known: ${choices.join(', ')}.`;
    this.mistake(`${name}: unknown value ${quoted(value)}`, hint);
    return null;
  }
}

/** A value as a message shows it. */
export function quoted(value: string): string {
  return JSON.stringify(value.length > MOST_SHOWN ? `${value.slice(0, MOST_SHOWN)}…` : value);
}

function entries(value: string, separator: RegExp): readonly string[] {
  return value
    .split(separator)
    .map((entry) => entry.trim())
    .filter((entry) => entry !== '');
}

function parsedList(text: string): readonly string[] | null {
  try {
    const value: unknown = JSON.parse(text);
    return isListOfStrings(value) ? value : null;
  } catch {
    return null;
  }
}

function isListOfStrings(value: unknown): value is readonly string[] {
  return Array.isArray(value) && value.every((entry) => typeof entry === 'string');
}
