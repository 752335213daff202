import type { Report, ReportedRule } from '../findings/report.ts';
import type { RuleOutcome } from '../policy/types.ts';
import { count } from './words.ts';

/** What the findings of a rule say of resources, which are known by their places in the run. */
export type Found = {
  /** Resources with a finding of the rule. */
  readonly resources: ReadonlySet<number>;
  /** Of these, those with one that counts. */
  readonly failing: ReadonlySet<number>;
  /** Findings that do not count. */
  readonly suppressed: number;
};

/** A report, with what the evidence of a rule is looked up in. */
export type Run = {
  readonly rules: ReadonlyMap<string, ReportedRule>;
  readonly outcomes: ReadonlyMap<string, RuleOutcome>;
  readonly found: ReadonlyMap<string, Found>;
  /** What the run judges. */
  readonly what: 'files' | 'tenants';
  /** What could not be read or judged at all, whatever the rule; `null` when there is nothing of the kind. */
  readonly unread: string | null;
  /** Whether findings of the run are left out of the report. */
  readonly isPartial: boolean;
  /** How many resources of the report were not judged by a rule, as far as they are listed. */
  readonly unjudged: ReadonlyMap<string, number>;
};

export function runOf(report: Report): Run {
  return {
    rules: new Map(report.rules.map((rule) => [rule.id, rule])),
    outcomes: new Map(report.outcomes.map((outcome) => [outcome.rule, outcome])),
    found: foundIn(report),
    what: report.tenant === null ? 'files' : 'tenants',
    unread: unreadIn(report),
    isPartial: report.change !== null && report.change.leftOut > 0,
    unjudged: unjudgedIn(report),
  };
}

function foundIn({ findings }: Report): ReadonlyMap<string, Found> {
  const found = new Map<string, { resources: Set<number>; failing: Set<number>; suppressed: number }>();
  for (const { rule, owner, suppressed } of findings) {
    const one = found.get(rule) ?? { resources: new Set(), failing: new Set(), suppressed: 0 };
    found.set(rule, one);
    one.resources.add(owner);
    if (suppressed === null) one.failing.add(owner);
    else one.suppressed += 1;
  }
  return found;
}

/** Whatever was in it, a rule might have found something there. */
function unreadIn({ ledger: { inputs, resources } }: Report): string | null {
  const parts = [
    ...(inputs.failed === 0 ? [] : [`${count(inputs.failed, 'file')} could not be read`]),
    ...(resources.failed === 0 ? [] : [`${count(resources.failed, 'resource')} could not be judged`]),
  ];
  return parts.length === 0 ? null : parts.join(', ');
}

function unjudgedIn({ resources, checks }: Report): ReadonlyMap<string, number> {
  const times = new Map<number, number>();
  for (const resource of resources) times.set(resource.checks, (times.get(resource.checks) ?? 0) + 1);
  const unjudged = new Map<string, number>();
  for (const [place, { skipped }] of checks.entries()) {
    for (const { rule } of skipped) unjudged.set(rule, (unjudged.get(rule) ?? 0) + (times.get(place) ?? 0));
  }
  return unjudged;
}
