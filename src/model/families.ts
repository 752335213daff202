import { inheritedPermissions, type EffectivePermission, type Inheritance } from './permissions.ts';
import type { Resource } from './resource.ts';
import { textIn } from './tenant-resource.ts';

/** The blueprints of a run by application id, for what their agents have of them. */
export type Families = ReadonlyMap<string, Family>;

type Family = {
  /** The blueprint, or the principal of one that is in another tenant. */
  readonly ref: string;
  readonly name: string;
  /** What all agents of the blueprint inherit. */
  readonly inherited: readonly EffectivePermission[];
};

type Member = Inheritance['from'];
type Blueprint = Member & Pick<Inheritance, 'inheritablePermissions'>;
type Principal = Member & Pick<Inheritance, 'appRoleAssignments' | 'oauth2PermissionGrants'>;

/** Puts blueprints and their principals together, and keeps no more of them than what is inherited. */
export class FamilyIndex {
  readonly #blueprints = new Map<string, Blueprint>();
  readonly #principals = new Map<string, Principal>();

  /** Of several that say that they are the same one, the first counts. */
  add({ kind, ref, name, properties }: Pick<Resource, 'kind' | 'ref' | 'name' | 'properties'>): void {
    if (kind !== 'blueprint' && kind !== 'blueprintPrincipal') return;
    const appId = textIn(properties, 'appId');
    if (appId === null) return;
    if (kind === 'blueprint') {
      const { inheritablePermissions } = properties;
      if (!this.#blueprints.has(appId)) this.#blueprints.set(appId, { ref, name, inheritablePermissions });
    } else if (!this.#principals.has(appId)) {
      const { appRoleAssignments, oauth2PermissionGrants } = properties;
      this.#principals.set(appId, { ref, name, appRoleAssignments, oauth2PermissionGrants });
    }
  }

  result(): Families {
    const all = new Set([...this.#blueprints.keys(), ...this.#principals.keys()]);
    return new Map(
      [...all].flatMap((appId) => {
        const blueprint = this.#blueprints.get(appId);
        const principal = this.#principals.get(appId);
        const head = blueprint ?? principal;
        if (head === undefined) return [];
        const { ref, name } = head;
        return [[appId, { ref, name, inherited: inheritedOf(blueprint, principal) }] as const];
      }),
    );
  }
}

function inheritedOf(
  blueprint: Blueprint | undefined,
  principal: Principal | undefined,
): readonly EffectivePermission[] {
  if (principal === undefined || blueprint === undefined) return [];
  const { appRoleAssignments, oauth2PermissionGrants } = principal;
  const { inheritablePermissions } = blueprint;
  return inheritedPermissions({
    from: principal,
    appRoleAssignments,
    oauth2PermissionGrants,
    inheritablePermissions,
  });
}
