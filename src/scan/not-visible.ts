import type { Known } from '../model/known.ts';
import type { Resource, UnknownReason } from '../model/resource.ts';
import { textIn, type TenantRecord } from '../model/tenant-resource.ts';
import type { FactGroup, ResourceKind } from '../model/vocabulary.ts';

type Groups = Resource['unknown'];

type Looks = {
  readonly known: Known;
  /** Groups that were not read of any object of the kind: whether they could be seen is not known. */
  readonly unread: Groups;
};

/**
 * What Graph does not tell of a single object although everything was read. A blueprint of another tenant is not shown, so
 * nobody here knows what its principal passes on; an agent without evidence of a sign-in may have been used or not; an
 * agent that no lifecycle policy governs has no state. `null` when there is nothing of the kind.
 */
export function notVisible(
  kind: ResourceKind,
  { properties }: TenantRecord,
  { known, unread }: Looks,
): Groups | null {
  if (kind === 'blueprintPrincipal') return ofPrincipal(textIn(properties, 'appId') ?? '', known);
  if (kind !== 'agentIdentity' && kind !== 'agentUser') return null;
  const groups: { [group in FactGroup]?: UnknownReason } = {};
  let isTold = true;
  for (const group of TOLD_BY_NULL) {
    if (properties[group] !== null || unread[group] !== undefined) continue;
    groups[group] = 'not-visible';
    isTold = false;
  }
  return isTold ? null : groups;
}

/** Properties of the same name as the group that are `null` when Graph has nothing to tell. */
const TOLD_BY_NULL = ['signInActivity', 'lifecycle'] as const;

function ofPrincipal(appId: string, { tenant }: Known): Groups | null {
  const blueprint = tenant?.blueprints[appId];
  if (blueprint === undefined) return { inheritablePermissions: 'not-visible' };
  return blueprint.inheritablePermissions === null ? { inheritablePermissions: 'facts-missing' } : null;
}
