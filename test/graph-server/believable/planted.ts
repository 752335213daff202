import { agentId, agentUserId } from './agents.ts';
import { blueprintIds } from './blueprints.ts';
import { TENANT_ID } from './draft.ts';
import { guid } from './guid.ts';

/** Something wrong in the tenant, and the rule that has to find it. */
export type Planted = {
  readonly rule: string;
  readonly resource: string;
  readonly note: string;
  /** Options without which the rule finds nothing. */
  readonly options?: { readonly [option: string]: unknown };
};

const blueprint = (name: string) => `blueprint/${blueprintIds(name).appId}`;
const principal = (name: string) => `blueprintPrincipal/${blueprintIds(name).principalId}`;
const agent = (name: string) => `agentIdentity/${agentId(name)}`;
const user = (name: string) => `agentUser/${agentUserId(name)}`;

export const VENDORS = {
  verified: { name: 'Quillstone Insight Agent', tenant: guid('tenant of Quillstone') },
  unverified: { name: 'Brightload Optimizer', tenant: guid('tenant of Brightload') },
} as const;

export const POLICY_IDS = {
  network: guid('policy agents from our network'),
  risk: guid('policy block risky agents'),
  users: guid('policy agent users'),
} as const;

/** One entry for each finding, with the options of the rules as they are. */
export const PLANTED: readonly Planted[] = [
  ...of('credentials/client-secret', [
    [blueprint('lf-invoice-chaser-prd'), 'a client secret beside the federated credential'],
    [blueprint('lf-returns-clerk-prd'), 'a client secret and nothing else'],
  ]),
  ...of('credentials/secret-lifetime', [[blueprint('lf-returns-clerk-prd'), 'valid for two years']]),
  ...of('credentials/no-workload-federation', [
    [blueprint('lf-returns-clerk-prd'), 'no federated credential'],
    [blueprint('Sample Agent Blueprint'), 'a certificate and no federated credential'],
  ]),
  ...of('credentials/certificate-lifetime', [[blueprint('lf-customs-archive-prd'), 'valid for three years']]),
  ...of('credentials/too-many-active', [[blueprint('lf-customs-archive-prd'), 'three certificates']]),
  ...of('credentials/expired-or-expiring', [
    [blueprint('lf-yard-planner-prd'), 'a secret that has expired'],
    [blueprint('lf-driver-desk-prd'), 'the only certificate ends in twelve days'],
  ]),
  ...of('credentials/fic-issuer-untrusted', [
    [blueprint('lf-fuel-watch-prd'), 'an issuer of another tenant'],
  ]),
  ...of('credentials/fic-subject-broad', [[blueprint('lf-fuel-watch-prd'), 'all pull requests']]),
  ...of('credentials/fic-audience', [[blueprint('lf-fuel-watch-prd'), 'an audience of its own']]),
  ...of('credentials/fic-shared', [
    [blueprint('lf-rate-quote-prd'), 'the same workload as lf-rate-history-prd'],
    [blueprint('lf-rate-history-prd'), 'the same workload as lf-rate-quote-prd'],
  ]),
  ...of('credentials/on-agent-identity', [
    [agent('yard planner backdoor'), 'a client secret on the agent'],
    [principal('lf-yard-planner-prd'), 'a certificate on the principal'],
  ]),
  ...of('accountability/blueprint-no-sponsor', [[blueprint('Sample Agent Blueprint'), 'nobody']]),
  ...of('accountability/agent-no-sponsor', [
    [agent('invoice chaser 1'), 'nobody'],
    [agent('returns clerk 1'), 'nobody'],
  ]),
  ...of('accountability/agent-user-no-sponsor', [[user('Invoice Chaser'), 'nobody']]),
  ...of('accountability/sponsor-inactive', [
    [blueprint('lf-claims-archive-prd'), 'both accounts are disabled'],
    [agent('claims archive 1'), 'one account is deleted, one disabled'],
    [agent('claims archive 2'), 'a group whose members have all left'],
    [user('Claims Archive'), 'guests only'],
  ]),
  ...of('accountability/sponsor-kind', [
    [blueprint('lf-hr-helper-prd'), 'a service principal'],
    [agent('hr helper 1'), 'an assigned security group'],
  ]),
  ...of('accountability/no-owner', [[blueprint('Sample Agent Blueprint'), 'nobody']]),
  ...of('accountability/nonhuman-owner', [
    [blueprint('lf-claims-archive-prd'), 'the pipeline'],
    [agent('claims archive 2'), 'another agent'],
  ]),
  ...of('permissions/blocked-for-agents', [
    [agent('hr helper 2'), 'Directory.AccessAsUser.All for one person'],
  ]),
  ...of('permissions/high-privilege-application', [
    [agent('night shift 1'), 'Policy.ReadWrite.ConditionalAccess'],
  ]),
  ...of('permissions/tenant-wide-content', [
    [agent('night shift 2'), 'Mail.Read as an application'],
    [principal('lf-mail-sorter-prd'), 'Mail.ReadWrite as an application'],
  ]),
  ...of('permissions/agent-factory', [[agent('night shift 3'), 'AgentIdentityBlueprint.AddRemoveCreds.All']]),
  ...of('permissions/directory-role-disallowed', [[user('Night Shift'), 'User Administrator']]),
  ...of('permissions/directory-role-powerful', [[agent('night shift 4'), 'Exchange Administrator']]),
  ...of('permissions/role-assignable-group', [[agent('night shift 5'), 'in Tier0 automation']]),
  ...of('permissions/consent-all-users', [[principal('lf-invoice-chaser-prd'), 'Mail.Read for everybody']]),
  ...of('permissions/manager-application', [
    [blueprint('lf-route-optimizer-prd'), 'an application nobody knows'],
  ]),
  ...of('inheritance/all-allowed-sensitive', [
    [blueprint('lf-mail-sorter-prd'), 'all roles of Microsoft Graph'],
  ]),
  ...of('inheritance/high-privilege-granted', [
    [principal('lf-mail-sorter-prd'), 'every agent has Mail.ReadWrite'],
  ]),
  ...of('inheritance/kind-unclear', [[blueprint('lf-pricing-lab-prd'), 'scopeKindNotSet']]),
  ...of('inheritance/declaration-disagree', [
    [blueprint('lf-route-optimizer-prd'), 'SharePoint is declared only'],
  ]),
  ...of('exposure/multi-tenant', [
    [blueprint('lf-carrier-portal-prd'), 'every tenant may use it'],
    [blueprint('lf-partner-desk-prd'), 'every tenant may use it, by a verified publisher'],
  ]),
  ...of('exposure/unverified-publisher', [
    [blueprint('lf-carrier-portal-prd'), 'for other tenants, by nobody in particular'],
    [principal(VENDORS.unverified.name), 'of another tenant'],
  ]),
  ...of('exposure/personal-accounts', [[blueprint('lf-parcel-pal-prd'), 'personal accounts']]),
  ...of('exposure/foreign-blueprint', [
    [principal(VENDORS.verified.name), 'of a vendor'],
    [principal(VENDORS.unverified.name), 'of another vendor'],
  ]),
  ...of('exposure/implicit-grant', [[blueprint('lf-carrier-portal-prd'), 'ID tokens']]),
  ...of('exposure/redirect-uri', [[blueprint('lf-carrier-portal-prd'), 'plain http']]),
  ...of('exposure/preauthorized-client', [[blueprint('lf-dock-assistant-prd'), 'a client nobody knows']]),
  ...of('exposure/app-id-uri', [[blueprint('lf-dock-assistant-prd'), 'api://dock-assistant']]),
  ...of('lifecycle/stale-agent', [
    [agent('pricing lab 1'), 'last seen 140 days ago'],
    [user('Pricing Lab'), 'last seen 150 days ago'],
  ]),
  ...of('lifecycle/disabled-with-access', [
    [agent('pricing lab 2'), 'disabled, with a permission'],
    [principal('lf-claims-archive-prd'), 'disabled, with consent'],
  ]),
  ...of('lifecycle/disabled-by-microsoft', [[agent('carrier portal 1'), 'violation of the terms']]),
  ...of('lifecycle/orphan', [
    [agent('old proof of concept'), 'its blueprint is gone'],
    [user('Old Poc'), 'its agent was deleted'],
  ]),
  ...of('lifecycle/governance', [
    [agent('route optimizer 1'), 'last attested 500 days ago'],
    [agent('route optimizer 2'), 'not in compliance'],
  ]),
  ...of('lifecycle/unused-blueprint', [[blueprint('Sample Agent Blueprint'), 'a certificate and no agents']]),
  ...of('protection/no-agent-policy', [
    [`organization/${TENANT_ID}`, 'the policy for agent users only reports'],
  ]),
  ...of('protection/no-risk-block', [
    [`organization/${TENANT_ID}`, 'the policy for risky agents only reports'],
  ]),
  ...of('protection/policy-exclusion', [
    [`conditionalAccessPolicy/${POLICY_IDS.network}`, 'one agent is excluded'],
  ]),
  ...of('protection/risky-agent', [[`riskyAgent/${agentId('invoice chaser 1')}`, 'at high risk']]),
  ...of('metadata/description', [[blueprint('Sample Agent Blueprint'), 'none']]),
  ...of('metadata/naming', [[blueprint('Sample Agent Blueprint'), 'the name of the sample']]),
];

/** Found only with the options that each entry names; then exactly these. */
export const PLANTED_FOR_OPTIONS: readonly Planted[] = [
  ...of(
    'accountability/single-sponsor',
    [
      [blueprint('lf-night-shift-prd'), 'one person'],
      [agent('night shift 6'), 'one person'],
    ],
    { minimum: 2 },
  ),
  ...of('metadata/security-attributes', [[agent('hr helper 3'), 'no environment']], {
    required: ['AgentGovernance.Environment'],
  }),
];

function of(
  rule: string,
  places: readonly (readonly [resource: string, note: string])[],
  options?: Planted['options'],
): readonly Planted[] {
  return places.map(([resource, note]) => ({ rule, resource, note, ...(options && { options }) }));
}
