import { compareCodePoints } from '../documents/code-points.ts';
import type { ControlStatus, Report, ReportedControl, ReportedFramework } from '../findings/report.ts';
import { evidenceOf, type Evidence } from './evidence.ts';
import type { Framework, FrameworkControl } from './framework.ts';
import { runOf, type Run } from './run.ts';

/** What is said of a rule that names the control itself. */
const BY_METADATA = 'the metadata of the rule';

/** The result of a run by the controls of a framework, and of rules that name controls of it in their metadata. */
export function resultBy(framework: Framework, report: Report): ReportedFramework {
  const { id, title, url } = framework;
  const run = runOf(report);
  return {
    id,
    title,
    url,
    controls: withOwnRules(framework, report).map((control) => resultOf(control, run)),
  };
}

/** Worst first: a control is as bad as the worst of its rules. */
const WORST_FIRST = [
  'failed',
  'incomplete',
  'accepted',
  'passed',
] as const satisfies readonly ControlStatus[];

function resultOf({ id, title, url, rules }: FrameworkControl, run: Run): ReportedControl {
  const evidence = rules.map((mapping) => evidenceOf(mapping, run));
  return { id, title, url, status: statusOf(evidence), rules: evidence };
}

function statusOf(evidence: readonly Evidence[]): ControlStatus {
  if (evidence.length === 0) return 'notCovered';
  return WORST_FIRST.find((status) => evidence.some((each) => each.status === status)) ?? 'notEvaluated';
}

/** Controls that only the metadata of rules name come last, in the order of their ids. */
function withOwnRules({ id, controls }: Framework, report: Report): readonly FrameworkControl[] {
  const named = new Map<string, string[]>();
  for (const rule of report.rules) {
    const ids = new Set(rule.controls.flatMap((control) => (control.framework === id ? [control.id] : [])));
    for (const control of ids) named.set(control, [...(named.get(control) ?? []), rule.id]);
  }
  const listed = new Set(controls.map((control) => control.id));
  const others = [...named.keys()].filter((control) => !listed.has(control)).sort(compareCodePoints);
  return [
    ...controls,
    ...others.map((control) => ({ id: control, title: control, url: null, rules: [] })),
  ].map((control) => {
    const told = new Set(control.rules.map(({ rule }) => rule));
    const more = (named.get(control.id) ?? []).filter((rule) => !told.has(rule));
    return { ...control, rules: [...control.rules, ...more.map((rule) => ({ rule, source: BY_METADATA }))] };
  });
}
