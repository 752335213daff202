import type { Finding } from '../../findings/finding.ts';
import type { EffectivePermission } from '../../model/permissions.ts';
import type { Severity } from '../../model/vocabulary.ts';
import { compareCodePoints } from '../../util/code-points.ts';
import { CONSENT_WORDS, GRAPH } from '../tenant-place.ts';
import { severityRank } from '../severity-order.ts';

/** Of other APIs than Microsoft Graph the name of the API goes along. */
export function apiName({ resource: { appId, displayName } }: EffectivePermission): string {
  return displayName ?? (appId === GRAPH ? 'Microsoft Graph' : (appId ?? 'not told'));
}

/** The same permission, whoever has it and by which way. */
export function permissionKey(permission: EffectivePermission): string {
  return JSON.stringify([permission.kind, permission.name, apiName(permission)]);
}

export function consentWords({ consent }: EffectivePermission): string {
  return consent === null ? 'not told' : CONSENT_WORDS[consent];
}

/** How grave a permission is, by the worst finding that names it. */
export type Gravity = (permission: EffectivePermission) => Severity | null;

export function gravityOf(findings: readonly Finding[]): Gravity {
  const worst = new Map<string, Severity>();
  for (const { severity, args } of findings) {
    const { permission, kind } = args;
    if (typeof permission !== 'string' || typeof kind !== 'string') continue;
    const key = `${kind} ${permission}`;
    const known = worst.get(key);
    if (known === undefined || severityRank(severity) < severityRank(known)) worst.set(key, severity);
  }
  return ({ kind, name }) => worst.get(`${kind} ${name}`) ?? null;
}

/** The gravest first, then what needs no user, then by name. */
export function comparePermissions(
  gravity: Gravity,
): (a: EffectivePermission, b: EffectivePermission) => number {
  const rank = (permission: EffectivePermission): number =>
    2 * severityRank(gravity(permission)) + (permission.kind === 'application' ? 0 : 1);
  return (a, b) =>
    rank(a) - rank(b) || compareCodePoints(a.name, b.name) || compareCodePoints(apiName(a), apiName(b));
}
