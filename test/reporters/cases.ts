import { test, expect } from 'vitest';
import type { Finding } from '../../src/findings/finding.ts';
import type { Report, ReportedResource } from '../../src/findings/report.ts';
import type { Suppression } from '../../src/findings/suppression.ts';
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

/** One finding that counts, one waived, one suppressed beside it, one recorded before. */
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
      ...[WAIVED, inline, baseline].map((suppressed, index) =>
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
  });
}
