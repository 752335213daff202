import {
  KnownIndex,
  type Known,
  type KnownBlueprint,
  type KnownBlueprintPrincipal,
  type KnownDeleted,
} from './known.ts';
import type { JsonObject, Resource } from './resource.ts';
import { textIn, type TenantRecord } from './tenant-resource.ts';

/** Gathers the look-ups of a tenant from all but its agents, one by one: of those it may have very many. */
export class TenantKnownIndex {
  readonly #shared = new KnownIndex();
  readonly #blueprints = new Map<string, KnownBlueprint>();
  readonly #principals = new Map<string, KnownBlueprintPrincipal>();
  readonly #deleted = new Map<string, KnownDeleted>();

  add(resource: Resource, index: number): void {
    this.#shared.add(resource, index);
    const { ref, name, kind, properties } = resource;
    const appId = textIn(properties, 'appId');
    if (appId === null) return;
    if (kind === 'blueprint')
      this.#blueprints.set(appId, {
        ref,
        name,
        resource: index,
        inheritablePermissions: isUnknown(resource) ? null : listIn(properties, 'inheritablePermissions'),
        agentIdentityCount: numberIn(properties, 'agentIdentityCount'),
      });
    if (kind === 'blueprintPrincipal')
      this.#principals.set(appId, {
        ref,
        name,
        resource: index,
        id: ref.slice(kind.length + 1),
        accountEnabled: booleanIn(properties, 'accountEnabled'),
        appOwnerOrganizationId: textIn(properties, 'appOwnerOrganizationId'),
      });
  }

  addDeleted({ id, properties }: TenantRecord): void {
    const deleted = {
      type: textIn(properties, '@odata.type'),
      name: textIn(properties, 'displayName'),
      deletedDateTime: textIn(properties, 'deletedDateTime'),
    };
    this.#deleted.set(id, deleted);
    const appId = textIn(properties, 'appId');
    if (appId !== null) this.#deleted.set(appId, deleted);
  }

  result(): Known {
    return {
      ...this.#shared.result(),
      tenant: {
        blueprints: Object.fromEntries(this.#blueprints),
        blueprint_principals: Object.fromEntries(this.#principals),
        deleted: Object.fromEntries(this.#deleted),
      },
    };
  }
}

function isUnknown({ unknown }: Resource): boolean {
  return unknown.inheritablePermissions !== undefined;
}

function listIn(properties: JsonObject, name: string): readonly unknown[] | null {
  const value = properties[name];
  return Array.isArray(value) ? (value as readonly unknown[]) : null;
}

function numberIn(properties: JsonObject, name: string): number | null {
  const value = properties[name];
  return typeof value === 'number' ? value : null;
}

function booleanIn(properties: JsonObject, name: string): boolean | null {
  const value = properties[name];
  return typeof value === 'boolean' ? value : null;
}
