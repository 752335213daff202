import type { FactGroup } from '../model/vocabulary.ts';
import type { SkipReason } from '../policy/types.ts';
import { SKIP_WORDS } from './skipped-rules.ts';
import { GROUP_WORDS } from './tenant-words.ts';

/** Why a rule was skipped: `facts are missing: sponsors, owners`. */
export function skipWords({
  reason,
  missing = [],
}: {
  readonly reason: SkipReason;
  readonly missing?: readonly FactGroup[];
}): string {
  const groups = missing.map((group) => GROUP_WORDS[group]).join(', ');
  return groups === '' ? SKIP_WORDS[reason] : `${SKIP_WORDS[reason]}: ${groups}`;
}
