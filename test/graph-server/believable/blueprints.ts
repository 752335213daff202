import type { Entity } from '../entities.ts';
import { consent, DOMAIN, TENANT_ID, type Draft } from './draft.ts';
import { guid } from './guid.ts';
import { APPS, GRAPH, GRAPH_ROLES } from './microsoft.ts';

export type Blueprint = {
  readonly id: string;
  readonly appId: string;
  /** Object id of its principal. */
  readonly principalId: string;
  readonly name: string;
};

export function blueprintIds(name: string): Blueprint {
  // Newer blueprints have one id for both, older ones two.
  const appId = guid(`blueprint ${name} as an application`);
  const id = name.length % 3 === 0 ? appId : guid(`blueprint ${name}`);
  return { id, appId, principalId: guid(`principal of blueprint ${name}`), name };
}

export type BlueprintSource = {
  readonly sponsors: readonly string[];
  readonly owners: readonly string[];
  readonly ageDays?: number;
  /** Properties that differ from those of a tidy blueprint. */
  readonly properties?: Entity;
  readonly federated?: readonly Entity[];
  readonly inheritable?: readonly Entity[];
  /** Differences of its principal; `null` when it has none. */
  readonly principal?: Entity | null;
};

/** Trust in the managed identity that runs the agents: https://learn.microsoft.com/entra/agent-id/create-blueprint */
export function managedIdentity(name: string): Entity {
  return {
    id: guid(`federated credential ${name}`),
    name: `run-${name}`,
    issuer: `https://login.microsoftonline.com/${TENANT_ID}/v2.0`,
    subject: guid(`managed identity ${name}`),
    description: 'Managed identity of the container app',
    audiences: ['api://AzureADTokenExchange'],
  };
}

/** Delegated permissions that a tidy blueprint declares, passes on, and has consent to. */
const TIDY_SCOPES = ['User.Read', 'Team.ReadBasic.All'] as const;

const TIDY_INHERITABLE: readonly Entity[] = [
  {
    resourceAppId: APPS.graph,
    inheritableScopes: {
      '@odata.type': '#microsoft.graph.enumeratedScopes',
      kind: 'enumerated',
      scopes: [...TIDY_SCOPES],
    },
  },
  {
    resourceAppId: APPS.agentTools,
    inheritableScopes: { '@odata.type': '#microsoft.graph.allAllowedScopes', kind: 'allAllowed' },
  },
];

const UNVERIFIED: Entity = { displayName: null, verifiedPublisherId: null, addedDateTime: null };

/** Adds a blueprint with its principal, tidy but for what is said. */
export function blueprint(draft: Draft, name: string, source: BlueprintSource): Blueprint {
  const made = blueprintIds(name);
  const created = draft.at(-(source.ageDays ?? 240));
  draft.applications.push({
    '@odata.type': '#microsoft.graph.agentIdentityBlueprint',
    id: made.id,
    appId: made.appId,
    displayName: name,
    uniqueName: name,
    description: `Agents of ${name.replace(/^lf-/, '').replaceAll('-', ' ')} at Larkspur Freight.`,
    serviceManagementReference: `CMDB-${parseInt(made.id.slice(0, 4), 16)}`,
    createdByAppId: APPS.graphCommandLine,
    createdDateTime: created,
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
        resourceAccess: TIDY_SCOPES.map((scope) => ({ id: GRAPH.scopes[scope], type: 'Scope' })),
      },
    ],
    info: { logoUrl: null, privacyStatementUrl: `https://www.${DOMAIN}/privacy` },
    web: {
      redirectUris: [],
      redirectUriSettings: [],
      implicitGrantSettings: { enableIdTokenIssuance: false, enableAccessTokenIssuance: false },
    },
    publicClient: { redirectUris: [] },
    spa: { redirectUris: [] },
    verifiedPublisher: UNVERIFIED,
    keyCredentials: [],
    passwordCredentials: [],
    ...source.properties,
  });
  draft.owners[made.id] = source.owners;
  draft.sponsors[made.id] = source.sponsors;
  draft.federatedIdentityCredentials[made.id] = source.federated ?? [managedIdentity(name)];
  draft.inheritablePermissions[made.id] = source.inheritable ?? TIDY_INHERITABLE;
  if (source.principal === null) return made;
  principal(draft, made, {
    createdByAppId: APPS.graphCommandLine,
    signInAudience: 'AzureADMyOrg',
    ...source.principal,
  });
  draft.sponsors[made.principalId] = source.sponsors.slice(0, 1);
  consent(draft, made.principalId, GRAPH, TIDY_SCOPES);
  return made;
}

/** Adds the principal of a blueprint, with the permission that the platform gives to each. */
export function principal(draft: Draft, { principalId, appId, name }: Blueprint, properties: Entity): void {
  draft.servicePrincipals.push({
    '@odata.type': '#microsoft.graph.agentIdentityBlueprintPrincipal',
    id: principalId,
    appId,
    displayName: name,
    appDisplayName: name,
    accountEnabled: true,
    appOwnerOrganizationId: TENANT_ID,
    appRoleAssignmentRequired: false,
    servicePrincipalNames: [appId],
    servicePrincipalType: 'Application',
    publisherName: 'Larkspur Freight',
    tags: [],
    verifiedPublisher: UNVERIFIED,
    keyCredentials: [],
    passwordCredentials: [],
    ...properties,
  });
  draft.appRoleAssignments.push({
    id: guid(`${principalId} creates agents`).replaceAll('-', ''),
    appRoleId: GRAPH_ROLES['AgentIdentity.CreateAsManager'],
    createdDateTime: draft.at(-240),
    principalId,
    principalDisplayName: name,
    principalType: 'ServicePrincipal',
    resourceId: GRAPH.id,
    resourceDisplayName: GRAPH.name,
  });
}
