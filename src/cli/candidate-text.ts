import { visible } from '../reporters/escape.ts';
import type { Style } from '../reporters/style.ts';
import type { Candidate } from '../rules/candidates.ts';
import type { Operand } from '../rules/operands.ts';
import { valueOnOneLine } from './value-lines.ts';

/** Of those that hold, and of the others; and of each value the longest. */
const MOST = 3;
const LONGEST_VALUE = 72;

/** Puts a mark before a text. */
type Marked = (holds: boolean, text: string) => string;

/**
 * What a line was asked with, a line each. `told` are the values that were shown above; with which the next line holds
 * too, they say nothing new.
 */
export function candidateLines(
  candidates: readonly Candidate[],
  told: Set<string>,
  { marked, style }: { readonly marked: Marked; readonly style: Style },
): readonly string[] {
  const news = candidates.filter(
    ({ holds, operands }) => !holds || !operands.every((one) => told.has(keyOf(one))),
  );
  for (const operand of candidates.flatMap(({ operands }) => operands)) told.add(keyOf(operand));
  const isOnly = candidates.length === 1 && candidates[0]?.times === 1;
  const differing = differingMembers(candidates);
  return [true, false].flatMap((holds) => {
    const these = news.filter((candidate) => candidate.holds === holds);
    const shown = these.slice(0, MOST).map(({ times, operands }) => {
      const values = operands.map((operand) => operandText(operand, differing)).join(' · ');
      const text = style.paint('dim', times === 1 ? values : `${values} (${times} times)`);
      return isOnly ? text : marked(holds, text);
    });
    const more = these.length - shown.length;
    return more === 0 ? shown : [...shown, marked(holds, style.paint('dim', `… ${more} more`))];
  });
}

function keyOf({ name, ...operand }: Operand): string {
  return JSON.stringify([name, operand]);
}

function operandText({ name, ...operand }: Operand, differing: Differing): string {
  if (!('value' in operand)) return `${visible(name)} is not there`;
  const { value } = operand;
  const ordered = isPlainObject(value) ? tellingFirst(value, differing.get(name)) : value;
  return `${visible(name)} = ${valueOnOneLine(ordered, LONGEST_VALUE)}`;
}

/** Members in which the objects of one name differ. */
type Differing = ReadonlyMap<string, ReadonlySet<string>>;

function differingMembers(candidates: readonly Candidate[]): Differing {
  const found = new Map<string, Map<string, Set<string>>>();
  for (const { name, value } of candidates.flatMap(({ operands }) => operands)) {
    if (!isPlainObject(value)) continue;
    const members = found.get(name) ?? new Map<string, Set<string>>();
    found.set(name, members);
    for (const [key, member] of Object.entries(value))
      members.set(key, (members.get(key) ?? new Set()).add(JSON.stringify(member)));
  }
  return new Map(
    [...found].map(([name, members]) => [
      name,
      new Set([...members].flatMap(([key, values]) => (values.size > 1 ? [key] : []))),
    ]),
  );
}

/** Objects are cut, so what tells them apart comes first, and texts and numbers before lists and objects. */
function tellingFirst(value: object, differing: ReadonlySet<string> = new Set()): object {
  const rank = ([key, member]: readonly [string, unknown]) =>
    (differing.has(key) ? 0 : 2) + (typeof member === 'object' ? 1 : 0);
  return Object.fromEntries(Object.entries(value).toSorted((a, b) => rank(a) - rank(b)));
}

function isPlainObject(value: unknown): value is object {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
