import type { Problem } from '../documents/problem.ts';
import type { Range } from '../documents/range.ts';
import { waivedText } from './values.ts';
import { suppressionProblem } from './problem.ts';
import type { Waiver } from './types.ts';

/** Waivers for the same as an earlier one: whatever the rule finds there, both would be about it. */
export function overlaps(waivers: readonly Waiver[], rangeOf: (index: number) => Range): readonly Problem[] {
  const problems: Problem[] = [];
  const groups = new Map<string, Member[]>();
  for (const [index, waiver] of waivers.entries()) {
    const key = JSON.stringify([waiver.rule, waiver.object]);
    const group = groups.get(key) ?? [];
    const member = { index, kind: waiver.kind, names: namesOf(waiver) };
    const first = group.find((other) => overlap(other, member));
    if (first !== undefined) problems.push(overlapProblem(waiver, rangeOf(index), rangeOf(first.index)));
    group.push(member);
    groups.set(key, group);
  }
  return problems;
}

type Member = Pick<Waiver, 'kind'> & {
  readonly index: number;
  /** The one finding that it names; `null` when it is about all of them. */
  readonly names: string | null;
};

function namesOf({ value, fingerprint }: Waiver): string | null {
  return value === null ? fingerprint : waivedText(value.json);
}

function overlap(one: Member, other: Member): boolean {
  const isOneKind = one.kind === null || other.kind === null || one.kind === other.kind;
  return isOneKind && (one.names === null || other.names === null || one.names === other.names);
}

function overlapProblem({ suppression, rule }: Waiver, range: Range, first: Range): Problem {
  return suppressionProblem('waiver-overlap', {
    uri: suppression.location?.uri ?? '',
    range,
    message: `Two waivers are about the same findings of ${rule}.`,
    related: [{ message: 'the other one is here', range: first }],
  });
}
