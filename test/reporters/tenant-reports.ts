import type { Finding } from '../../src/findings/finding.ts';
import type { Report, ReportedResource, ReportedTenant } from '../../src/findings/report.ts';
import type { Collection } from '../../src/model/collection.ts';
import { aFailingReport, aFinding, aReport, NO_SPONSOR, type ReportParts } from './report-builder.ts';

const AGENT = 'c3d4e5f6-0000-4000-a000-000000000001';
const SPONSOR = 'c3d4e5f6-0000-4000-a000-000000000003';
const PRINCIPAL = 'blueprintPrincipal/c3d4e5f6-0000-4000-a000-000000000002';
const PORTAL = 'https://entra.microsoft.com/#view/Microsoft_AAD_IAM/ManagedAppMenuBlade';
const GRAPH = { appId: '00000003-0000-0000-c000-000000000000', displayName: 'Microsoft Graph' };
const MAILER = { appId: 'c3d4e5f6-0000-4000-a000-000000000003', displayName: 'Mailer' };

/** One line of the receipt, read to its end. */
function aCollection(parts: Partial<Collection> = {}): Collection {
  return {
    group: 'sponsors',
    of: 'agentIdentity',
    status: 'complete',
    api: 'v1.0',
    objects: 3,
    unread: 0,
    requests: 2,
    duplicates: 0,
    permissions: ['AgentIdentity.Read.All'],
    reason: null,
    by: null,
    evidence: null,
    ...parts,
  };
}

function aTenant(parts: Partial<ReportedTenant> = {}): ReportedTenant {
  return {
    id: '7a3fbd64-0c7e-4b5c-9f0c-2d5d8a1e4b00',
    displayName: 'Contoso',
    cloud: 'global',
    startedAt: '2026-11-23T00:00:00Z',
    finishedAt: '2026-11-23T00:04:00Z',
    complete: true,
    collections: [aCollection({ group: 'agentIdentities' }), aCollection()],
    redacted: [],
    ...parts,
  };
}

/** A finding about the permissions of an agent. */
function anObjectFinding(parts: Partial<Finding> = {}): Finding {
  return aFinding({
    rule: NO_SPONSOR.id,
    message: 'agent identity "invoices" may read all mail',
    resource: { kind: 'agentIdentity', ref: `agentIdentity/${AGENT}`, name: 'invoices' },
    location: {
      kind: 'tenant',
      uri: `servicePrincipals/${AGENT}`,
      pointer: '/appRoleAssignments/0/appRoleId',
      range: null,
      snippet: [],
      portalUrl: `${PORTAL}/~/Overview/objectId/${AGENT}/appId/${AGENT}`,
      tenantId: aTenant().id,
    },
    path: ['appRoleAssignments', 0, 'appRoleId'],
    ...parts,
  });
}

function anObject(parts: Partial<ReportedResource> = {}): ReportedResource {
  const inherited = { by: 'inherited', from: PRINCIPAL, name: 'Invoices' } as const;
  return {
    ref: `agentIdentity/${AGENT}`,
    kind: 'agentIdentity',
    name: 'invoices',
    id: AGENT,
    appId: AGENT,
    location: { kind: 'tenant', uri: `servicePrincipals/${AGENT}` },
    sponsors: [{ kind: 'user', id: SPONSOR, name: 'Robin Sato', state: 'enabled' }],
    owners: [],
    passesOn: [],
    agents: null,
    checks: 0,
    broken: null,
    portalUrl: `${PORTAL}/~/Overview/objectId/${AGENT}/appId/${AGENT}`,
    blueprint: { ref: 'blueprint/c3d4e5f6-0000-4000-a000-000000000004', name: 'Invoices' },
    permissions: [
      { kind: 'application', name: 'Mail.Read', resource: GRAPH, origin: { by: 'direct' }, consent: 'admin' },
      { kind: 'application', name: 'Send', resource: MAILER, origin: { by: 'direct' }, consent: 'admin' },
      { kind: 'delegated', name: 'Files.Read', resource: GRAPH, origin: inherited, consent: 'allUsers' },
      { kind: 'delegated', name: 'User.Read', resource: GRAPH, origin: inherited, consent: 'user' },
      {
        kind: 'delegated',
        name: 'x',
        resource: { appId: null, displayName: null },
        origin: inherited,
        consent: null,
      },
    ],
    ...parts,
  };
}

const NO_FILES = { read: 0, failed: 0, ignored: 0, unmarked: [], excluded: [] };

/** A tenant in which nothing is wrong. */
export function aTenantReport(parts: ReportParts = {}): Report {
  return aReport({ tenant: aTenant(), ...parts, ledger: { inputs: NO_FILES, ...parts.ledger } });
}

/** A tenant with one finding. */
export function oneTenantFinding(): Report {
  return aFailingReport({
    tenant: aTenant(),
    findings: [anObjectFinding()],
    resources: [anObject()],
    ledger: { inputs: NO_FILES, resources: { total: 1, judged: 1 } },
  });
}

/** Findings in objects of several kinds, with and without what is known of them. */
export function manyTenantFindings(): Report {
  const many = anObject({
    permissions: Array.from({ length: 12 }, (_, index) => ({
      kind: 'application',
      name: `Thing${index}.Read.All`,
      resource: GRAPH,
      origin: { by: 'direct' },
      consent: 'admin',
    })),
  });
  const user = anObjectFinding({
    message: 'agent user "mail" has no sponsor',
    resource: { kind: 'agentUser', ref: 'agentUser/u1', name: 'mail' },
    path: [],
    location: {
      kind: 'tenant',
      uri: 'users/u1',
      pointer: '',
      range: null,
      snippet: [],
      portalUrl: null,
      tenantId: aTenant().id,
    },
  });
  const { location } = anObjectFinding();
  return aFailingReport({
    tenant: aTenant({ displayName: null }),
    findings: [
      anObjectFinding({ related: [{ message: 'granted here too', location }] }),
      anObjectFinding({
        message: 'name "invoices" is a placeholder',
        path: ['displayName'],
        severity: 'low',
      }),
      user,
    ],
    resources: [many],
    ledger: { inputs: NO_FILES },
  });
}

/** A tenant that was read in part. */
export function incompleteTenant(): Report {
  const collections = [
    aCollection({ group: 'agentIdentities' }),
    aCollection({
      group: 'owners',
      of: 'blueprint',
      status: 'forbidden',
      permissions: ['AgentIdentityBlueprint.Read.All', 'Application.Read.All'],
      reason: 'A permission is missing.',
      evidence: {
        status: 403,
        code: 'Authorization_RequestDenied',
        request: '/applications/{id}/owners',
        requestId: 'r1',
      },
    }),
    aCollection({ group: 'appRoleAssignments', status: 'partial', unread: 2, reason: 'two lists were cut' }),
    aCollection({
      group: 'signInActivity',
      status: 'unlicensed',
      evidence: { status: null, code: null, request: '/reports', requestId: null },
    }),
    aCollection({
      group: 'agentUsers',
      of: 'agentUser',
      status: 'failed',
      reason: 'the connection was reset',
    }),
    aCollection({ group: 'riskyAgents', of: 'riskyAgent', status: 'notAsked', by: 'user' }),
    aCollection({ group: 'lifecycle', status: 'notAsked', by: 'plan' }),
  ];
  return aTenantReport({
    verdict: 'incomplete',
    exitCode: 4,
    exitReasons: [{ code: 4, reason: '2 rules could not be judged for lack of facts' }],
    tenant: aTenant({ complete: false, collections }),
    outcomes: [
      { rule: NO_SPONSOR.id, status: 'skipped', reason: 'facts-missing', missing: ['owners'] },
      {
        rule: 'metadata/naming',
        status: 'evaluated',
        subjects: 3,
        failing: 0,
        skipped: [{ reason: 'facts-missing', subjects: 0, missing: ['agentUsers'] }],
      },
      { rule: 'protection/risky-agent', status: 'skipped', reason: 'not-asked', missing: ['riskyAgents'] },
    ],
  });
}

/** A tenant without an agent. */
export function emptyTenant(): Report {
  const reason = '0 agents found: the tenant has no blueprint, agent identity or agent user';
  return aTenantReport({
    verdict: 'error',
    exitCode: 3,
    exitReasons: [{ code: 3, reason }],
    outcomes: [{ rule: NO_SPONSOR.id, status: 'skipped', reason: 'not-applicable' }],
    ledger: {
      inputs: NO_FILES,
      resources: { total: 1, judged: 1 },
      evaluations: { pairs: 2, evaluated: 0, notApplicable: 2 },
    },
  });
}

/** A tenant whose texts try to reach the terminal, the CI log and the reader's eye. */
export function hostileTenant(evil = '\u001b[2J\n::error::x##[error]\u202e'): Report {
  const finding = anObjectFinding({
    resource: { kind: 'agentIdentity', ref: `agentIdentity/${AGENT}`, name: evil },
    location: {
      kind: 'tenant',
      uri: evil,
      pointer: `/${evil}`,
      range: null,
      snippet: [],
      portalUrl: `https://entra.microsoft.com/${evil}`,
      tenantId: evil,
    },
  });
  return aFailingReport({
    tenant: aTenant({
      id: evil,
      displayName: evil,
      cloud: evil,
      startedAt: evil,
      collections: [
        aCollection({
          status: 'forbidden',
          reason: evil,
          permissions: [evil],
          evidence: { status: 403, code: evil, request: evil, requestId: evil },
        }),
      ],
    }),
    findings: [{ ...finding, related: [{ message: evil, location: finding.location }] }],
    resources: [
      anObject({
        name: evil,
        blueprint: { ref: evil, name: evil },
        permissions: [
          {
            kind: 'delegated',
            name: evil,
            resource: { appId: evil, displayName: evil },
            origin: { by: 'inherited', from: evil, name: evil },
            consent: 'user',
          },
        ],
      }),
    ],
    ledger: { inputs: NO_FILES },
  });
}
