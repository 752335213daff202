import { GRAPH, principalOf, ROLE_DEFINITIONS, SHIPMENTS } from '../believable/microsoft.ts';
import { guid } from '../believable/guid.ts';
import {
  NO_ROWS,
  rowsOf,
  text,
  type Entity,
  type GraphTenant,
  type Relation,
  type Rows,
  type SetName,
} from '../entities.ts';
import { inheritedAssignments, inheritedGrants } from '../inheritance.ts';
import type { LargeTenant } from '../large-tenant.ts';

/** Most of a kind that one object has; a slot each, of which some stay empty. */
const SLOTS = 4;
const APIS = [GRAPH, SHIPMENTS].map(principalOf);

function rowsFrom(length: number, at: (index: number) => Entity | undefined): Rows {
  return { length, at, size: length };
}

/** Objects in an order that is not that of their ids, as Graph has them. */
function shuffled(count: number, at: (index: number) => Entity): Rows {
  const stride = count % 7919 === 0 ? 7907 : 7919;
  return rowsFrom(count, (position) => (position < count ? at((position * stride) % count) : undefined));
}

/** Several rows behind one another. */
function joined(parts: readonly Rows[]): Rows {
  const length = parts.reduce((sum, part) => sum + part.length, 0);
  const size = parts.every((part) => part.size !== undefined) ? { size: length } : {};
  return {
    length,
    ...size,
    at: (position) => {
      let rest = position;
      for (const part of parts) {
        if (rest < part.length) return part.at(rest);
        rest -= part.length;
      }
      return undefined;
    },
  };
}

/** What several objects have each, as one list with holes. */
function slots(count: number, of: (index: number) => readonly Entity[]): Rows {
  return {
    length: count * SLOTS,
    at: (position) => of(Math.floor(position / SLOTS))[position % SLOTS],
  };
}

/** Serves a large tenant without ever holding it. It does not change. */
export function largeGraphTenant(large: LargeTenant): GraphTenant {
  const { counts, ids } = large;
  const agents = shuffled(counts.agents, large.agent);
  const principals = shuffled(counts.blueprints, large.principal);
  const blueprints = shuffled(counts.blueprints, large.blueprint);
  const agentUsers = shuffled(counts.agentUsers, large.agentUser);
  const people = shuffled(counts.people, large.person);
  const groups = shuffled(counts.groups, large.group);
  const apis = rowsOf(APIS);
  const assignments = joined([
    slots(counts.agents, (index) => large.assignmentsOf('agent', index)),
    slots(counts.blueprints, (index) => large.assignmentsOf('principal', index)),
  ]);
  const grants = joined([
    slots(counts.agents, (index) => large.grantsOf('agent', index)),
    slots(counts.blueprints, (index) => large.grantsOf('principal', index)),
  ]);
  const single: { readonly [set in SetName]?: Rows } = {
    organization: rowsOf([
      {
        id: large.id,
        displayName: 'Larkspur Freight, grown',
        verifiedDomains: [
          {
            capabilities: 'Email',
            isDefault: true,
            isInitial: false,
            name: 'larkspur-freight.example',
            type: 'Managed',
          },
        ],
      },
    ]),
    applications: blueprints,
    groups,
    appRoleAssignments: assignments,
    oauth2PermissionGrants: grants,
    roleAssignments: { length: counts.agents, at: (index) => large.rolesOf(index)[0] },
    roleDefinitions: rowsOf(ROLE_DEFINITIONS),
    conditionalAccessPolicies: rowsOf(policies(large)),
    lifecyclePolicies: rowsOf([
      { id: guid('lifecycle policy'), displayName: 'All agents', isEnabled: true, complianceRules: [] },
    ]),
    servicePrincipalSignInActivities: { length: counts.agents, at: (index) => activity(large, index) },
  };

  const object = (id: string): Entity | undefined => {
    for (const [kind, make] of MAKERS) {
      const index = ids[kind].indexOf(id);
      if (index !== null) return make(large, index);
    }
    return APIS.find((api) => api['id'] === id);
  };
  const objects = (list: readonly string[]): Rows => rowsOf(list.map(object));
  const linked = (id: string, of: 'sponsorsOf' | 'ownersOf'): Rows => {
    const agent = ids.agent.indexOf(id);
    if (agent !== null) return objects(large[of]('agent', agent));
    const blueprint = ids.blueprint.indexOf(id);
    if (blueprint !== null) return objects(large[of]('blueprint', blueprint));
    const user = ids.agentUser.indexOf(id);
    return user === null || of === 'ownersOf' ? NO_ROWS : objects(large.sponsorsOf('agentUser', user));
  };
  const held = (id: string, of: 'assignmentsOf' | 'grantsOf'): Rows => {
    const agent = ids.agent.indexOf(id);
    if (agent !== null) return rowsOf(large[of]('agent', agent));
    const principal = ids.principal.indexOf(id);
    return principal === null ? NO_ROWS : rowsOf(large[of]('principal', principal));
  };
  const inherited = (id: string, from: typeof inheritedAssignments): Rows => {
    const index = ids.agent.indexOf(id);
    if (index === null) return NO_ROWS;
    const of = large.blueprintOf(index);
    return rowsOf(
      from({
        agent: large.agent(index),
        inheritable: large.inheritableOf(of),
        assignments: rowsOf(large.assignmentsOf('principal', of)),
        grants: rowsOf(large.grantsOf('principal', of)),
        appIdOf: (resourceId) => text(object(resourceId) ?? {}, 'appId'),
      }),
    );
  };

  function related(relation: Relation, id: string): Rows {
    const blueprint = ids.blueprint.indexOf(id);
    const agent = ids.agent.indexOf(id);
    const group = ids.group.indexOf(id);
    switch (relation) {
      case 'sponsors':
        return linked(id, 'sponsorsOf');
      case 'owners':
        return linked(id, 'ownersOf');
      case 'members':
      case 'transitiveMembers':
        return group === null ? NO_ROWS : objects(large.membersOf(group));
      case 'appRoleAssignments':
        return held(id, 'assignmentsOf');
      case 'oauth2PermissionGrants':
        return held(id, 'grantsOf');
      case 'appRoleAssignedTo':
        return {
          length: assignments.length,
          at: (position) => {
            const found = assignments.at(position);
            return found?.['resourceId'] === id ? found : undefined;
          },
        };
      case 'federatedIdentityCredentials':
        return blueprint === null ? NO_ROWS : rowsOf(large.federatedOf(blueprint));
      case 'inheritablePermissions':
        return blueprint === null ? NO_ROWS : rowsOf(large.inheritableOf(blueprint));
      case 'inheritedAppRoleAssignments':
        return inherited(id, inheritedAssignments);
      case 'inheritedOauth2PermissionGrants':
        return inherited(id, inheritedGrants);
      case 'lifecycle':
        return agent === null ? NO_ROWS : rowsOf([large.lifecycleOf(agent)]);
      case 'manager':
      case 'memberOf':
      case 'transitiveMemberOf':
        return NO_ROWS;
    }
  }

  return {
    id: large.id,
    object,
    related,
    rows: (set, type) => {
      if (set === 'servicePrincipals') {
        if (type === 'agentIdentity') return agents;
        return type === 'agentIdentityBlueprintPrincipal' ? principals : joined([apis, principals, agents]);
      }
      if (set === 'users') return type === 'agentUser' ? agentUsers : joined([people, agentUsers]);
      return single[set] ?? NO_ROWS;
    },
    byAppId: (set, appId) => {
      const index = ids.blueprintApp.indexOf(appId);
      if (index !== null) return set === 'applications' ? large.blueprint(index) : large.principal(index);
      return APIS.find((api) => api['appId'] === appId);
    },
    sequence: () => 0,
    changes: () => [],
    userCount: () => counts.people + counts.agentUsers,
  };
}

const MAKERS = [
  ['agent', (large: LargeTenant, index: number) => large.agent(index)],
  ['principal', (large: LargeTenant, index: number) => large.principal(index)],
  ['blueprint', (large: LargeTenant, index: number) => large.blueprint(index)],
  ['person', (large: LargeTenant, index: number) => large.person(index)],
  ['agentUser', (large: LargeTenant, index: number) => large.agentUser(index)],
  ['group', (large: LargeTenant, index: number) => large.group(index)],
] as const;

function activity(large: LargeTenant, index: number): Entity | undefined {
  const last = large.lastSignIn(index);
  const appId = large.ids.agent.idOf(index);
  return last === null
    ? undefined
    : {
        id: Buffer.from(appId).toString('base64url'),
        appId,
        lastSignInActivity: { lastSignInDateTime: last },
      };
}

/** Policies that leave nothing to find. */
function policies(large: LargeTenant): readonly Entity[] {
  const none = { includeUsers: ['None'], excludeUsers: [] };
  const applications = { includeApplications: ['All'], excludeApplications: [] };
  const block = { operator: 'OR', builtInControls: ['block'] };
  const created = large.at(-300);
  return [
    {
      id: guid('policy block risky agents'),
      displayName: 'Block risky agents',
      state: 'enabled',
      createdDateTime: created,
      conditions: {
        agentIdRiskLevels: 'high',
        applications,
        users: none,
        clientApplications: { includeAgentIdServicePrincipals: ['All'], excludeAgentIdServicePrincipals: [] },
      },
      grantControls: block,
    },
    {
      id: guid('policy agent users'),
      displayName: 'Agent users only from our network',
      state: 'enabled',
      createdDateTime: created,
      conditions: {
        agentIdRiskLevels: null,
        applications,
        users: { includeUsers: ['AllAgentIdUsers'], excludeUsers: [] },
        clientApplications: null,
        locations: { includeLocations: ['All'], excludeLocations: ['AllTrusted'] },
      },
      grantControls: block,
    },
  ];
}
