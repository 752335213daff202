import type { Entity } from '../entities.ts';
import { DOMAIN, type Draft } from './draft.ts';
import { guid } from './guid.ts';

export type AgentSource = {
  readonly sponsors: readonly string[];
  readonly owners?: readonly string[];
  readonly properties?: Entity;
  /** Days since the last sign-in; `null` when no report has any. */
  readonly lastSignInDaysAgo?: number | null;
  readonly lifecycle?: Entity;
};

export function agentId(name: string): string {
  return guid(`agent ${name}`);
}

const SIGN_IN_PARTS = [
  'delegatedClientSignInActivity',
  'delegatedResourceSignInActivity',
  'applicationAuthenticationClientSignInActivity',
  'applicationAuthenticationResourceSignInActivity',
];

/** A row of the report of service principal sign-ins. */
export function signedIn(draft: Draft, appId: string, daysAgo: number): void {
  const last = {
    lastSignInDateTime: draft.at(-daysAgo, '20:00:00'),
    lastSignInRequestId: guid(`sign-in of ${appId}`),
  };
  const never = { lastSignInDateTime: null, lastSignInRequestId: null };
  draft.servicePrincipalSignInActivities.push({
    id: Buffer.from(appId).toString('base64url'),
    appId,
    lastSignInActivity: last,
    ...Object.fromEntries(SIGN_IN_PARTS.map((part, index) => [part, index === 2 ? last : never])),
  });
}

/** Adds an agent identity, tidy but for what is said. */
export function agent(draft: Draft, name: string, blueprintAppId: string, source: AgentSource): string {
  const id = agentId(name);
  draft.servicePrincipals.push({
    '@odata.type': '#microsoft.graph.agentIdentity',
    id,
    appId: id,
    displayName: name,
    accountEnabled: true,
    agentIdentityBlueprintId: blueprintAppId,
    createdByAppId: blueprintAppId,
    createdDateTime: draft.at(-200),
    disabledByMicrosoftStatus: null,
    servicePrincipalType: 'ServiceIdentity',
    tags: ['env:prd'],
    keyCredentials: [],
    passwordCredentials: [],
    customSecurityAttributes: { AgentGovernance: { Environment: 'prd', DataClass: 'internal' } },
    ...source.properties,
  });
  draft.sponsors[id] = source.sponsors;
  draft.owners[id] = source.owners ?? [];
  draft.lifecycle[id] = [
    {
      lastAttestationDateTime: draft.at(-100),
      complianceIssues: [],
      effectiveGoverningPolicy: { id: guid('lifecycle policy') },
      ...source.lifecycle,
    },
  ];
  const last = source.lastSignInDaysAgo === undefined ? 2 : source.lastSignInDaysAgo;
  if (last !== null) signedIn(draft, id, last);
  return id;
}

export type AgentUserSource = {
  readonly parent: string;
  readonly sponsors: readonly string[];
  readonly properties?: Entity;
  readonly lastSignInDaysAgo?: number;
};

export function agentUserId(name: string): string {
  return guid(`agent user ${name}`);
}

/** Adds the user account of an agent. */
export function agentUser(draft: Draft, name: string, source: AgentUserSource): string {
  const id = agentUserId(name);
  draft.users.push({
    '@odata.type': '#microsoft.graph.agentUser',
    id,
    displayName: name,
    userPrincipalName: `${name.toLowerCase().replaceAll(' ', '.')}@${DOMAIN}`,
    mail: `${name.toLowerCase().replaceAll(' ', '.')}@${DOMAIN}`,
    accountEnabled: true,
    userType: 'Member',
    createdDateTime: draft.at(-180),
    deletedDateTime: null,
    identityParentId: source.parent,
    signInActivity: {
      lastSignInDateTime: draft.at(-(source.lastSignInDaysAgo ?? 3), '07:30:00'),
      lastSignInRequestId: guid(`sign-in of ${name}`),
      lastNonInteractiveSignInDateTime: null,
      lastNonInteractiveSignInRequestId: null,
    },
    ...source.properties,
  });
  draft.sponsors[id] = source.sponsors;
  return id;
}
