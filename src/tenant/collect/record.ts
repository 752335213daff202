import type { JsonObject, UnknownReason } from '../../model/resource.ts';
import type { FactGroup } from '../../model/vocabulary.ts';
import type { SnapshotRecord } from '../snapshot/types.ts';
import type { Facet } from './facets.ts';
import { facetsOf, type KindPlan } from './kinds.ts';
import { isUsable, type Known } from './known.ts';
import { peopleOf } from './people.ts';
import { assignmentsOf, grantsOf, groupsOf, rolesOf } from './rights.ts';
import { hasNoSubject, listOf, type WithRows } from './survey.ts';
import { textOf, without } from './values.ts';

/** A record that is being put together: what is known goes to `properties`, what is not to `unknown`. */
type Draft = {
  readonly properties: Record<string, unknown>;
  readonly unknown: { [group in FactGroup]?: UnknownReason };
};

/** The record of an object; `null` when it is not there, or its own properties were not read. */
export function recordOf(object: WithRows, plan: KindPlan, known: Known): SnapshotRecord | null {
  const { whole } = object;
  if (whole.base === null || whole.gone) return null;
  const draft: Draft = { properties: { ...without(whole.base, 'id') }, unknown: {} };
  if (whole.bad.length > 0) draft.unknown[plan.group] = 'facts-missing';
  for (const facet of facetsOf(plan, known.wanted)) addFacet(draft, object, facet, known);
  addRights(draft, object, plan, known);
  addOwn(draft, object, plan, known);
  const { properties, unknown } = draft;
  const record = { id: whole.id, api: 'v1.0' as const, properties };
  return Object.keys(unknown).length === 0 ? record : { ...record, unknown };
}

function addFacet({ properties, unknown }: Draft, { whole }: WithRows, facet: Facet, known: Known): void {
  const found = whole.facets.get(facet);
  if (found === undefined || found.cut) {
    unknown[asGroup(facet)] = 'facts-missing';
    if (facet === 'sponsors' || facet === 'owners') unknown.principals = 'facts-missing';
    return;
  }
  switch (facet) {
    case 'sponsors':
    case 'owners': {
      const people = peopleOf(whole, facet, known);
      properties[facet] = people.list;
      if (people.incomplete) unknown.principals = 'facts-missing';
      return;
    }
    case 'appRoleAssignments': {
      const assignments = assignmentsOf(listOf(found.value), known.resources);
      properties[facet] = assignments.list;
      if (!assignments.complete) unknown[facet] = 'facts-missing';
      return;
    }
    case 'federatedIdentityCredentials':
      addFederated({ properties, unknown }, whole, known);
      return;
    case 'signInActivity':
      properties[facet] = found.value === null ? null : { lastSignInDateTime: found.value, source: 'users' };
      return;
    case 'inheritablePermissions':
    case 'customSecurityAttributes':
    case 'lifecycle':
    case 'claimsMatchingExpressions':
      properties[facet] = found.value;
  }
}

/** Facets have the names of the groups that they are; what matches instead of a subject is part of the credentials. */
function asGroup(facet: Facet): FactGroup {
  return facet === 'claimsMatchingExpressions' ? 'federatedIdentityCredentials' : facet;
}

/** What a credential without a subject matches is told by beta alone. */
function addFederated({ properties, unknown }: Draft, whole: WithRows['whole'], { beta }: Known): void {
  const list = listOf(whole.facets.get('federatedIdentityCredentials')?.value);
  const claims = whole.facets.get('claimsMatchingExpressions');
  const expressions = new Map(
    listOf(claims?.value).map((item) => [item['id'], item['claimsMatchingExpression'] ?? null] as const),
  );
  properties['federatedIdentityCredentials'] = list.map((item) => {
    const expression = expressions.get(item['id']) ?? null;
    return expression === null || typeof item['subject'] === 'string'
      ? item
      : { ...item, claimsMatchingExpression: expression };
  });
  if (!hasNoSubject(whole) || claims !== undefined) return;
  unknown.federatedIdentityCredentials = beta ? 'facts-missing' : 'not-asked';
}

function addRights(draft: Draft, { joined }: WithRows, { kind }: KindPlan, known: Known): void {
  const { properties, unknown } = draft;
  const { lists, wanted, resources } = known;
  const mark = (group: FactGroup, complete: boolean): void => {
    if (!complete) unknown[group] = 'facts-missing';
  };
  if (wanted.has('oauth2PermissionGrants', kind)) {
    const outcome = lists['oauth2PermissionGrants'];
    const grants = grantsOf(
      joined.oauth2PermissionGrants.map(({ value }) => value),
      resources,
    );
    if (isUsable(outcome)) properties['oauth2PermissionGrants'] = grants.list;
    mark('oauth2PermissionGrants', grants.complete && outcome?.status === 'complete');
  }
  const groupIds = joined.groupMembers.map(({ key }) => key);
  const groupsKnown = known.membersKnown && lists['groups']?.status === 'complete';
  if (wanted.has('roleAssignments', kind)) {
    const outcome = lists['roleAssignments'];
    if (isUsable(outcome)) properties['roleAssignments'] = rolesOf(joined.roleAssignments, groupIds, known);
    mark('roleAssignments', groupsKnown && outcome?.status === 'complete');
  }
  if (wanted.has('privilegedGroups', kind)) {
    if (isUsable(lists['groups'])) properties['transitiveMemberOf'] = groupsOf(groupIds, known.groups);
    mark('privilegedGroups', groupsKnown);
  }
  if (kind === 'agentIdentity' && wanted.has('signInActivity', kind)) {
    const { signInReport, signIns } = lists;
    const activity = activityOf(joined);
    if (isUsable(signInReport)) properties['signInActivity'] = activity;
    const isWhole =
      signInReport?.status === 'complete' && (signIns === undefined || signIns.status === 'complete');
    mark('signInActivity', isWhole || (isUsable(signInReport) && activity !== null));
  }
}

/** The best evidence of a sign-in; `null` when there is none, which does not mean that there was no sign-in. */
function activityOf(joined: WithRows['joined']): JsonObject | null {
  const reported = textOf(joined.signInReport[0]?.value['last']);
  if (reported !== null) return { lastSignInDateTime: reported, source: 'servicePrincipalSignInActivities' };
  const logged = textOf(joined.signIns[0]?.value['last']);
  return logged === null ? null : { lastSignInDateTime: logged, source: 'signIns' };
}

/** What only one kind has. */
function addOwn({ properties, unknown }: Draft, { whole }: WithRows, { kind }: KindPlan, known: Known): void {
  const appId = textOf(whole.base?.['appId']) ?? '';
  if (kind === 'blueprint' || kind === 'blueprintPrincipal')
    properties['agentIdentityCount'] =
      known.agentCounts === null ? null : (known.agentCounts.get(appId) ?? 0);
  if (kind === 'blueprintPrincipal' && known.wanted.has('inheritedPermissions', kind)) {
    const sample = known.samples.get(appId);
    const inherited = sample === undefined ? undefined : known.inherited.get(sample);
    properties['inherited'] = inherited === undefined ? null : inheritedOf(sample, inherited, known);
    const isKnown = sample === undefined ? known.agentCounts !== null : inherited !== undefined;
    if (!isKnown) unknown.inheritedPermissions = 'facts-missing';
  }
  if (kind === 'agentUser')
    properties['identityParent'] = parentOf(textOf(whole.base?.['identityParentId']), known);
}

function inheritedOf(
  sample: string | undefined,
  inherited: {
    readonly appRoleAssignments: readonly JsonObject[];
    readonly oauth2PermissionGrants: readonly JsonObject[];
  },
  { resources }: Known,
): JsonObject {
  return {
    sampledFrom: sample,
    appRoleAssignments: assignmentsOf(inherited.appRoleAssignments, resources).list,
    oauth2PermissionGrants: grantsOf(inherited.oauth2PermissionGrants, resources).list,
  };
}

function parentOf(id: string | null, { parents, deleted, agentCounts }: Known): JsonObject | null {
  if (id === null) return null;
  const found = parents.get(id);
  if (found !== undefined) return { id, displayName: found.displayName, state: 'found' };
  const gone = deleted.get(id);
  if (gone !== undefined) return { id, displayName: gone.displayName, state: 'deleted' };
  return { id, displayName: null, state: agentCounts === null ? 'unread' : 'missing' };
}
