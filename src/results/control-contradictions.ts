import type { JsonControl, JsonControlRule, JsonReport } from '../reporters/json-v1.ts';
import { when, type Contradiction } from './contradiction.ts';

type Found = { readonly counting: number; readonly suppressed: number };

const NOTHING: Found = { counting: 0, suppressed: 0 };

/** Where controls say something else than the findings of their rules. */
export function inControls({ framework, findings, change }: JsonReport): readonly Contradiction[] {
  if (framework === null) return [];
  const found = new Map<string, Found>();
  for (const { rule, suppressed } of findings) {
    const before = found.get(rule) ?? NOTHING;
    found.set(rule, {
      counting: before.counting + (suppressed === null ? 1 : 0),
      suppressed: before.suppressed + (suppressed === null ? 0 : 1),
    });
  }
  return framework.controls.flatMap((control, index) => {
    const at = ['framework', 'controls', index] as const;
    const hasFailed = control.rules.some(({ status }) => status === 'failed');
    return [
      ...when(
        (control.status === 'failed') !== hasFailed,
        [...at, 'status'],
        `The control is called ${control.status}, and ${hasFailed ? 'a rule' : 'no rule'} of it failed.`,
      ),
      ...inRules(control, at, { found, isPartial: (change?.leftOut ?? 0) > 0 }),
    ];
  });
}

function inRules(
  { rules }: JsonControl,
  at: readonly (string | number)[],
  { found, isPartial }: { readonly found: ReadonlyMap<string, Found>; readonly isPartial: boolean },
): readonly Contradiction[] {
  return rules.flatMap((said, index) =>
    inRule(said, found.get(said.rule) ?? NOTHING, isPartial).flatMap((message) =>
      when(true, [...at, 'rules', index], message),
    ),
  );
}

function inRule(
  { status, evaluated, passed, failed, suppressed }: JsonControlRule,
  found: Found,
  isPartial: boolean,
): readonly string[] {
  // Resources whose findings are left out of the report count as failing too.
  const agrees = (hasFailed: boolean) => hasFailed === found.counting > 0 || (hasFailed && isPartial);
  return [
    ...(evaluated === passed + failed ? [] : ['What the rule judged for the control does not add up.']),
    ...(agrees(status === 'failed') && agrees(failed > 0)
      ? []
      : [`The rule is called ${status} for the control, and has ${found.counting} findings that count.`]),
    ...(suppressed === found.suppressed
      ? []
      : [
          `The control has ${suppressed} suppressed findings of the rule, and the report ${found.suppressed}.`,
        ]),
  ];
}
