import type { Suppression } from '../findings/suppression.ts';

/** What keeps a finding from counting, by its kind. */
export const SUPPRESSION_WORDS = {
  waiver: 'waived',
  inline: 'suppressed beside it',
  baseline: 'in the baseline',
  exemption: 'exempt',
} as const satisfies Record<Suppression['kind'], string>;

/** `waived until 2026-12-31: Pilot (approved by ciso@contoso.example, SEC-1234)`. Holds untrusted text. */
export function suppressionSentence({ kind, reason, approvedBy, ticket, expires }: Suppression): string {
  const until = expires === null ? '' : ` until ${expires}`;
  const who = [approvedBy === null ? null : `approved by ${approvedBy}`, ticket].filter(
    (part) => part !== null,
  );
  return `${SUPPRESSION_WORDS[kind]}${until}: ${reason}${who.length === 0 ? '' : ` (${who.join(', ')})`}`;
}
