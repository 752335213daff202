import { callText, termText, type Bindings, type Term } from './terms.ts';
import type { Modules, TestFailure } from './types.ts';

/** A `Fail` event of OPA's trace. */
export type FailEvent = {
  readonly Op: string;
  readonly Node: {
    readonly terms?: Term | readonly Term[];
    readonly negated?: boolean;
    readonly with?: readonly { readonly target: Term; readonly value: Term }[];
  };
  readonly Location: { readonly file: string; readonly row: number; readonly col: number } | null;
  readonly Locals:
    readonly { readonly name: string; readonly type: string; readonly value?: unknown }[] | null;
  readonly LocalMetadata: { readonly [local: string]: { readonly name: string } } | null;
};

/** Lines of a file that a test stands on. */
export type TestPlace = { readonly file: string; readonly from: number; readonly to: number };

/** Gives the values of Rego expressions as terms, `undefined` for what is not defined, `null` for what cannot be told. */
export type Ask = (expressions: readonly Expression[]) => Promise<readonly (string | null)[]>;

/** An expression, and the ` with … as …` that it stands under. */
export type Expression = { readonly text: string; readonly modifiers: string };

/** The operators whose two sides are worth showing. */
const COMPARISONS = new Set(['eq', 'equal', 'neq', 'lt', 'lte', 'gt', 'gte']);

/**
 * What a test failed at: the expression that stands furthest in it of those that did not hold, as Rego stops at the
 * first, and the values of its two sides.
 */
export async function failureOf(
  events: readonly FailEvent[],
  place: TestPlace,
  modules: Modules,
  ask: Ask,
): Promise<TestFailure | null> {
  const event = furthest(events, place);
  if (event?.Location === null || event === undefined) return null;
  const { file, row, col } = event.Location;
  const bindings: Bindings = new Map((event.Locals ?? []).map((local) => [local.name, local]));
  const [got, expected] = await sidesOf(event, bindings, ask);
  const text = textAt(modules[file] ?? '', row, col);
  return {
    file,
    row,
    column: Math.max(col, 1),
    text,
    got,
    expected,
    variables: variablesOf(event, bindings),
  };
}

function furthest(events: readonly FailEvent[], { file, from, to }: TestPlace): FailEvent | undefined {
  let found: FailEvent | undefined;
  for (const event of events) {
    const { Op, Location: place } = event;
    if (Op !== 'Fail' || place?.file !== file || place.row < from || place.row > to) continue;
    const last = found?.Location ?? { row: 0, col: 0 };
    if (place.row > last.row || (place.row === last.row && place.col >= last.col)) found = event;
  }
  return found;
}

type Sides = readonly [got: string | null, expected: string | null];

/** Where the left side is a constant, it is what is expected. */
async function sidesOf({ Node: node }: FailEvent, bindings: Bindings, ask: Ask): Promise<Sides> {
  const { terms, negated = false } = node;
  if (terms === undefined) return [null, null];
  const modifiers = modifiersOf(node, bindings);
  if (modifiers === null) return [null, null];
  const asked = async (texts: readonly (string | null)[]) => {
    const known = texts.flatMap((text) => (text === null ? [] : [{ text, modifiers }]));
    const values = known.length === 0 ? [] : await ask(known);
    let next = 0;
    return texts.map((text) => (text === null ? null : (values[next++] ?? null)));
  };
  if (!('length' in terms)) {
    const [got = null] = await asked([termText(terms, bindings)]);
    return [got, negated ? 'undefined or false' : 'true'];
  }
  const [operator, left, right] = terms;
  if (operator === undefined || left === undefined) return [null, null];
  const name = termText(operator, new Map()) ?? '';
  if (right !== undefined && terms.length === 3 && COMPARISONS.has(name)) {
    const [first = null, second = null] = await asked([termText(left, bindings), termText(right, bindings)]);
    if (negated || (name !== 'eq' && name !== 'equal')) return [first, null];
    return isConstant(left) && !isConstant(right) ? [second, first] : [first, second];
  }
  const [got = null] = await asked([callText(operator, terms.slice(1), bindings)]);
  return [got, negated ? 'undefined or false' : 'true'];
}

function isConstant({ type }: Term): boolean {
  return type !== 'var' && type !== 'ref' && type !== 'call';
}

/** ` with input as {…}`; `null` when one cannot be written. */
function modifiersOf({ with: list = [] }: FailEvent['Node'], bindings: Bindings): string | null {
  let text = '';
  for (const { target, value } of list) {
    const left = termText(target, bindings);
    const right = termText(value, bindings);
    if (left === null || right === null) return null;
    text += ` with ${left} as ${right}`;
  }
  return text;
}

/** The variables that the author named. */
function variablesOf({ LocalMetadata: metadata }: FailEvent, bindings: Bindings): TestFailure['variables'] {
  const entries = Object.entries(metadata ?? {}).flatMap(([local, { name }]) => {
    const term = bindings.get(local);
    const text = name.startsWith('__') || term === undefined ? null : termText(term, bindings);
    return text === null ? [] : [[name, text] as const];
  });
  return Object.fromEntries(entries.sort(([a], [b]) => (a < b ? -1 : 1)));
}

/** The rest of the line, from a column in code points. */
function textAt(source: string, row: number, column: number): string {
  const line = source.split(/\r?\n/)[row - 1] ?? '';
  return [...line]
    .slice(Math.max(column, 1) - 1)
    .join('')
    .trim();
}
