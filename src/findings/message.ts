import type { ArgValue } from '../policy/types.ts';
import { cut } from '../util/cut.ts';

type Args = { readonly [name: string]: ArgValue };

const SEGMENT = /\[([^\][]*)\]/g;
const PLACEHOLDER = /\{([A-Za-z][A-Za-z0-9]*)\}/g;

/** Characters of one argument; a policy may say anything. */
const MOST_WORDS = 1_000;

/**
 * The words of a finding: `{arg}` is replaced by the argument, and a `[…]` segment is left out when one of its
 * arguments is `null`, empty or missing. Lists are joined by commas. Arguments that nobody would read to their end are
 * cut.
 */
export function renderMessage(template: string, args: Args): string {
  const told = partsOf(template).filter(({ needs }) => needs.every((name) => isTold(argOf(args, name))));
  return told
    .map(({ text }) => text)
    .join('')
    .replace(PLACEHOLDER, (_, name: string) => words(argOf(args, name)));
}

/** A stretch of a template, and the arguments that it is left out without. */
type Part = { readonly text: string; readonly needs: readonly string[] };

/** There are as many templates as rules, and a finding for each object of a tenant. */
const parsed = new Map<string, readonly Part[]>();

function partsOf(template: string): readonly Part[] {
  const known = parsed.get(template);
  if (known !== undefined) return known;
  // What a group matches stands at odd places.
  const parts = template
    .split(SEGMENT)
    .map((text, place) => ({ text, needs: place % 2 === 1 ? placeholders(text) : [] }));
  parsed.set(template, parts);
  return parts;
}

/** A text of a policy, cut where nobody would read on. */
export function readable(text: string): string {
  return cut(text, MOST_WORDS);
}

/** The names of the arguments that a template uses. */
export function placeholders(template: string): readonly string[] {
  return [...template.matchAll(PLACEHOLDER)].flatMap(([, name]) => name ?? []);
}

/** Every object inherits a `constructor`; it is no argument. */
function argOf(args: Args, name: string): ArgValue | undefined {
  return Object.hasOwn(args, name) ? args[name] : undefined;
}

function isTold(value: ArgValue | undefined): boolean {
  return (
    value !== undefined && value !== null && value !== '' && !(Array.isArray(value) && value.length === 0)
  );
}

function words(value: ArgValue | undefined): string {
  if (value === undefined || value === null) return '';
  return readable(Array.isArray(value) ? value.join(', ') : String(value));
}
