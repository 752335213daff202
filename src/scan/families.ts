import { inheritedPermissions, type EffectivePermission } from '../model/permissions.ts';
import type { Resource } from '../model/resource.ts';
import { textIn } from '../model/tenant-resource.ts';

/** The blueprints of a tenant by application id, for what their agents have of them. */
export type Families = ReadonlyMap<string, Family>;

type Family = {
  /** The blueprint, or the principal of one that is in another tenant. */
  readonly ref: string;
  readonly name: string;
  /** What all agents of the blueprint inherit. */
  readonly inherited: readonly EffectivePermission[];
};

/** Puts blueprints and their principals together. */
export class FamilyIndex {
  readonly #blueprints = new Map<string, Resource>();
  readonly #principals = new Map<string, Resource>();

  add(resource: Resource): void {
    const appId = textIn(resource.properties, 'appId');
    if (appId === null) return;
    if (resource.kind === 'blueprint') this.#blueprints.set(appId, resource);
    if (resource.kind === 'blueprintPrincipal') this.#principals.set(appId, resource);
  }

  result(): Families {
    const all = new Set([...this.#blueprints.keys(), ...this.#principals.keys()]);
    return new Map(
      [...all].flatMap((appId) => {
        const principal = this.#principals.get(appId);
        const head = this.#blueprints.get(appId) ?? principal;
        if (head === undefined) return [];
        const { ref, name } = head;
        return [[appId, { ref, name, inherited: this.#inherited(appId, principal) }] as const];
      }),
    );
  }

  #inherited(appId: string, principal: Resource | undefined): readonly EffectivePermission[] {
    const blueprint = this.#blueprints.get(appId);
    if (principal === undefined || blueprint === undefined) return [];
    const { appRoleAssignments, oauth2PermissionGrants } = principal.properties;
    const { inheritablePermissions } = blueprint.properties;
    return inheritedPermissions({
      from: principal,
      appRoleAssignments,
      oauth2PermissionGrants,
      inheritablePermissions,
    });
  }
}
