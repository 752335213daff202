import type { Known } from '../model/known.ts';
import type { Resource } from '../model/resource.ts';
import { textIn, type TenantRecord } from '../model/tenant-resource.ts';
import type { ResourceKind } from '../model/vocabulary.ts';

type Groups = Resource['unknown'];

/**
 * What Graph does not tell of a single object although everything was read. A blueprint of another tenant is not shown, so
 * nobody here knows what its principal passes on; an agent without evidence of a sign-in may have been used or not; an
 * agent that no lifecycle policy governs has no state. `null` when there is nothing of the kind.
 */
export function notVisible(
  kind: ResourceKind,
  { properties }: TenantRecord,
  { tenant }: Known,
): Groups | null {
  switch (kind) {
    case 'blueprintPrincipal': {
      const blueprint = tenant?.blueprints[textIn(properties, 'appId') ?? ''];
      if (blueprint === undefined) return { inheritablePermissions: 'not-visible' };
      return blueprint.inheritablePermissions === null ? { inheritablePermissions: 'facts-missing' } : null;
    }
    case 'agentIdentity':
    case 'agentUser': {
      const { signInActivity, lifecycle } = properties;
      if (signInActivity !== null && lifecycle !== null) return null;
      return {
        ...(signInActivity === null ? { signInActivity: 'not-visible' } : {}),
        ...(lifecycle === null ? { lifecycle: 'not-visible' } : {}),
      };
    }
    default:
      return null;
  }
}
