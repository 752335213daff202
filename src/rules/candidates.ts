import { canonicalJson } from '../sources/canonical-json.ts';
import type { Body, Step } from './bodies.ts';
import { operandsOf, variablesAsOperands, type Operand, type Scope } from './operands.ts';
import type { Probed } from './probe.ts';

/** Values with which a step was asked. */
export type Candidate = {
  readonly holds: boolean;
  /** With how many values of the variables so far that was so. */
  readonly times: number;
  readonly operands: readonly Operand[];
};

/** What came of a step: `unasked` when nothing was left to ask it with. */
export type StepOutcome = {
  readonly step: Step;
  readonly mark: 'holds' | 'fails' | 'unasked';
  readonly candidates: readonly Candidate[];
};

type Values = Probed['values'];

/** What a body is asked with, and the values that it is narrowed to, if it is. */
type Asked = { readonly input: unknown; readonly leading?: readonly Values[] };

/** How far a body held, step by step. `probed` is what the probe says about it. */
export function outcomesOf(
  { steps }: Body,
  probed: readonly Probed[],
  { input, leading }: Asked,
): readonly StepOutcome[] {
  const isWanted = leading === undefined ? () => true : among(leading);
  const outcomes: StepOutcome[] = [];
  let before: readonly Values[] = [{}];
  for (const [place, step] of (steps ?? []).entries()) {
    const after = probed
      .filter((row) => row.steps === place + 1)
      .map(({ values }) => values)
      .filter(isWanted);
    const isKept = among(after);
    const dropped = before.filter((values) => !isKept(values));
    const held = after.map((variables) => shown(step, { input, variables }));
    const failed = dropped.map((variables) => operandsOf(step, { input, variables }));
    outcomes.push({
      step,
      mark: before.length === 0 ? 'unasked' : after.length > 0 ? 'holds' : 'fails',
      candidates: [...counted(held, true), ...counted(failed, false)],
    });
    before = after;
  }
  return outcomes;
}

/** What a step that holds says: the variables that it gives values, else what it looks at. */
function shown(step: Step, scope: Scope): readonly Operand[] {
  return step.declares.length > 0 ? variablesAsOperands(step.declares, scope) : operandsOf(step, scope);
}

/** Whether values are a part of some others. */
function among(others: readonly Values[]): (values: Values) => boolean {
  const known = new Map<string, ReadonlySet<string>>();
  return (values) => {
    const names = Object.keys(values).sort();
    const key = names.join();
    const restricted = known.get(key) ?? new Set(others.map((other) => restrictedText(other, names)));
    known.set(key, restricted);
    return restricted.has(restrictedText(values, names));
  };
}

function restrictedText(values: Values, names: readonly string[]): string {
  return canonicalJson(names.map((name) => values[name] ?? null));
}

/** Each list of operands once, in the order of their first. Lists without any are left out. */
function counted(lists: readonly (readonly Operand[])[], holds: boolean): readonly Candidate[] {
  const found = new Map<string, { readonly operands: readonly Operand[]; times: number }>();
  for (const operands of lists) {
    const key = canonicalJson(
      operands.map(({ name, value }) => (value === undefined ? [name] : [name, value])),
    );
    const before = found.get(key);
    if (before === undefined) found.set(key, { operands, times: 1 });
    else before.times += 1;
  }
  return [...found.values()]
    .filter(({ operands }) => operands.length > 0)
    .map(({ operands, times }) => ({ holds, times, operands }));
}
