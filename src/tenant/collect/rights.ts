import type { JsonObject } from '../../model/resource.ts';
import type { SpoolRow } from '../spool/types.ts';
import type { PrivilegedGroup } from './groups.ts';
import type { Known } from './known.ts';
import type { ResourceApi } from './resources.ts';
import { textOf, without } from './values.ts';

type Resources = ReadonlyMap<string, ResourceApi | null>;

/** A list and whether the API of each of its entries is known, be it that it is gone. */
export type Resolved = { readonly list: readonly JsonObject[]; readonly complete: boolean };

/** Application permissions with the names of their API and role. */
export function assignmentsOf(assignments: readonly JsonObject[], resources: Resources): Resolved {
  let complete = true;
  const list = assignments.map((assignment) => {
    const resource = resources.get(textOf(assignment['resourceId']) ?? '');
    if (resource === undefined) complete = false;
    const role = textOf(assignment['appRoleId']) ?? '';
    return {
      ...assignment,
      resourceAppId: resource?.appId ?? null,
      // The role of zeros is the default access, which has no name: https://learn.microsoft.com/graph/api/resources/approleassignment
      appRoleValue: resource?.roles.get(role) ?? null,
    };
  });
  return { list, complete };
}

/** Delegated permissions with the name of their API. */
export function grantsOf(grants: readonly JsonObject[], resources: Resources): Resolved {
  let complete = true;
  const list = grants.map((grant) => {
    const resource = resources.get(textOf(grant['resourceId']) ?? '');
    if (resource === undefined) complete = false;
    return {
      ...without(grant, 'clientId'),
      resourceAppId: resource?.appId ?? null,
      resourceDisplayName: resource?.displayName ?? null,
    };
  });
  return { list, complete };
}

/** Directory roles of an object, and those that it has as a member of a group. */
export function rolesOf(
  direct: readonly SpoolRow[],
  groupIds: readonly string[],
  { groupRoles, groups }: Known,
): readonly JsonObject[] {
  const own = direct.map(({ value }) => ({ ...value, viaGroup: null }));
  const through = groupIds.flatMap((id) => {
    const viaGroup = { id, displayName: groups.get(id)?.displayName ?? null };
    return (groupRoles.get(id) ?? []).map((role) => ({ ...role, viaGroup }));
  });
  return [...own, ...through];
}

/** Groups that an object is in and that give rights. */
export function groupsOf(
  ids: readonly string[],
  groups: ReadonlyMap<string, PrivilegedGroup>,
): readonly JsonObject[] {
  return ids.flatMap((id) => {
    const group = groups.get(id);
    return group === undefined ? [] : [{ '@odata.type': '#microsoft.graph.group', ...group }];
  });
}
