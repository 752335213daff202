import type { Finding } from '../findings/finding.ts';
import type { Suppression } from '../findings/suppression.ts';

const EXPIRED_WORDS = {
  waiver: 'its waiver',
  inline: 'what suppressed it beside it',
  baseline: 'its entry in the baseline',
  exemption: 'its exemption',
} as const satisfies Record<Suppression['kind'], string>;

/** `its waiver expired on 2026-10-01 (approved by ciso@contoso.example)`. Holds untrusted text. */
export function expiredWords({ kind, expires, approvedBy }: Suppression): string {
  const on = expires === null ? '' : ` on ${expires}`;
  return `${EXPIRED_WORDS[kind]} expired${on}${approvedBy === null ? '' : ` (approved by ${approvedBy})`}`;
}

/** The message of a finding, which says when what suppressed it has expired. Holds untrusted text. */
export function toldMessage({ message, expired }: Pick<Finding, 'message' | 'expired'>): string {
  return expired === null ? message : `${message}; ${expiredWords(expired)}`;
}
