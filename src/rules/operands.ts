import { referenceOf, type TreeNode } from '../sources/tree.ts';
import { isObject } from '../util/is-object.ts';
import type { Step } from './bodies.ts';

/** Something that a statement looks at, and its value; without one, there is none. */
export type Operand = { readonly name: string; readonly value?: unknown };

/** What variables and `input` stand for at a point of a body. */
export type Scope = {
  readonly input: unknown;
  readonly variables: { readonly [name: string]: unknown };
};

type Reference = { readonly head: string; readonly steps: readonly (string | number)[] };

/** The parts of the input and of variables that the statements of a step look at, as far as they can be told. */
export function operandsOf({ statements }: Step, scope: Scope): readonly Operand[] {
  const found = new Map<string, Operand>();
  for (const { node } of statements) {
    // `with` gives another input for the time of the statement.
    if (node['with'] !== undefined) continue;
    for (const reference of referencesIn(node['terms'], scope)) {
      const operand = valueOf(reference, scope);
      if (operand !== null && !found.has(operand.name)) found.set(operand.name, operand);
    }
  }
  return [...found.values()];
}

/** Variables by name, as operands. */
export function variablesAsOperands(names: readonly string[], { variables }: Scope): readonly Operand[] {
  return names.flatMap((name) => (Object.hasOwn(variables, name) ? [{ name, value: variables[name] }] : []));
}

/** Names in comprehensions and below `every` have a meaning of their own there. */
const INNER: readonly unknown[] = ['arraycomprehension', 'setcomprehension', 'objectcomprehension'];

function* referencesIn(part: unknown, scope: Scope): Generator<Reference> {
  if (Array.isArray(part)) {
    for (const entry of part as readonly unknown[]) yield* referencesIn(entry, scope);
    return;
  }
  if (!isObject(part) || INNER.includes(part['type'])) return;
  const reference = referenceOf(part);
  if (reference !== null) {
    const { head, stepNodes } = reference;
    yield { head, steps: knownSteps(stepNodes, scope) };
    for (const step of stepNodes) if (step['type'] !== 'string') yield* referencesIn(step, scope);
    return;
  }
  for (const [key, value] of Object.entries(part))
    if (key !== 'location' && !(key === 'body' && 'domain' in part)) yield* referencesIn(value, scope);
}

/** The steps of a reference up to the first that is no text, number, or variable with such a value. */
function knownSteps(nodes: readonly TreeNode[], { variables }: Scope): readonly (string | number)[] {
  const steps: (string | number)[] = [];
  for (const { type, value } of nodes) {
    const isVariable = type === 'var' && typeof value === 'string' && Object.hasOwn(variables, value);
    const step = isVariable ? variables[value] : type === 'string' || type === 'number' ? value : null;
    if (typeof step !== 'string' && typeof step !== 'number') break;
    steps.push(step);
  }
  return steps;
}

function valueOf({ head, steps }: Reference, { input, variables }: Scope): Operand | null {
  const isInput = head === 'input';
  if (!isInput && !Object.hasOwn(variables, head)) return null;
  // The whole input is told already.
  if (isInput && steps.length === 0) return null;
  const name = head + steps.map(stepText).join('');
  let value = isInput ? input : variables[head];
  for (const step of steps) {
    if (typeof value !== 'object' || value === null || !Object.hasOwn(value, step)) return { name };
    value = (value as Readonly<Record<string | number, unknown>>)[step];
  }
  return { name, value };
}

function stepText(step: string | number): string {
  return typeof step === 'string' && /^[A-Za-z_]\w*$/.test(step) ? `.${step}` : `[${JSON.stringify(step)}]`;
}
