import type { Report } from '../findings/report.ts';
import type { RuleOutcome, SkipReason } from '../policy/types.ts';
import { count } from './text.ts';

/** Why rules were skipped, in the order they are told: what the reader can change comes first. */
export const SKIP_WORDS = {
  'facts-missing': 'facts are missing',
  'not-asked': 'facts were not asked for',
  'not-visible': 'Microsoft Graph does not tell',
  'declared-elsewhere': 'relationships are kept elsewhere',
  off: 'turned off',
  'not-applicable': 'nothing here to apply to',
} as const satisfies Record<SkipReason, string>;

type Skip = { readonly reason: SkipReason; readonly whole: boolean; readonly missing: readonly string[] };

/**
 * How many rules judged nothing, or not every resource they apply to: a line for each reason. Rules for tenants are not
 * told of in a run over files, nor the other way round.
 */
export function skippedRules({ outcomes, rules: known, tenant }: Report): string[] {
  const what = tenant === null ? 'files' : 'tenants';
  const others = new Set(known.filter(({ judges }) => !judges.includes(what)).map(({ id }) => id));
  const skips = outcomes.filter(({ rule }) => !others.has(rule)).flatMap(skipsOf);
  return Object.entries(SKIP_WORDS).flatMap(([reason, words]) => {
    const these = skips.filter((skip) => skip.reason === reason);
    return these.length === 0 ? [] : [`${rules(these)}: ${words}${missingGroups(these)}`];
  });
}

function skipsOf(outcome: RuleOutcome): Skip[] {
  switch (outcome.status) {
    case 'skipped':
      return [{ reason: outcome.reason, whole: true, missing: outcome.missing ?? [] }];
    case 'evaluated':
      return (outcome.skipped ?? []).map(({ reason, missing }) => ({
        reason,
        whole: false,
        missing: missing ?? [],
      }));
    case 'failed':
      return [];
  }
}

function rules(skips: readonly Skip[]): string {
  const whole = skips.filter((skip) => skip.whole).length;
  const partly = skips.length - whole;
  if (partly === 0) {
    return count(whole, 'rule');
  }
  return whole === 0
    ? `${count(partly, 'rule')} for some resources`
    : `${count(whole, 'rule')}, and ${partly} more for some resources`;
}

function missingGroups(skips: readonly Skip[]): string {
  const groups = [...new Set(skips.flatMap((skip) => skip.missing))].sort();
  return groups.length === 0 ? '' : ` (${groups.join(', ')})`;
}
