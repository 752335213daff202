import { expect, test } from 'vitest';
import { compareReports } from '../../src/findings/compare.ts';
import type { Finding } from '../../src/findings/finding.ts';
import type { Report } from '../../src/findings/report.ts';
import { aManifest } from '../reporters/cases.ts';
import { aFinding, aLocation, aReport, NO_SPONSOR } from '../reporters/report-builder.ts';

const WAIVER = {
  kind: 'waiver',
  reason: 'until the move',
  approvedBy: null,
  ticket: null,
  created: null,
  expires: null,
  location: null,
} as const;

function finding(letter: string, parts: Partial<Finding> = {}): Finding {
  return aFinding({ fingerprint: `v1:${letter.repeat(32)}`, message: letter, ...parts });
}

/** The letters of the findings in each list of a comparison. */
function compared(older: Report, newer: Report): Readonly<Record<string, string>> {
  const lists = Object.entries(compareReports(older, newer));
  return Object.fromEntries(
    lists.flatMap(([name, list]) =>
      list.length === 0 ? [] : [[name, list.map(({ message }) => message).join('')]],
    ),
  );
}

const CHECKS = [{ evaluated: [NO_SPONSOR.id], skipped: [] }];
const judged = { resources: [aManifest()], checks: CHECKS };

test('findings are new, unchanged or fixed by their fingerprints', () => {
  const older = aReport({ findings: [finding('a'), finding('b')] });
  const newer = aReport({ findings: [finding('b'), finding('c')], ...judged });
  expect(compared(older, newer)).toEqual({ added: 'c', unchanged: 'b', fixed: 'a' });
});

test('two reports without findings have nothing to tell', () => {
  expect(compared(aReport(), aReport())).toEqual({});
});

test('a finding is fixed when what it was about is gone', () => {
  const older = aReport({ findings: [finding('a')] });
  expect(compared(older, aReport({ resources: [], checks: CHECKS }))).toEqual({ fixed: 'a' });
});

test('a finding that was counted and is suppressed now is not fixed', () => {
  const older = aReport({ findings: [finding('a')] });
  const newer = aReport({ findings: [finding('a', { suppressed: WAIVER })], ...judged });
  expect(compared(older, newer)).toEqual({ suppressed: 'a' });
});

test('a finding that was suppressed and counts now is new', () => {
  const older = aReport({ findings: [finding('a', { suppressed: WAIVER })] });
  expect(compared(older, aReport({ findings: [finding('a')], ...judged }))).toEqual({ added: 'a' });
});

test('a finding that was suppressed and is gone is told nowhere', () => {
  const older = aReport({ findings: [finding('a', { suppressed: WAIVER })] });
  expect(compared(older, aReport(judged))).toEqual({});
});

const unreadable = {
  code: 'yaml-syntax',
  message: 'not YAML',
  uri: aLocation().uri,
  range: null,
};

test.each<[string, Partial<Report>]>([
  ['its file cannot be read any more', { problems: [unreadable] }],
  [
    'it has gone while another file could not be read, to which it may have moved',
    { ledger: aReport({ ledger: { inputs: { failed: 1 } } }).ledger },
  ],
  [
    'it has gone while another resource could not be judged',
    { ledger: aReport({ ledger: { resources: { failed: 1 } } }).ledger },
  ],
  ['its resource is broken', { resources: [aManifest({ broken: 'schema' })], checks: CHECKS }],
  ['its rule was not asked of it', { resources: [aManifest()], checks: [{ evaluated: [], skipped: [] }] }],
  [
    'its rule lacked facts',
    {
      resources: [aManifest()],
      checks: [
        { evaluated: [], skipped: [{ rule: NO_SPONSOR.id, reason: 'facts-missing', missing: ['sponsors'] }] },
      ],
    },
  ],
  ['its rule failed', { outcomes: [{ rule: NO_SPONSOR.id, status: 'failed', error: 'broke' }] }],
  ['its rule is off', { outcomes: [{ rule: NO_SPONSOR.id, status: 'skipped', reason: 'off' }] }],
  ['its rule is not there', { outcomes: [] }],
])('a finding is not called fixed when %s', (_, parts) => {
  const older = aReport({ findings: [finding('a')] });
  expect(compared(older, { ...aReport(), ...parts })).toEqual({ unknown: 'a' });
});

test('a rule that has nothing left to judge has nothing against it', () => {
  const older = aReport({ findings: [finding('a')] });
  const newer = aReport({ outcomes: [{ rule: NO_SPONSOR.id, status: 'skipped', reason: 'not-applicable' }] });
  expect(compared(older, newer)).toEqual({ fixed: 'a' });
});
