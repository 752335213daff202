import { test, expect } from 'vitest';
import type { Finding } from '../../src/findings/finding.ts';
import type { Report, ReportedResource } from '../../src/findings/report.ts';
import type { Suppression, SuppressionNotice } from '../../src/findings/suppression.ts';
import type { Reporter } from '../../src/reporters/reporter.ts';
import {
  aFailingReport,
  aFinding,
  aLocation,
  aRange,
  aReport,
  hostileReport,
  NO_SPONSOR,
  reportOfEverything,
  SECRET,
} from './report-builder.ts';
import { hostileTenant, manyTenantFindings } from './tenant-reports.ts';

/** The reports that every format has a golden file for, by the name of the file. */
export const CASES: Readonly<Record<string, () => Report>> = {
  empty: () => aReport({ resources: [aManifest()], checks: [BOTH] }),
  one: () => aFailingReport({ resources: [aManifest()], checks: [BOTH] }),
  many: manyReport,
  suppressed: suppressedReport,
  living: livingReport,
  incomplete: () => ({ ...reportOfEverything(), resources: [aManifest()], checks: [BLIND] }),
  tenant: () => ({ ...manyTenantFindings(), checks: [BLIND] }),
  hostile: hostileReport,
  'hostile-tenant': () => ({ ...hostileTenant(), checks: [BOTH] }),
};

/** Holds a format to its golden files, `golden/<format>/<case>.<extension>`, one for each case. */
export function holdsToGoldenFiles(format: string, extension: string, render: Reporter): void {
  test.each(Object.entries(CASES))('%s', async (name, report) => {
    await expect(render(report(), { color: false })).toMatchFileSnapshot(
      `golden/${format}/${name}.${extension}`,
    );
  });
}

const BOTH: Report['checks'][number] = { evaluated: [NO_SPONSOR.id, SECRET.id], skipped: [] };

const BLIND: Report['checks'][number] = {
  evaluated: [SECRET.id],
  skipped: [{ rule: NO_SPONSOR.id, reason: 'facts-missing', missing: ['sponsors'] }],
};

/** The blueprint of `aFinding()`, in its file. */
export function aManifest(parts: Partial<ReportedResource> = {}): ReportedResource {
  return {
    ref: 'blueprint/invoice-bot',
    kind: 'blueprint',
    name: 'invoice-bot',
    id: null,
    appId: null,
    location: { kind: 'file', uri: 'agents/invoice.agent.yaml', pointer: '' },
    portalUrl: null,
    blueprint: null,
    sponsors: [],
    owners: [{ kind: 'user', id: null, name: 'robin@contoso.example', state: 'unknown' }],
    permissions: [],
    passesOn: [],
    agents: 2,
    checks: 0,
    broken: null,
    ...parts,
  };
}

/** Twelve files, each with findings of several severities, most of one rule. */
function manyReport(): Report {
  const names = Array.from({ length: 12 }, (_, index) => `bot-${String(index).padStart(2, '0')}`);
  const findings = names.flatMap((name, index): Finding[] => {
    const resource = { kind: 'blueprint', ref: `blueprint/${name}`, name } as const;
    const uri = `agents/team ${index % 3}/${name}.blueprint.yaml`;
    const fingerprint = (rule: number) => `v1:${String(index * 10 + rule).padStart(32, '0')}`;
    return [
      aFinding({
        resource,
        owner: index,
        message: `blueprint "${name}" has no sponsor`,
        location: aLocation({ uri }),
        fingerprint: fingerprint(1),
      }),
      aFinding({
        rule: SECRET.id,
        severity: index % 4 === 0 ? 'critical' : 'low',
        remediation: SECRET.remediation,
        message: `blueprint "${name}" has a client secret`,
        resource,
        owner: index,
        location: aLocation({
          uri,
          pointer: '/passwordCredentials/0',
          range: aRange('12:5-14:20'),
          snippet: [{ number: 12, text: '  - displayName: key | "1" <b>' }],
        }),
        path: ['passwordCredentials', 0],
        fingerprint: fingerprint(2),
      }),
    ];
  });
  return aFailingReport({
    findings,
    resources: names.map((name, index) =>
      aManifest({
        ref: `blueprint/${name}`,
        name,
        location: { kind: 'file', uri: `agents/team ${index % 3}/${name}.blueprint.yaml`, pointer: '' },
        agents: index,
      }),
    ),
    checks: [BOTH],
    outcomes: [
      { rule: NO_SPONSOR.id, status: 'evaluated', subjects: 12, failing: 12 },
      { rule: SECRET.id, status: 'evaluated', subjects: 12, failing: 12 },
    ],
    base: 'services/agents',
    config: { files: ['agentid-lint.config.yaml'] },
    ledger: {
      inputs: { read: 12 },
      resources: { total: 12, judged: 12 },
      evaluations: { pairs: 24, evaluated: 24 },
    },
  });
}

const WAIVED: Suppression = {
  kind: 'waiver',
  reason: 'Pilot | until the "sponsor" is named <soon>',
  approvedBy: 'ciso@contoso.example',
  ticket: 'SEC-1234',
  created: '2026-10-01',
  expires: '2026-12-31',
  location: { uri: '.agentid-lint/waivers.yaml', range: aRange('3:5-9:30') },
};

/** One finding that counts, one waived, one suppressed beside it, one recorded before, one of an exempt principal. */
function suppressedReport(): Report {
  const inline: Suppression = {
    ...WAIVED,
    kind: 'inline',
    reason: 'known',
    approvedBy: null,
    ticket: null,
    created: null,
    expires: '2027-01-31',
    location: { uri: 'agents/invoice.agent.yaml', range: aRange('6:3-6:60') },
  };
  const baseline: Suppression = {
    ...inline,
    kind: 'baseline',
    reason: 'recorded in .agentid-lint/baseline.ndjson',
    expires: null,
    location: null,
  };
  return aFailingReport({
    findings: [
      aFinding(),
      ...[WAIVED, inline, baseline, EXEMPT].map((suppressed, index) =>
        aFinding({
          rule: SECRET.id,
          severity: 'critical',
          message: `blueprint "invoice-bot" has client secret ${index + 1}`,
          remediation: SECRET.remediation,
          fingerprint: `v1:${String(index + 1).repeat(32)}`,
          suppressed,
        }),
      ),
    ],
    resources: [aManifest()],
    checks: [BOTH],
    suppressions: { waivers: WAIVERS, baseline: BASELINE, inline: true, notices: [] },
    exemptPrincipals: [{ id: BREAK_GLASS, reason: 'Break glass, see "runbook | 7"', findings: 1 }],
  });
}

/** A finding whose waiver expired, suppressions to look at, budgets, an earlier report. */
function livingReport(): Report {
  const suppressed = { ...WAIVED, expires: '2026-12-02' };
  const notices: readonly SuppressionNotice[] = [
    {
      concern: 'stale',
      kind: 'waiver',
      rule: SECRET.id,
      object: 'agents/gone.agent.yaml',
      message: 'The blueprint was judged, and the rule finds nothing in it any more',
      expires: '2027-01-31',
      location: { uri: WAIVERS.file, range: aRange('10:5-16:22') },
    },
    {
      concern: 'expiring',
      kind: 'waiver',
      rule: SECRET.id,
      object: 'agents/invoice.agent.yaml',
      message: 'Renew it, or put the finding right',
      expires: suppressed.expires,
      location: suppressed.location,
    },
    {
      concern: 'expired',
      kind: 'inline',
      rule: NO_SPONSOR.id,
      object: 'agents/invoice.agent.yaml#/sponsors',
      message: 'It held until 2026-10-01, and the finding counts again',
      expires: '2026-10-01',
      location: { uri: 'agents/invoice.agent.yaml', range: aRange('6:3-6:60') },
    },
    {
      concern: 'stale',
      kind: 'baseline',
      rule: '',
      object: '',
      message: '7 more entries of the baseline match nothing',
      expires: null,
      location: null,
    },
  ];
  return aFailingReport({
    exitReasons: [
      { code: 1, reason: 'findings at or above "high"' },
      { code: 1, reason: '2 findings of severity low, at most 1 allowed' },
    ],
    maxFindings: { medium: 3, low: 1 },
    findings: [
      aFinding({
        expired: { ...WAIVED, expires: '2026-10-01', created: '2026-08-01' },
        formerFingerprints: [`v1:${'f'.repeat(32)}`],
      }),
      ...[1, 2].map((number) =>
        aFinding({
          rule: SECRET.id,
          severity: 'low',
          message: `blueprint "invoice-bot" has client secret ${number}`,
          remediation: SECRET.remediation,
          fingerprint: `v1:${String(number).repeat(32)}`,
        }),
      ),
      aFinding({
        rule: SECRET.id,
        severity: 'critical',
        message: 'blueprint "invoice-bot" has client secret 3',
        remediation: SECRET.remediation,
        fingerprint: `v1:${'3'.repeat(32)}`,
        suppressed,
      }),
    ],
    resources: [aManifest()],
    checks: [BOTH],
    config: { files: ['agentid-lint.config.yaml', WAIVERS.file, BASELINE.file] },
    suppressions: {
      waivers: WAIVERS,
      baseline: BASELINE,
      inline: false,
      notices,
    },
    exemptPrincipals: [
      { id: BREAK_GLASS, reason: 'Break glass', findings: 0 },
      { id: '9d6f3c1e-0000-4000-8000-00000000c0de', reason: 'Platform: <first-party>', findings: 12 },
    ],
    previous: {
      file: 'results.json',
      now: '2026-11-16T04:05:06Z',
      added: 2,
      fixed: 1,
      severityChanged: 1,
      suppressed: 1,
      unsuppressed: 0,
      unknown: 3,
    },
  });
}

const BREAK_GLASS = '5f0e7a52-1111-4222-8333-444455556666';
const WAIVERS = { file: '.agentid-lint/waivers.yaml', entries: 3 };
const BASELINE = { file: '.agentid-lint/baseline.ndjson', entries: 41 };

const EXEMPT: Suppression = {
  ...{ kind: 'exemption', reason: 'Break glass, see "runbook | 7"', approvedBy: null, ticket: null },
  ...{ created: null, expires: null },
  location: { uri: 'agentid-lint.config.yaml', range: null },
};
