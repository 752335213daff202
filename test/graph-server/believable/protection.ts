import type { Entity } from '../entities.ts';
import { agentId } from './agents.ts';
import { DOMAIN, holdRole, TENANT_ID, type Draft } from './draft.ts';
import { guid } from './guid.ts';
import type { People } from './people.ts';
import { POLICY_IDS } from './planted.ts';

function policy(draft: Draft, id: string, displayName: string, state: string, conditions: Entity): Entity {
  return {
    id,
    displayName,
    state,
    createdDateTime: draft.at(-120),
    modifiedDateTime: null,
    templateId: null,
    sessionControls: null,
    conditions: {
      agentIdRiskLevels: null,
      userRiskLevels: [],
      signInRiskLevels: [],
      servicePrincipalRiskLevels: [],
      insiderRiskLevels: null,
      clientAppTypes: ['all'],
      platforms: null,
      locations: null,
      devices: null,
      authenticationFlows: null,
      applications: {
        includeApplications: ['All'],
        excludeApplications: [],
        includeUserActions: [],
        includeAuthenticationContextClassReferences: [],
        applicationFilter: null,
      },
      users: users('None'),
      clientApplications: null,
      ...conditions,
    },
    grantControls: {
      operator: 'OR',
      builtInControls: ['block'],
      customAuthenticationFactors: [],
      termsOfUse: [],
      authenticationStrength: null,
    },
  };
}

function users(included: string): Entity {
  return {
    includeUsers: [included],
    excludeUsers: [],
    includeGroups: [],
    excludeGroups: [],
    includeRoles: [],
    excludeRoles: [],
    includeGuestsOrExternalUsers: null,
    excludeGuestsOrExternalUsers: null,
  };
}

function agents(excluded: readonly string[]): Entity {
  return {
    includeServicePrincipals: [],
    excludeServicePrincipals: [],
    servicePrincipalFilter: null,
    includeAgentIdServicePrincipals: ['All'],
    excludeAgentIdServicePrincipals: excluded,
    agentIdServicePrincipalFilter: null,
  };
}

function risky(draft: Draft, name: string, riskLevel: string, riskState: string): Entity {
  return {
    '@odata.type': '#microsoft.graph.riskyAgentIdentity',
    id: agentId(name),
    agentDisplayName: name,
    blueprintId: null,
    identityType: 'agentIdentity',
    isDeleted: false,
    isEnabled: true,
    isProcessing: false,
    riskDetail: 'none',
    riskLastModifiedDateTime: draft.at(-4),
    riskLevel,
    riskState,
  };
}

/** The organisation, its policies, and what watches over agents. */
export function protection(draft: Draft, people: People): void {
  draft.organization.push({
    id: TENANT_ID,
    displayName: 'Larkspur Freight',
    createdDateTime: draft.at(-4000),
    tenantType: 'AAD',
    countryLetterCode: 'NL',
    verifiedDomains: [
      { capabilities: 'Email', isDefault: true, isInitial: false, name: DOMAIN, type: 'Managed' },
      {
        capabilities: 'Email',
        isDefault: false,
        isInitial: true,
        name: 'larkspurfreight.example',
        type: 'Managed',
      },
    ],
  });
  draft.conditionalAccessPolicies.push(
    policy(draft, POLICY_IDS.network, 'CA-AGT-01 agents only from our network', 'enabled', {
      clientApplications: agents([agentId('night shift 6')]),
      locations: { includeLocations: ['All'], excludeLocations: ['AllTrusted'] },
    }),
    policy(draft, POLICY_IDS.risk, 'CA-AGT-02 block risky agents', 'enabledForReportingButNotEnforced', {
      clientApplications: agents([]),
      agentIdRiskLevels: 'high,medium',
    }),
    policy(draft, POLICY_IDS.users, 'CA-AGT-03 agent users', 'enabledForReportingButNotEnforced', {
      users: users('AllAgentIdUsers'),
    }),
    policy(draft, guid('policy for people'), 'CA-USR-01 multifactor for everybody', 'enabled', {
      users: users('All'),
    }),
  );
  draft.riskyAgents.push(
    risky(draft, 'invoice chaser 1', 'high', 'atRisk'),
    risky(draft, 'mail sorter 1', 'low', 'atRisk'),
    risky(draft, 'fuel watch 1', 'none', 'dismissed'),
  );
  draft.lifecyclePolicies.push({
    id: guid('lifecycle policy'),
    displayName: 'Agents: sponsor, activity, yearly attestation',
    isEnabled: true,
    complianceRules: [
      { '@odata.type': '#microsoft.graph.identityGovernance.sponsorPresenceRule', minimumSponsorCount: 1 },
      {
        '@odata.type': '#microsoft.graph.identityGovernance.inactivityRule',
        lastActivityThresholdInDays: 90,
      },
      {
        '@odata.type': '#microsoft.graph.identityGovernance.periodicAttestationRule',
        attestationIntervalInDays: 365,
      },
    ],
  });
  const [first, second, third] = people.staff;
  if (first) holdRole(draft, first.id, 'Global Administrator');
  if (second) holdRole(draft, second.id, 'User Administrator');
  if (third) holdRole(draft, third.id, 'Teams Administrator');
  draft.deletedItems.push({
    '@odata.type': '#microsoft.graph.servicePrincipal',
    id: guid('deleted service principal'),
    appId: guid('deleted application'),
    displayName: 'lf-print-server',
    servicePrincipalType: 'Application',
    deletedDateTime: draft.at(-9),
  });
  draft.deletedItems.push({
    '@odata.type': '#microsoft.graph.agentIdentityBlueprint',
    id: guid('deleted blueprint'),
    appId: guid('deleted blueprint as an application'),
    displayName: 'lf-summer-trial',
    deletedDateTime: draft.at(-20),
  });
}
