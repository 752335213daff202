import { describe, expect, test } from 'vitest';
import { faultsOf } from '../../scripts/lib/validators/index.mjs';
import type { Report } from '../../src/findings/report.ts';
import { ocsf } from '../../src/reporters/ocsf.ts';
import { CASES, holdsToGoldenFiles, aManifest } from './cases.ts';
import { HOSTILE } from './hostile.ts';
import { aFailingReport, aFinding, aLocation, aReport, reportOfSources } from './report-builder.ts';
import { incompleteTenant, oneTenantFinding } from './tenant-reports.ts';

type Records = readonly Readonly<Record<string, unknown>>[];

function recordsOf(report: Report): Records {
  const lines = ocsf(report, { color: false }).split('\n');
  expect(lines.pop()).toBe('');
  return lines.map((line) => JSON.parse(line) as Records[number]);
}

holdsToGoldenFiles('ocsf', 'ndjson', ocsf);

test.each([
  ...Object.entries(CASES),
  ['incomplete tenant', incompleteTenant] as const,
  ['sources', reportOfSources] as const,
  [
    'everything hostile',
    () =>
      aFailingReport({
        findings: HOSTILE.map((text) => aFinding({ message: text, location: aLocation({ uri: text }) })),
      }),
  ] as const,
])('each record keeps to its class of OCSF 1.8.0: %s', async (_name, report) => {
  expect(await faultsOf('ocsf', ocsf(report(), { color: false }))).toEqual([]);
});

test.each([
  ['an attribute that the class does not have', '"is_alert":true', '"is_alarm":true'],
  ['a number that is not in the list', '"severity_id":4', '"severity_id":7'],
  ['an attribute that is missing', '"time":', '"count":'],
  ['an observable without its kind', '"type_id":10', '"type_uid":10'],
])('what does not keep to it is found: %s', async (_what, from, to) => {
  const text = ocsf(aFailingReport(), { color: false });
  expect(text).toContain(from);
  expect(await faultsOf('ocsf', text.replace(from, to))).not.toEqual([]);
});

describe('the first record tells of the run', () => {
  test.each([
    ['nothing wrong', aReport(), 1, true],
    ['findings', aFailingReport(), 1, true],
    ['a file that could not be read', CASES['incomplete']!(), 2, false],
    ['facts of a tenant that could not be read', incompleteTenant(), 2, false],
    ['a rule that broke', reportOfSources(), 2, false],
  ])('%s', (_what, report, status, complete) => {
    const [scan] = recordsOf(report);
    expect(scan).toMatchObject({ class_uid: 6007, status_id: status, unmapped: { complete } });
    expect(scan!['status_code']).toBe(String(report.exitCode));
  });

  test('all records of a run are known by it', () => {
    const records = recordsOf(CASES['many']!());
    const uids = records.map(({ metadata }) => (metadata as Records[number])['correlation_uid']);
    expect(records).toHaveLength(25);
    expect(new Set(uids).size).toBe(1);
    expect(uids[0]).toMatch(/^[\da-f]{32}$/);
  });
});

test('a finding', () => {
  const report = aFailingReport({ base: 'services', resources: [aManifest()] });
  expect(recordsOf(report)[1]).toMatchObject({
    class_uid: 2004,
    type_uid: 200401,
    time: Date.parse('2026-11-23T00:00:00Z'),
    severity_id: 4,
    status_id: 1,
    finding_info: { uid: 'v1:0123456789abcdef0123456789abcdef', types: ['accountability'] },
    resources: [{ uid: 'blueprint/invoice-bot', owner: { name: 'robin@contoso.example', type_id: 1 } }],
    evidences: [{ file: { path: 'services/agents/invoice.agent.yaml', name: 'invoice.agent.yaml' } }],
  });
});

test('a finding about an object of a tenant', () => {
  expect(recordsOf(oneTenantFinding())[1]).toMatchObject({
    metadata: { tenant_uid: '7a3fbd64-0c7e-4b5c-9f0c-2d5d8a1e4b00' },
    resources: [{ owner: { name: 'Robin Sato' }, data: { blueprint: 'Invoices' } }],
    evidences: [{ data: { object: 'servicePrincipals/c3d4e5f6-0000-4000-a000-000000000001' } }],
  });
});

test('suppressed findings are told as such, with their expiry', () => {
  const records = recordsOf(CASES['suppressed']!());
  expect(records[0]).toMatchObject({ num_detections: 1, unmapped: { suppressed: 4 } });
  expect(records.map((record) => record['status_id'])).toEqual([1, 1, 3, 3, 3, 3]);
  expect(records[2]).toMatchObject({
    is_alert: false,
    status_detail: 'Pilot | until the "sponsor" is named <soon>',
    unmapped: { suppression: { kind: 'waiver', expires: '2026-12-31', ticket: 'SEC-1234' } },
  });
});

test('a moment that is none is the beginning of time', () => {
  expect(recordsOf(aFailingReport({ now: 'soon' }))[1]).toMatchObject({ time: 0 });
});
