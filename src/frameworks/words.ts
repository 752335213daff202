import type { SkipReason } from '../policy/types.ts';
import type { FactGroup } from '../model/vocabulary.ts';

const SKIPPED = {
  'facts-missing': 'facts are missing',
  'not-asked': 'facts were not asked for',
  'not-visible': 'Microsoft Graph does not tell',
  'declared-elsewhere': 'relationships are kept elsewhere',
  off: 'turned off',
  'not-applicable': 'nothing here to apply to',
} as const satisfies Record<SkipReason, string>;

/** Why a rule judged nothing: `facts are missing (sponsors)`. */
export function skipWords(reason: SkipReason, missing: readonly FactGroup[] = []): string {
  return missing.length === 0 ? SKIPPED[reason] : `${SKIPPED[reason]} (${missing.join(', ')})`;
}

/** `1 resource`, `2 resources`. */
export function count(number: number, noun: string): string {
  return `${number} ${noun}${number === 1 ? '' : 's'}`;
}
