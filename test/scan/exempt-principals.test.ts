import { describe, expect, test } from 'vitest';
import type { ExemptPrincipal } from '../../src/config/config.ts';
import type { Report } from '../../src/findings/report.ts';
import type { SettingsParts } from '../support/settings.ts';
import { scanTenant, type TestStreams } from '../support/scan-tenant.ts';
import { aBlueprint, anAgent, aPrincipal, guid, GRAPH, person } from './tenants.ts';

const EXEMPT = '5f0c1b3e-7f0a-4a52-9d55-0c1e7a2b9c10';
const OTHER = '2b9d1c7a-0d4e-4c53-8f7e-6a1b2c3d4e5f';

function app(id: string, parts: object = {}) {
  return { '@odata.type': '#microsoft.graph.servicePrincipal', id, state: 'found', ...parts };
}

function gone(id: string, parts: object = {}) {
  return { ...person(7), id, accountEnabled: false, ...parts };
}

function sponsorGroup(id: string) {
  return {
    '@odata.type': '#microsoft.graph.group',
    id,
    state: 'found',
    isAssignableToRole: true,
    enabledMemberCount: 2,
  };
}

const MAIL = {
  id: 'g1',
  resourceId: guid(900),
  resourceAppId: GRAPH,
  appRoleId: '75359482-378d-4052-8f01-80520e7db3cd',
  appRoleValue: 'Files.ReadWrite.All',
};
const CONSENT = {
  id: 'c1',
  clientId: guid(301),
  consentType: 'AllPrincipals',
  principalId: null,
  scope: 'Files.ReadWrite.All',
};
const ROLE = {
  id: 'r1',
  principalId: guid(401),
  roleDefinitionId: '62e90394-69f5-4237-9190-012177145e10',
  directoryScopeId: '/',
  roleDefinition: {
    displayName: 'Global Administrator',
    templateId: '62e90394-69f5-4237-9190-012177145e10',
    isBuiltIn: true,
  },
};
const POWERFUL = {
  ...ROLE,
  roleDefinitionId: '17315797-102d-40b4-93e0-432062caca18',
  roleDefinition: {
    displayName: 'Compliance Administrator',
    templateId: '17315797-102d-40b4-93e0-432062caca18',
    isBuiltIn: true,
  },
};
const POLICY = {
  displayName: 'Block agents',
  state: 'enabled',
  conditions: { agentIdRiskLevels: 'high', clientApplications: { includeAgentIdServicePrincipals: ['All'] } },
  grantControls: { operator: 'OR', builtInControls: ['block'] },
};

function excluding(ids: readonly string[], names: readonly string[] = []) {
  const clientApplications = {
    includeAgentIdServicePrincipals: ['All'],
    excludeAgentIdServicePrincipals: ids,
  };
  return {
    id: guid(800),
    properties: {
      ...POLICY,
      conditions: { ...POLICY.conditions, clientApplications },
      excludedAgents: names.map((displayName, index) => ({
        id: ids[index],
        displayName,
        kind: 'agentIdentity',
      })),
    },
  };
}

type Row = readonly [
  rule: string,
  about: string,
  streams: TestStreams,
  suppressed: number,
  counting: number,
  parts?: SettingsParts,
];

const agents = (...lists: readonly object[]): TestStreams => ({
  blueprints: [aBlueprint(1)],
  blueprintPrincipals: [aPrincipal(1)],
  agentIdentities: lists.map((parts, index) => anAgent(index + 1, { ...parts })),
});
const blueprints = (parts: object): TestStreams => ({ blueprints: [aBlueprint(1, { ...parts })] });
const principals = (parts: object): TestStreams => ({
  blueprints: [
    aBlueprint(1, {
      inheritablePermissions: [{ resourceAppId: GRAPH, inheritableRoles: { kind: 'allAllowed' } }],
    }),
  ],
  blueprintPrincipals: [aPrincipal(1, { ...parts })],
});

/** What is exempt is always `EXEMPT`. */
const TABLE: readonly Row[] = [
  ['accountability/nonhuman-owner', 'of two owners one', agents({ owners: [app(EXEMPT), app(OTHER)] }), 1, 1],
  [
    'accountability/nonhuman-owner',
    'by its application id',
    agents({ owners: [app(OTHER, { appId: EXEMPT })] }),
    1,
    0,
  ],
  [
    'accountability/sponsor-kind',
    'of two groups one',
    agents({ sponsors: [sponsorGroup(EXEMPT), sponsorGroup(OTHER)] }),
    1,
    1,
  ],
  ['accountability/sponsor-inactive', 'all sponsors', agents({ sponsors: [gone(EXEMPT)] }), 1, 0],
  [
    'accountability/sponsor-inactive',
    'all sponsors, without names',
    agents({ sponsors: [{ ...app(EXEMPT), '@odata.type': '#microsoft.graph.user', accountEnabled: false }] }),
    1,
    0,
  ],
  [
    'accountability/sponsor-inactive',
    'another sponsor is named as well',
    agents({ sponsors: [gone(EXEMPT), gone(OTHER)] }),
    0,
    1,
  ],
  [
    'accountability/single-sponsor',
    'another sponsor is missing',
    agents({ sponsors: [{ ...person(1), id: EXEMPT }] }),
    0,
    1,
    { ruleOptions: { 'accountability/single-sponsor': { minimum: 2 } } },
  ],
  [
    'accountability/agent-no-sponsor',
    'nobody is there',
    agents({ sponsors: [], owners: [app(EXEMPT)] }),
    0,
    1,
  ],
  [
    'accountability/no-owner',
    'nobody is there, whoever made it',
    blueprints({ owners: [], createdByAppId: EXEMPT }),
    0,
    1,
  ],
  [
    'permissions/manager-application',
    'of two applications one',
    blueprints({ managerApplications: [EXEMPT, OTHER] }),
    1,
    1,
  ],
  [
    'exposure/preauthorized-client',
    'of two clients one',
    blueprints({ api: { preAuthorizedApplications: [{ appId: EXEMPT }, { appId: OTHER }] } }),
    1,
    1,
  ],
  [
    'exposure/preauthorized-client',
    'of two known clients one',
    blueprints({ api: { knownClientApplications: [OTHER, EXEMPT] } }),
    1,
    1,
  ],
  [
    'exposure/preauthorized-client',
    'with a scope that is nobody',
    blueprints({
      api: {
        oauth2PermissionScopes: [],
        preAuthorizedApplications: [{ appId: EXEMPT, delegatedPermissionIds: [guid(77)] }],
      },
    }),
    2,
    0,
  ],
  [
    'protection/policy-exclusion',
    'of two agents one',
    { ...agents({}), conditionalAccessPolicies: [excluding([EXEMPT, OTHER])] },
    1,
    1,
  ],
  [
    'protection/policy-exclusion',
    'with a name',
    { ...agents({}), conditionalAccessPolicies: [excluding([EXEMPT], ['Guard'])] },
    1,
    0,
  ],
  [
    'permissions/role-assignable-group',
    'of two groups one',
    agents({ transitiveMemberOf: [EXEMPT, OTHER].map((id) => ({ id, isAssignableToRole: true })) }),
    1,
    1,
  ],
  [
    'permissions/directory-role-powerful',
    'through one of two groups',
    agents({
      roleAssignments: [EXEMPT, OTHER].map((id) => ({ ...POWERFUL, id: `r${id}`, viaGroup: { id } })),
    }),
    1,
    1,
  ],
  [
    'permissions/directory-role-disallowed',
    'through one of two groups',
    agents({ roleAssignments: [EXEMPT, OTHER].map((id) => ({ ...ROLE, id: `r${id}`, viaGroup: { id } })) }),
    1,
    1,
  ],
  [
    'permissions/tenant-wide-content',
    'on one of two APIs',
    agents({
      appRoleAssignments: [
        { ...MAIL, resourceId: EXEMPT },
        { ...MAIL, id: 'g2' },
      ],
    }),
    1,
    1,
  ],
  [
    'permissions/high-privilege-application',
    'on one of two APIs',
    agents({
      appRoleAssignments: [
        {
          ...MAIL,
          appRoleValue: 'Directory.ReadWrite.All',
          appRoleId: '19dbc75e-c2e2-444c-a770-ec69d8559fc7',
          resourceId: EXEMPT,
        },
      ],
    }),
    1,
    0,
  ],
  [
    'permissions/consent-all-users',
    'on one of two APIs',
    agents({
      oauth2PermissionGrants: [
        { ...CONSENT, resourceId: EXEMPT, resourceAppId: GRAPH },
        { ...CONSENT, id: 'c2', resourceId: OTHER, resourceAppId: GRAPH },
      ],
    }),
    1,
    1,
  ],
  [
    'inheritance/high-privilege-granted',
    'on an API',
    principals({
      appRoleAssignments: [
        {
          ...MAIL,
          appRoleValue: 'Directory.ReadWrite.All',
          appRoleId: '19dbc75e-c2e2-444c-a770-ec69d8559fc7',
          resourceId: EXEMPT,
        },
      ],
    }),
    1,
    0,
  ],
  [
    'lifecycle/orphan',
    'the lost parent is not who it is about',
    agents({ agentIdentityBlueprintId: EXEMPT }),
    0,
    1,
  ],
  [
    'lifecycle/disabled-with-access',
    'a group among others',
    agents({
      accountEnabled: false,
      transitiveMemberOf: [
        { id: EXEMPT, isAssignableToRole: true },
        { id: OTHER, displayName: 'Other', isAssignableToRole: true },
      ],
    }),
    0,
    1,
  ],
  [
    'accountability/agent-no-sponsor',
    'the agent itself',
    {
      ...agents({}),
      agentIdentities: [{ ...anAgent(1, { sponsors: [] }), id: EXEMPT }, anAgent(2, { sponsors: [] })],
    },
    1,
    1,
  ],
  [
    'accountability/no-owner',
    'the blueprint itself, by its application id',
    { blueprints: [aBlueprint(1, { owners: [], appId: EXEMPT }), aBlueprint(2, { owners: [] })] },
    1,
    1,
  ],
  [
    'credentials/on-agent-identity',
    'the principal itself',
    {
      blueprintPrincipals: [{ ...aPrincipal(1, { passwordCredentials: [{ keyId: guid(5) }] }), id: EXEMPT }],
    },
    1,
    0,
  ],
  [
    'accountability/agent-user-no-sponsor',
    'the user itself',
    {
      agentUsers: [
        { id: EXEMPT, properties: { displayName: 'U', sponsors: [] } },
        { id: OTHER, properties: { displayName: 'V', sponsors: [] } },
      ],
    },
    1,
    1,
  ],
  [
    'protection/risky-agent',
    'the agent itself',
    {
      riskyAgents: [EXEMPT, OTHER].map((id) => ({
        id,
        properties: { agentDisplayName: 'R', riskState: 'atRisk', riskLevel: 'high', isEnabled: true },
      })),
    },
    1,
    1,
  ],
  ['protection/no-agent-policy', 'nothing covers agents', agents({ owners: [app(EXEMPT)] }), 0, 1],
];

const ROWS = TABLE.map(([rule, about, streams, suppressed, counting, parts = {}]) => ({
  rule,
  about,
  streams,
  suppressed,
  counting,
  parts,
}));

const PRINCIPAL: ExemptPrincipal = {
  id: EXEMPT,
  reason: 'break glass',
  location: { uri: 'agentid-lint.config.yaml', range: null },
};

async function judged(
  streams: TestStreams,
  rule: string,
  parts: SettingsParts,
  exempt: readonly ExemptPrincipal[],
) {
  const report: Report = await scanTenant({ streams, ...parts, exemptPrincipals: exempt });
  const findings = report.findings.filter((finding) => finding.rule === rule);
  const suppressed = findings.filter((finding) => finding.suppressed !== null);
  return { report, suppressed, counting: findings.length - suppressed.length };
}

describe('findings about an exempt principal do not count', () => {
  test.each(ROWS)('$rule: $about', async ({ rule, streams, suppressed, counting, parts }) => {
    const usual = await judged(streams, rule, parts, []);
    expect([usual.suppressed.length, usual.counting]).toEqual([0, suppressed + counting]);
    const { report, ...found } = await judged(streams, rule, parts, [PRINCIPAL]);
    expect([found.suppressed.length, found.counting]).toEqual([suppressed, counting]);
    for (const finding of found.suppressed)
      expect(finding.suppressed).toEqual({
        kind: 'exemption',
        reason: 'break glass',
        approvedBy: null,
        ticket: null,
        created: null,
        expires: null,
        location: { uri: 'agentid-lint.config.yaml', range: null },
      });
    const all = report.findings.filter((finding) => finding.suppressed !== null).length;
    expect(report.exemptPrincipals).toEqual([{ id: EXEMPT, reason: 'break glass', findings: all }]);
  });
});

test('exempt principals without findings are reported as well', async () => {
  const { report } = await judged(agents({}), '', {}, [PRINCIPAL, { id: OTHER, reason: 'platform' }]);
  expect(report.exemptPrincipals).toEqual([
    { id: EXEMPT, reason: 'break glass', findings: 0 },
    { id: OTHER, reason: 'platform', findings: 0 },
  ]);
});
