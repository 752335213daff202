import type { Coverage } from '../../packages/opa-compiler/src/types.ts';
import type { Body, Rows } from './bodies.ts';
import type { Candidate, StepOutcome } from './candidates.ts';

/**
 * `holds`, `fails`: the statement, together with those before it. `unasked`: it was not reached. `evaluated`: OPA came to
 * it, in a body that did not hold to its end.
 */
export type LineMark = StepOutcome['mark'] | 'evaluated';

/** A line of a rule's source. */
export type TracedLine = {
  readonly number: number;
  readonly text: string;
  /** `null` where nothing can be said. */
  readonly mark: LineMark | null;
  /** What the statement that ends here was asked with. */
  readonly candidates: readonly Candidate[];
};

/** A body, and how far it held when it can be asked by itself. */
export type TracedBody = { readonly body: Body; readonly outcomes: readonly StepOutcome[] | null };

/** The lines of the bodies, in the order of the text; what stands between them is left out. */
export function tracedLines(
  text: string,
  bodies: readonly TracedBody[],
  coverage: Coverage['files'][string] | undefined,
): readonly TracedLine[] {
  const lines = text.split(/\r?\n/);
  const evaluated = { covered: new Set(coverage?.covered), notCovered: new Set(coverage?.notCovered) };
  const marks = new Map<number, LineMark>();
  const candidates = new Map<number, readonly Candidate[]>();
  for (const { body, outcomes } of bodies) {
    const told = outcomes === null ? coveredRows(body, evaluated) : askedRows(body, outcomes);
    for (const [row, mark] of told) marks.set(row, worse(marks.get(row), mark));
    for (const { step, candidates: these } of outcomes ?? []) {
      const row = step.statements.at(-1)?.rows.last;
      if (row !== undefined) candidates.set(row, [...(candidates.get(row) ?? []), ...these]);
    }
  }
  const shown = new Set(bodies.flatMap(({ body }) => rowsIn(body.rows)));
  return [...shown]
    .sort((a, b) => a - b)
    .map((number) => ({
      number,
      text: lines[number - 1] ?? '',
      mark: marks.get(number) ?? null,
      candidates: candidates.get(number) ?? [],
    }));
}

function* askedRows(body: Body, outcomes: readonly StepOutcome[]): Generator<readonly [number, LineMark]> {
  for (const { step, mark } of outcomes)
    for (const { rows } of step.statements) for (const row of rowsIn(rows)) yield [row, mark];
  // The head says something only when all of its body holds.
  if (outcomes.every(({ mark }) => mark === 'holds'))
    for (const row of rowsIn(body.head)) yield [row, 'holds'];
}

type Evaluated = { readonly covered: ReadonlySet<number>; readonly notCovered: ReadonlySet<number> };

/** OPA tells which lines it came to the end of; a line that holds a head as well counts when the head does. */
function* coveredRows(
  { head, statements }: Body,
  { covered, notCovered }: Evaluated,
): Generator<readonly [number, LineMark]> {
  const heads = rowsIn(head);
  const isHeld = heads.every((row) => covered.has(row));
  // A head alone, whose body is nothing that could fail.
  if (isHeld || statements.length === 0) for (const row of heads) yield [row, isHeld ? 'holds' : 'unasked'];
  for (const row of statements.flatMap(({ rows }) => rowsIn(rows))) {
    if (isHeld) yield [row, 'holds'];
    else if (!heads.includes(row) && covered.has(row)) yield [row, 'evaluated'];
    else if (!heads.includes(row) && notCovered.has(row)) yield [row, 'unasked'];
  }
}

const WORST_FIRST: readonly LineMark[] = ['fails', 'evaluated', 'unasked', 'holds'];

/** Of two statements on one line the one that did not hold is what matters. */
function worse(one: LineMark | undefined, other: LineMark): LineMark {
  if (one === undefined) return other;
  return WORST_FIRST.indexOf(one) < WORST_FIRST.indexOf(other) ? one : other;
}

function rowsIn({ first, last }: Rows): readonly number[] {
  return Array.from({ length: last - first + 1 }, (_, index) => first + index);
}
