import { GRAPH, ROLE_DEFINITIONS, SHIPMENTS, type Api } from '../believable/microsoft.ts';
import { everyRow, text, type Entity } from '../entities.ts';
import type { LargeTenant } from '../large-tenant.ts';
import { largeGraphTenant } from './graph.ts';

/** One object as a snapshot has it: its properties with what was joined to them. */
export type LargeRecord = { readonly id: string; readonly api: 'v1.0' | 'beta'; readonly properties: Entity };

export type LargeStream =
  | 'organization'
  | 'blueprints'
  | 'blueprintPrincipals'
  | 'conditionalAccessPolicies'
  | 'lifecyclePolicies'
  | 'agentUsers'
  | 'agentIdentities';

/** People and groups, of which there are few, by their id. */
const PRINCIPALS = new WeakMap<LargeTenant, Map<string, Entity>>();

function sponsor(large: LargeTenant, id: string): Entity {
  const known = PRINCIPALS.get(large) ?? new Map<string, Entity>();
  PRINCIPALS.set(large, known);
  const found = known.get(id) ?? principalFact(large, id);
  known.set(id, found);
  return found;
}

function principalFact(large: LargeTenant, id: string): Entity {
  const person = large.ids.person.indexOf(id);
  if (person !== null) {
    const { displayName, userPrincipalName, accountEnabled, userType } = large.person(person);
    return {
      '@odata.type': '#microsoft.graph.user',
      id,
      displayName,
      userPrincipalName,
      accountEnabled,
      userType,
      state: 'found',
    };
  }
  const index = large.ids.group.indexOf(id) ?? 0;
  const { displayName, groupTypes, securityEnabled, isAssignableToRole } = large.group(index);
  const members = large.membersOf(index).length;
  return {
    '@odata.type': '#microsoft.graph.group',
    id,
    displayName,
    groupTypes,
    securityEnabled,
    isAssignableToRole,
    state: 'found',
    memberCount: members,
    enabledMemberCount: members,
  };
}

function apiOf(resourceId: unknown): Api {
  return resourceId === GRAPH.id ? GRAPH : SHIPMENTS;
}

const ROLE_NAMES: ReadonlyMap<unknown, string> = new Map(
  [GRAPH, SHIPMENTS].flatMap((api) => Object.entries(api.roles).map(([name, id]) => [id, name] as const)),
);

function assignment(source: Entity): Entity {
  const { id, appRoleId, resourceId, resourceDisplayName, createdDateTime } = source;
  const api = apiOf(resourceId);
  return {
    id,
    appRoleId,
    resourceId,
    resourceDisplayName,
    createdDateTime,
    resourceAppId: api.appId,
    appRoleValue: ROLE_NAMES.get(appRoleId) ?? null,
  };
}

function grant(source: Entity): Entity {
  const { id, consentType, principalId, resourceId } = source;
  const api = apiOf(resourceId);
  return {
    id,
    consentType,
    principalId,
    resourceId,
    scope: text(source, 'scope').trim(),
    resourceAppId: api.appId,
    resourceDisplayName: api.name,
  };
}

function role(source: Entity): Entity {
  const { id, roleDefinitionId, directoryScopeId } = source;
  const definition = ROLE_DEFINITIONS.find((known) => known['id'] === roleDefinitionId);
  return {
    id,
    roleDefinitionId,
    directoryScopeId,
    roleDefinition: {
      displayName: definition?.['displayName'] ?? null,
      templateId: definition?.['templateId'] ?? null,
      isBuiltIn: true,
    },
    viaGroup: null,
  };
}

/** Credentials as snapshots keep them: without key material and hints. */
function credentials(entity: Entity): Entity {
  const kept = (list: unknown) =>
    (list as readonly Entity[]).map(({ keyId, displayName, type, usage, startDateTime, endDateTime }) => ({
      keyId,
      displayName,
      ...(type === undefined ? {} : { type, usage }),
      startDateTime,
      endDateTime,
    }));
  return {
    keyCredentials: kept(entity['keyCredentials']),
    passwordCredentials: kept(entity['passwordCredentials']),
  };
}

function properties(entity: Entity): Entity {
  return Object.fromEntries(
    Object.entries(entity).filter(([name]) => !['id', '@odata.type', 'deletedDateTime'].includes(name)),
  );
}

/** What Graph tells of every blueprint and principal although there is nothing to tell. */
const BLUEPRINT_EMPTY: Entity = {
  appRoles: [],
  certification: null,
  disabledByMicrosoftStatus: null,
  groupMembershipClaims: null,
  info: null,
  isDisabled: null,
  isFallbackPublicClient: null,
  managerApplications: [],
  notes: null,
  optionalClaims: null,
  publicClient: null,
  servicePrincipalLockConfiguration: null,
  spa: null,
  tokenEncryptionKeyId: null,
};
const PRINCIPAL_EMPTY: Entity = {
  appDescription: null,
  appRoles: [],
  disabledByMicrosoftStatus: null,
  info: null,
  publishedPermissionScopes: [],
  publisherName: null,
  servicePrincipalNames: [],
};
const POLICY_EMPTY: Entity = { modifiedDateTime: null, excludedAgents: [] };

/** Sponsors or owners, in the order of their ids. */
function principals(large: LargeTenant, ids: readonly string[]): readonly Entity[] {
  return ids.toSorted().map((id) => sponsor(large, id));
}

/** The record of an agent identity. */
function agentRecord(large: LargeTenant, index: number): LargeRecord {
  const entity = large.agent(index);
  const last = large.lastSignIn(index);
  return {
    id: text(entity, 'id'),
    api: 'v1.0',
    properties: {
      ...properties(entity),
      ...credentials(entity),
      sponsors: principals(large, large.sponsorsOf('agent', index)),
      owners: principals(large, large.ownersOf('agent', index)),
      appRoleAssignments: large.assignmentsOf('agent', index).map(assignment),
      oauth2PermissionGrants: large.grantsOf('agent', index).map(grant),
      roleAssignments: large.rolesOf(index).map(role),
      transitiveMemberOf: [],
      signInActivity:
        last === null ? null : { lastSignInDateTime: last, source: 'servicePrincipalSignInActivities' },
      lifecycle: large.lifecycleOf(index),
    },
  };
}

/** How many agents each blueprint has, by its index. */
function agentCounts(large: LargeTenant): Uint32Array {
  const counts = new Uint32Array(large.counts.blueprints);
  for (let index = 0; index < large.counts.agents; index += 1) {
    if (large.violationOf(index) === 'lifecycle/orphan') continue;
    const of = large.blueprintOf(index);
    counts[of] = (counts[of] ?? 0) + 1;
  }
  return counts;
}

function blueprintRecord(large: LargeTenant, index: number, agents: number): LargeRecord {
  const entity = large.blueprint(index);
  return {
    id: text(entity, 'id'),
    api: 'v1.0',
    properties: {
      ...BLUEPRINT_EMPTY,
      ...properties(entity),
      ...credentials(entity),
      sponsors: principals(large, large.sponsorsOf('blueprint', index)),
      owners: principals(large, large.ownersOf('blueprint', index)),
      federatedIdentityCredentials: large.federatedOf(index),
      inheritablePermissions: large
        .inheritableOf(index)
        .map((entry) => ({ inheritableRoles: null, ...entry })),
      agentIdentityCount: agents,
    },
  };
}

function principalRecord(large: LargeTenant, index: number, agents: number): LargeRecord {
  const entity = large.principal(index);
  return {
    id: text(entity, 'id'),
    api: 'v1.0',
    properties: {
      ...PRINCIPAL_EMPTY,
      ...properties(entity),
      ...credentials(entity),
      sponsors: [],
      owners: [],
      appRoleAssignments: large.assignmentsOf('principal', index).map(assignment),
      oauth2PermissionGrants: large.grantsOf('principal', index).map(grant),
      roleAssignments: [],
      transitiveMemberOf: [],
      agentIdentityCount: agents,
      inherited: null,
    },
  };
}

function agentUserRecord(large: LargeTenant, index: number): LargeRecord {
  const entity = large.agentUser(index);
  const { displayName, userPrincipalName, accountEnabled, createdDateTime, identityParentId } = entity;
  const parent = large.agent(large.ids.agent.indexOf(text(entity, 'identityParentId')) ?? 0);
  const last = (entity['signInActivity'] as Entity)['lastSignInDateTime'];
  return {
    id: text(entity, 'id'),
    api: 'v1.0',
    properties: {
      displayName,
      userPrincipalName,
      accountEnabled,
      createdDateTime,
      identityParentId,
      identityParent: { id: identityParentId, displayName: parent['displayName'], state: 'found' },
      userType: entity['userType'],
      sponsors: principals(large, large.sponsorsOf('agentUser', index)),
      roleAssignments: [],
      transitiveMemberOf: [],
      signInActivity: { lastSignInDateTime: last, source: 'users' },
    },
  };
}

/** Records of a stream in the order of their ids, one after another. Streams that are not here are empty. */
export function* recordsOf(large: LargeTenant, stream: LargeStream): Generator<LargeRecord> {
  const { agents, blueprints, agentUsers } = large.counts;
  if (stream === 'agentIdentities') {
    for (let index = 0; index < agents; index += 1) yield agentRecord(large, index);
    return;
  }
  if (stream === 'agentUsers') {
    for (let index = 0; index < agentUsers; index += 1) yield agentUserRecord(large, index);
    return;
  }
  if (stream === 'blueprints' || stream === 'blueprintPrincipals') {
    const counts = agentCounts(large);
    const make = stream === 'blueprints' ? blueprintRecord : principalRecord;
    for (let index = 0; index < blueprints; index += 1) yield make(large, index, counts[index] ?? 0);
    return;
  }
  const api = stream === 'organization' ? 'v1.0' : 'beta';
  const rows = [...everyRow(largeGraphTenant(large).rows(stream))].map(
    (entity) =>
      ({
        id: text(entity, 'id'),
        api,
        properties: {
          ...(stream === 'conditionalAccessPolicies' ? POLICY_EMPTY : {}),
          ...properties(entity),
        },
      }) as const,
  );
  yield* rows.sort((a, b) => (a.id < b.id ? -1 : 1));
}
