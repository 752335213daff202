import type { ReportedPrincipal } from '../findings/report.ts';
import type { PrincipalFact } from '../model/facts.ts';

/** Somebody who answers for a resource, as reports tell it. */
export function reportedPrincipal({
  kind,
  id,
  displayName,
  userPrincipalName,
  state,
}: PrincipalFact): ReportedPrincipal {
  return { kind, id, name: displayName ?? userPrincipalName ?? id, state };
}
