import { guid } from './believable/guid.ts';
import { APPS, GRAPH, ROLES, SHIPMENTS, type Api } from './believable/microsoft.ts';
import { NOW } from './clock.ts';
import type { Entity } from './entities.ts';
import { idsOf, mix, type Ids, type Kind } from './large/numbers.ts';

export type LargeTenantOptions = {
  /** Agent identities, 100,000 unless given. */
  readonly agents?: number;
  readonly blueprints?: number;
  readonly people?: number;
  readonly seed?: number;
  /** Milliseconds; dates are relative to it. */
  readonly now?: number;
};

/** What is wrong with an agent identity, by the rule that has to find it. */
export const VIOLATIONS = [
  'accountability/agent-no-sponsor',
  'accountability/sponsor-inactive',
  'credentials/on-agent-identity',
  'permissions/high-privilege-application',
  'permissions/tenant-wide-content',
  'permissions/directory-role-powerful',
  'lifecycle/stale-agent',
  'lifecycle/disabled-with-access',
  'lifecycle/disabled-by-microsoft',
  'lifecycle/orphan',
] as const;

export type Violation = (typeof VIOLATIONS)[number];

/**
 * A large tenant as functions of the index of an object: nothing is kept, everything is made when it is asked for, the
 * same in every run. Objects of a kind are in the order of their ids.
 */
export type LargeTenant = {
  readonly id: string;
  readonly counts: {
    readonly agents: number;
    readonly blueprints: number;
    readonly people: number;
    readonly groups: number;
    readonly agentUsers: number;
  };
  readonly ids: { readonly [kind in Kind]: Ids };
  readonly at: (days: number) => string;
  /** Index of the blueprint that an agent is of. */
  readonly blueprintOf: (agent: number) => number;
  readonly violationOf: (agent: number) => Violation | null;
  readonly agent: (index: number) => Entity;
  readonly blueprint: (index: number) => Entity;
  readonly principal: (index: number) => Entity;
  readonly agentUser: (index: number) => Entity;
  readonly person: (index: number) => Entity;
  readonly group: (index: number) => Entity;
  /** Ids of people and groups. */
  readonly sponsorsOf: (kind: 'agent' | 'blueprint' | 'agentUser', index: number) => readonly string[];
  readonly ownersOf: (kind: 'agent' | 'blueprint', index: number) => readonly string[];
  readonly membersOf: (group: number) => readonly string[];
  readonly assignmentsOf: (kind: 'agent' | 'principal', index: number) => readonly Entity[];
  readonly grantsOf: (kind: 'agent' | 'principal', index: number) => readonly Entity[];
  readonly rolesOf: (agent: number) => readonly Entity[];
  readonly federatedOf: (blueprint: number) => readonly Entity[];
  readonly inheritableOf: (blueprint: number) => readonly Entity[];
  readonly lifecycleOf: (agent: number) => Entity;
  /** When an agent signed in last; `null` without a report. */
  readonly lastSignIn: (agent: number) => string | null;
};

/** One agent in fifty has something wrong. */
const VIOLATION_EVERY = 50;
const DISABLED_PERSON_EVERY = 100;
const GOVERNING_POLICY = guid('lifecycle policy');
const DOMAIN = 'larkspur-freight.example';
const JOBS = [
  'claims',
  'customs',
  'dispatch',
  'drivers',
  'fleet',
  'fuel',
  'loads',
  'ports',
  'rates',
  'safety',
];

export function largeTenant(options: LargeTenantOptions = {}): LargeTenant {
  const { agents = 100_000, blueprints = 500, people = 2000, seed = 7, now = NOW } = options;
  const counts = { agents, blueprints, people, groups: 50, agentUsers: Math.ceil(agents / 200) };
  const tenantId = guid('tenant');
  const ids: LargeTenant['ids'] = {
    agent: idsOf('agent', agents, seed),
    blueprint: idsOf('blueprint', blueprints, seed),
    blueprintApp: idsOf('blueprintApp', blueprints, seed),
    principal: idsOf('principal', blueprints, seed),
    agentUser: idsOf('agentUser', counts.agentUsers, seed),
    person: idsOf('person', people, seed),
    group: idsOf('group', counts.groups, seed),
    other: idsOf('other', 1000, seed),
  };
  const midnight = Math.floor(now / 86_400_000) * 86_400_000;
  const dates = new Map<number, string>();
  const at = (days: number): string => {
    const known = dates.get(days);
    if (known !== undefined) return known;
    const made = `${new Date(midnight + days * 86_400_000).toISOString().slice(0, 10)}T09:00:00Z`;
    dates.set(days, made);
    return made;
  };
  const random = (salt: number, index: number) => mix(seed, salt, index);

  const violationOf = (agent: number): Violation | null =>
    agent % VIOLATION_EVERY === 7
      ? (VIOLATIONS[Math.floor(agent / VIOLATION_EVERY) % VIOLATIONS.length] ?? null)
      : null;
  const blueprintOf = (agent: number) => random(1, agent) % blueprints;
  const blueprintName = (index: number) =>
    `lf-${JOBS[index % JOBS.length] ?? ''}-${String(index).padStart(3, '0')}-prd`;

  const isDisabled = (person: number) => person % DISABLED_PERSON_EVERY === DISABLED_PERSON_EVERY - 1;
  const activePerson = (number: number): string => {
    const index = number % people;
    return ids.person.idOf(isDisabled(index) ? index - 1 : index);
  };
  const disabledPerson = (number: number): string => {
    const choices = Math.max(1, Math.floor(people / DISABLED_PERSON_EVERY));
    return ids.person.idOf((number % choices) * DISABLED_PERSON_EVERY + DISABLED_PERSON_EVERY - 1);
  };

  const sponsorsOf: LargeTenant['sponsorsOf'] = (kind, index) => {
    const number = random(kind === 'agent' ? 2 : kind === 'blueprint' ? 3 : 4, index);
    const violation = kind === 'agent' ? violationOf(index) : null;
    if (violation === 'accountability/agent-no-sponsor') return [];
    if (violation === 'accountability/sponsor-inactive') return [disabledPerson(number)];
    // More than an expanded relationship shows.
    if (kind === 'agent' && index % 4999 === 11) {
      return [...new Set(Array.from({ length: 24 }, (_, more) => activePerson(number + 37 * more)))];
    }
    const two = [activePerson(number), activePerson(number + 2)];
    return number % 3 === 0 ? [...two, ids.group.idOf(number % counts.groups)] : two;
  };

  const assignment = (principalId: string, name: string, api: Api, role: string, order: number): Entity => ({
    id: `${principalId.replaceAll('-', '')}${order}`,
    appRoleId: api.roles[role] ?? '',
    createdDateTime: at(-60),
    principalId,
    principalDisplayName: name,
    principalType: 'ServicePrincipal',
    resourceId: api.id,
    resourceDisplayName: api.name,
  });
  const grant = (clientId: string, scope: string, principalId: string | null, order: number): Entity => ({
    id: `${clientId.replaceAll('-', '')}g${order}`,
    clientId,
    consentType: principalId === null ? 'AllPrincipals' : 'Principal',
    principalId,
    resourceId: GRAPH.id,
    scope: ` ${scope}`,
  });

  const agentName = (index: number) =>
    `${JOBS[blueprintOf(index) % JOBS.length] ?? ''} agent ${String(index).padStart(6, '0')}`;

  const directRoles = (index: number): readonly (readonly [api: Api, role: string])[] => {
    const number = random(5, index);
    const violation = violationOf(index);
    const usual: (readonly [Api, string])[] = [];
    if (number % 2 === 0) usual.push([SHIPMENTS, 'Shipments.Read']);
    if (number % 5 === 0) usual.push([SHIPMENTS, 'Rates.Read']);
    if (number % 11 === 0) usual.push([GRAPH, 'Sites.Selected']);
    if (violation === 'permissions/high-privilege-application')
      return [[GRAPH, 'Policy.ReadWrite.ConditionalAccess']];
    if (violation === 'permissions/tenant-wide-content') return [[GRAPH, 'Mail.Read']];
    if (violation === 'lifecycle/disabled-with-access') return [[SHIPMENTS, 'Rates.Read']];
    return rests(index) ? [] : usual;
  };
  /** One in forty is switched off, without any access. */
  const rests = (index: number) => index % 40 === 13 && violationOf(index) === null;

  const assignmentsOf: LargeTenant['assignmentsOf'] = (kind, index) => {
    if (kind === 'agent') {
      const id = ids.agent.idOf(index);
      return directRoles(index).map(([api, role], order) =>
        assignment(id, agentName(index), api, role, order),
      );
    }
    const id = ids.principal.idOf(index);
    const roles: (readonly [Api, string])[] = [
      [GRAPH, 'AgentIdentity.CreateAsManager'],
      [SHIPMENTS, 'Shipments.Read'],
    ];
    if (index % 3 === 0) roles.push([GRAPH, 'User.ReadBasic.All']);
    return roles.map(([api, role], order) => assignment(id, blueprintName(index), api, role, order));
  };

  const grantsOf: LargeTenant['grantsOf'] = (kind, index) => {
    if (kind === 'principal')
      return [grant(ids.principal.idOf(index), 'User.Read Team.ReadBasic.All', null, 0)];
    const number = random(6, index);
    const none = number % 5 !== 0 || rests(index) || violationOf(index) !== null;
    return none
      ? []
      : [grant(ids.agent.idOf(index), 'Calendars.ReadBasic offline_access', activePerson(number), 0)];
  };

  const credential = (keyId: string, from: number, to: number): Entity => ({
    keyId,
    displayName: 'added by a script',
    hint: 'q7R',
    customKeyIdentifier: null,
    secretText: null,
    startDateTime: at(from),
    endDateTime: at(to),
  });

  return {
    id: tenantId,
    counts,
    ids,
    at,
    blueprintOf,
    violationOf,
    sponsorsOf,
    assignmentsOf,
    grantsOf,
    agent: (index) => {
      const id = ids.agent.idOf(index);
      const violation = violationOf(index);
      const orphan = violation === 'lifecycle/orphan';
      const appId = orphan ? ids.other.idOf(index % 1000) : ids.blueprintApp.idOf(blueprintOf(index));
      const off = violation === 'lifecycle/disabled-with-access' || rests(index);
      const secret = violation === 'credentials/on-agent-identity';
      return {
        '@odata.type': '#microsoft.graph.agentIdentity',
        id,
        appId: id,
        displayName: agentName(index),
        accountEnabled: !off,
        agentIdentityBlueprintId: appId,
        createdByAppId: appId,
        createdDateTime: at(-120 - (random(7, index) % 500)),
        disabledByMicrosoftStatus:
          violation === 'lifecycle/disabled-by-microsoft'
            ? 'DisabledDueToViolationOfServicesAgreement'
            : null,
        servicePrincipalType: 'ServiceIdentity',
        tags: [
          'env:prd',
          `site:${random(8, index) % 40}`,
          `owner-team:${JOBS[random(9, index) % JOBS.length] ?? ''}`,
        ],
        keyCredentials: [],
        passwordCredentials: secret ? [credential(ids.other.idOf(index % 1000), -10, 80)] : [],
        customSecurityAttributes: {
          AgentGovernance: {
            Environment: 'prd',
            DataClass: 'internal',
            CostCentre: `CC-${random(10, index) % 900}`,
          },
        },
      };
    },
    blueprint: (index) => ({
      '@odata.type': '#microsoft.graph.agentIdentityBlueprint',
      id: ids.blueprint.idOf(index),
      appId: ids.blueprintApp.idOf(index),
      displayName: blueprintName(index),
      uniqueName: blueprintName(index),
      description: `Agents for ${JOBS[index % JOBS.length] ?? ''}, number ${index}, at Larkspur Freight.`,
      serviceManagementReference: `CMDB-${index}`,
      createdByAppId: APPS.graphCommandLine,
      createdDateTime: at(-700),
      signInAudience: 'AzureADMyOrg',
      identifierUris: [],
      publisherDomain: DOMAIN,
      tags: ['env:prd'],
      api: {
        oauth2PermissionScopes: [],
        preAuthorizedApplications: [],
        knownClientApplications: [],
        requestedAccessTokenVersion: 2,
      },
      requiredResourceAccess: [
        {
          resourceAppId: APPS.graph,
          resourceAccess: ['User.Read', 'Team.ReadBasic.All'].map((name) => ({
            id: GRAPH.scopes[name],
            type: 'Scope',
          })),
        },
      ],
      web: {
        redirectUris: [],
        implicitGrantSettings: { enableIdTokenIssuance: false, enableAccessTokenIssuance: false },
      },
      verifiedPublisher: { displayName: null, verifiedPublisherId: null, addedDateTime: null },
      keyCredentials: [],
      passwordCredentials:
        index % VIOLATION_EVERY === 7 ? [credential(ids.other.idOf(index % 1000), -10, 70)] : [],
    }),
    principal: (index) => ({
      '@odata.type': '#microsoft.graph.agentIdentityBlueprintPrincipal',
      id: ids.principal.idOf(index),
      appId: ids.blueprintApp.idOf(index),
      displayName: blueprintName(index),
      appDisplayName: blueprintName(index),
      accountEnabled: true,
      appOwnerOrganizationId: tenantId,
      appRoleAssignmentRequired: false,
      createdByAppId: APPS.graphCommandLine,
      servicePrincipalType: 'Application',
      signInAudience: 'AzureADMyOrg',
      tags: ['env:prd'],
      verifiedPublisher: { displayName: null, verifiedPublisherId: null, addedDateTime: null },
      keyCredentials: [],
      passwordCredentials: [],
    }),
    agentUser: (index) => {
      const parent = (index * 200 + 3) % agents;
      return {
        '@odata.type': '#microsoft.graph.agentUser',
        id: ids.agentUser.idOf(index),
        displayName: `Agent Account ${String(index).padStart(5, '0')}`,
        userPrincipalName: `agent.${index}@${DOMAIN}`,
        accountEnabled: true,
        userType: 'Member',
        createdDateTime: at(-100),
        deletedDateTime: null,
        identityParentId: ids.agent.idOf(parent),
        signInActivity: { lastSignInDateTime: at(-1 - (random(11, index) % 30)) },
      };
    },
    person: (index) => ({
      '@odata.type': '#microsoft.graph.user',
      id: ids.person.idOf(index),
      displayName: `Person ${String(index).padStart(5, '0')}`,
      userPrincipalName: `person.${index}@${DOMAIN}`,
      mail: `person.${index}@${DOMAIN}`,
      accountEnabled: !isDisabled(index),
      userType: 'Member',
      createdDateTime: at(-900),
      deletedDateTime: null,
    }),
    group: (index) => ({
      '@odata.type': '#microsoft.graph.group',
      id: ids.group.idOf(index),
      displayName: `Agent sponsors ${index}`,
      groupTypes: ['Unified'],
      securityEnabled: false,
      mailEnabled: true,
      isAssignableToRole: null,
      createdDateTime: at(-800),
      deletedDateTime: null,
    }),
    ownersOf: (kind, index) => {
      const number = random(kind === 'agent' ? 12 : 13, index);
      return [activePerson(number), activePerson(number + 5)].slice(
        0,
        kind === 'blueprint' ? 2 : 1 + (number % 2),
      );
    },
    membersOf: (group) =>
      Array.from({ length: 5 + (group % 25) }, (_, more) => activePerson(group * 31 + more * 2)),
    rolesOf: (index) =>
      violationOf(index) === 'permissions/directory-role-powerful'
        ? [
            {
              id: `${ids.agent.idOf(index).replaceAll('-', '')}r`,
              principalId: ids.agent.idOf(index),
              directoryScopeId: '/',
              appScopeId: null,
              roleDefinitionId: ROLES['Exchange Administrator'],
            },
          ]
        : [],
    federatedOf: (index) => [
      {
        id: ids.other.idOf(index % 1000),
        name: `run-${blueprintName(index)}`,
        issuer: `https://login.microsoftonline.com/${tenantId}/v2.0`,
        subject: guid(`managed identity of blueprint ${index}`),
        description: null,
        audiences: ['api://AzureADTokenExchange'],
      },
    ],
    inheritableOf: () => [
      {
        resourceAppId: APPS.graph,
        inheritableScopes: {
          '@odata.type': '#microsoft.graph.enumeratedScopes',
          kind: 'enumerated',
          scopes: ['User.Read', 'Team.ReadBasic.All'],
        },
      },
    ],
    lifecycleOf: (index) => ({
      lastAttestationDateTime: at(-1 - (random(14, index) % 300)),
      complianceIssues: [],
      effectiveGoverningPolicy: { id: GOVERNING_POLICY },
    }),
    lastSignIn: (index) => {
      if (violationOf(index) === 'lifecycle/stale-agent') return at(-150);
      return random(15, index) % 20 === 0 ? null : at(-1 - (random(15, index) % 60));
    },
  };
}

/** What a scan has to find, in the order of the agents. */
export function* expectedOfAgents(
  tenant: LargeTenant,
): Generator<{ readonly rule: Violation; readonly resource: string }> {
  for (let index = 0; index < tenant.counts.agents; index += 1) {
    const rule = tenant.violationOf(index);
    if (rule !== null) yield { rule, resource: `agentIdentity/${tenant.ids.agent.idOf(index)}` };
  }
}
