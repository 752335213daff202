import type { SyntaxTree } from '../../packages/opa-compiler/src/types.ts';
import { importsOf, packageOf } from '../sources/tree.ts';
import { isObject } from '../util/is-object.ts';
import type { Body } from './bodies.ts';

/** What the probe found: variables that have these values when a body holds up to one of its steps. */
export type Probed = {
  /** Place among the bodies. */
  readonly body: number;
  /** How many of its steps hold with these values. */
  readonly steps: number;
  readonly values: { readonly [variable: string]: unknown };
  /** What the whole body adds to `findings` with these values; `null` for other bodies and for parts of one. */
  readonly finding: unknown;
};

/** No rule has a member of this name. */
const PROBE = 'agentid_lint_probe';

/** Where the probe's answer is. */
export function probeReference(tree: SyntaxTree): string {
  return `data.${packageOf(tree) ?? ''}.${PROBE}`;
}

/**
 * A module in the package of the rule that asks for each body how far it holds, and with which values: its first step,
 * its first two, and so on. The statements are asked as they are written, with the imports of the rule. `null` when no
 * body means anything by itself.
 */
export function probeModule(tree: SyntaxTree, bodies: readonly Body[]): string | null {
  const imports = importsOf(tree)
    .filter(({ path }) => path[0] === 'data' || path[0] === 'input')
    .map(({ path, alias }) => `import ${referenceText(path)} as ${alias}`);
  const asked = bodies.flatMap((body, index) =>
    (body.steps ?? []).map((_, place) => partialRule(body, index, place + 1)),
  );
  return asked.length === 0 ? null : [`package ${packageOf(tree) ?? ''}`, ...imports, ...asked].join('\n\n');
}

function partialRule({ steps, finding }: Body, index: number, count: number): string {
  const held = (steps ?? []).slice(0, count);
  const isWhole = count === steps?.length;
  const values = (held.at(-1)?.bound ?? []).map((name) => `${JSON.stringify(name)}: ${name}`);
  const row = [index, count, `{${values.join(', ')}}`, isWhole ? (finding ?? 'null') : 'null'];
  const statements = held.flatMap((step) => step.statements.map(({ text }) => `\t${text}`));
  return `${PROBE} contains [${row.join(', ')}] if {\n${statements.join('\n')}\n}`;
}

/** Steps after the first in brackets, so that no word of the language stands in the way. */
function referenceText([head = '', ...steps]: readonly string[]): string {
  return head + steps.map((step) => `[${JSON.stringify(step)}]`).join('');
}

/** What the probe answered; rows that are none are left out. */
export function readProbe(answer: unknown): readonly Probed[] {
  if (!Array.isArray(answer)) return [];
  return answer.flatMap((row: unknown): readonly Probed[] => {
    if (!Array.isArray(row)) return [];
    const [body, steps, values, finding] = row as readonly unknown[];
    return typeof body === 'number' && typeof steps === 'number' && isObject(values)
      ? [{ body, steps, values, finding }]
      : [];
  });
}
