import type { ReportedControl } from '../findings/report.ts';
import type { RuleOutcome } from '../policy/types.ts';
import type { Mapping } from './framework.ts';
import type { Found, Run } from './run.ts';
import { count, skipWords } from './words.ts';

/** What a rule says of a control. */
export type Evidence = ReportedControl['rules'][number];

/** Why an answer is not the whole one. */
type Gap = {
  readonly words: string;
  /** Whether something could not be judged that should have been. */
  readonly isUnknown: boolean;
};

const NOTHING: Found = { resources: new Set(), failing: new Set(), suppressed: 0 };

/**
 * What a run has to say of a rule. Numbers of resources are those of the rule's outcome, which is about everything that was
 * judged. What is not known is no pass: only what was judged can be one, and where findings are left out of the report,
 * resources with findings count as failing, as nobody can tell whether those are suppressed.
 */
export function evidenceOf({ rule, source }: Mapping, run: Run): Evidence {
  const outcome = run.outcomes.get(rule);
  const found = run.found.get(rule) ?? NOTHING;
  const counted = outcome?.status === 'evaluated' ? outcome : { subjects: 0, failing: 0 };
  const evaluated = Math.max(counted.subjects, found.resources.size);
  const hidden = Math.max(0, counted.failing - found.resources.size);
  const failed = (run.isPartial ? found.resources.size : found.failing.size) + hidden;
  const gaps = [...gapsOf(rule, outcome, run), ...leftOut(found, hidden, run)];
  return {
    rule,
    status: statusOf({ failed, evaluated, found, gaps }),
    source,
    evaluated,
    passed: evaluated - failed,
    failed,
    skipped: skippedIn(rule, outcome, run),
    suppressed: found.suppressed,
    reason: gaps.length === 0 ? null : gaps.map(({ words }) => words).join('; '),
  };
}

function statusOf({
  failed,
  evaluated,
  found,
  gaps,
}: Pick<Evidence, 'failed' | 'evaluated'> & {
  readonly found: Found;
  readonly gaps: readonly Gap[];
}): Evidence['status'] {
  if (failed > 0) return 'failed';
  if (gaps.some(({ isUnknown }) => isUnknown)) return 'incomplete';
  if (evaluated === 0) return 'notEvaluated';
  return found.resources.size > 0 ? 'accepted' : 'passed';
}

function gapsOf(rule: string, outcome: RuleOutcome | undefined, run: Run): readonly Gap[] {
  const { rules, what, unread } = run;
  if (outcome === undefined) return [known('this run does not have the rule')];
  const judges = rules.get(rule)?.judges ?? [what];
  const unreadGaps = unread === null ? [] : [unknown(unread)];
  switch (outcome.status) {
    case 'failed':
      return [unknown(`the rule failed: ${outcome.error}`), ...unreadGaps];
    case 'skipped': {
      const { reason, missing } = outcome;
      if (reason === 'off') return [known(skipWords(reason))];
      if (!judges.includes(what)) return [known(`it judges ${judges.join(' and ')} only`)];
      const skip = { words: skipWords(reason, missing), isUnknown: reason !== 'not-applicable' };
      return [skip, ...unreadGaps];
    }
    case 'evaluated':
      return [
        ...(outcome.skipped ?? []).map(({ reason, subjects, missing }) => ({
          words: `${subjects === 0 ? 'some resources' : count(subjects, 'resource')} not judged: ${skipWords(reason, missing)}`,
          isUnknown: reason !== 'off',
        })),
        ...unreadGaps,
      ];
  }
}

function leftOut({ resources, failing }: Found, hidden: number, { isPartial }: Run): readonly Gap[] {
  const doubtful = hidden + (isPartial ? resources.size - failing.size : 0);
  if (doubtful === 0) return [];
  return [
    known(`${count(doubtful, 'resource')} counted as failing, as not all findings there are in the report`),
  ];
}

function skippedIn(rule: string, outcome: RuleOutcome | undefined, { unjudged }: Run): number {
  if (outcome?.status !== 'evaluated') return unjudged.get(rule) ?? 0;
  return (outcome.skipped ?? [])
    .filter(({ reason }) => reason !== 'off')
    .reduce((sum, { subjects }) => sum + subjects, 0);
}

function known(words: string): Gap {
  return { words, isUnknown: false };
}

function unknown(words: string): Gap {
  return { words, isUnknown: true };
}
