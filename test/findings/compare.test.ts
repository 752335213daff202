import { describe, expect, test } from 'vitest';
import { compareReports, incomparable, newlyCounting } from '../../src/findings/compare.ts';
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
  const { unsuppressed, severityChanged, ...others } = compareReports(older, newer);
  const lists = {
    ...others,
    unsuppressed: unsuppressed.map(({ finding }) => finding),
    severityChanged: severityChanged.map(({ after }) => after),
  };
  return Object.fromEntries(
    Object.entries(lists).flatMap(([name, list]) =>
      list.length === 0 ? [] : [[name, list.map(({ message }) => message).join('')]],
    ),
  );
}

const TENANT = {
  id: '7a3fbd64-0c7e-4b5c-9f0c-2d5d8a1e4b00',
  displayName: 'Contoso',
  cloud: 'global',
  startedAt: '2026-11-23T00:00:00Z',
  finishedAt: '2026-11-23T00:04:00Z',
  complete: true,
  collections: [],
  redacted: [],
} as const;

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

test('a finding that was suppressed and counts now has come back, and it is told whether that has expired', () => {
  const older = aReport({
    findings: [finding('a', { suppressed: WAIVER }), finding('b', { suppressed: WAIVER })],
  });
  const newer = aReport({ findings: [finding('a'), finding('b', { expired: WAIVER })], ...judged });
  expect(compared(older, newer)).toEqual({ unsuppressed: 'ab' });
  expect(compareReports(older, newer).unsuppressed.map(({ was, hasExpired }) => [was, hasExpired])).toEqual([
    [WAIVER, false],
    [WAIVER, true],
  ]);
  expect(newlyCounting(compareReports(older, newer), newer)).toEqual(newer.findings);
});

test('a finding that is suppressed from the first is told nowhere', () => {
  const newer = aReport({ findings: [finding('a', { suppressed: WAIVER })], ...judged });
  expect(compared(aReport(), newer)).toEqual({});
  expect(compared(newer, newer)).toEqual({});
});

test('a finding with another severity is no new one', () => {
  const older = aReport({
    findings: [finding('a', { severity: 'low' }), finding('b', { severity: 'high' })],
  });
  const newer = aReport({
    findings: [finding('a', { severity: 'critical' }), finding('b', { severity: 'high' })],
    ...judged,
  });
  expect(compared(older, newer)).toEqual({ severityChanged: 'a', unchanged: 'b' });
  expect(compareReports(older, newer).severityChanged.map(({ before }) => before.severity)).toEqual(['low']);
});

describe('a rule that has another name now', () => {
  const name = (letter: string) => `v1:${letter.repeat(32)}`;
  const older = aReport({
    findings: [finding('a', { rule: 'acme/old' }), finding('b', { rule: 'acme/old' })],
  });

  test('has the findings that it had, and those that are gone are fixed', () => {
    const newer = aReport({ findings: [finding('c', { formerFingerprints: [name('a')] })], ...judged });
    expect(compared(older, newer)).toEqual({ unchanged: 'c', fixed: 'b' });
  });

  test('has them for an older version too, which does not know the new name', () => {
    const newer = aReport({ findings: [finding('c', { formerFingerprints: [name('a')] })], ...judged });
    expect(compared(newer, older)).toEqual({ unchanged: 'a', added: 'b' });
  });

  test('has them by what two earlier names have in common', () => {
    const one = aReport({ findings: [finding('c', { formerFingerprints: [name('a')] })] });
    const other = aReport({ findings: [finding('d', { formerFingerprints: [name('e'), name('a')] })] });
    expect(compared(one, other)).toEqual({ unchanged: 'd' });
  });

  test('leaves nobody to tell of its findings when none of them is left', () => {
    expect(compared(older, aReport(judged))).toEqual({ unknown: 'ab' });
  });
});

test('one finding of the older report is at most one of the newer', () => {
  const older = aReport({ findings: [finding('a')] });
  const newer = aReport({
    findings: [finding('a'), finding('b', { formerFingerprints: [`v1:${'a'.repeat(32)}`] })],
    ...judged,
  });
  expect(compared(older, newer)).toEqual({ unchanged: 'a', added: 'b' });
});

describe('reports of different things cannot be compared', () => {
  const why = (older: Report, newer: Report) => incomparable(['old', older], ['new', newer]);
  const change = { since: 'main', files: 1, leftOut: 0 };

  test('files and a tenant, and two folders', () => {
    expect(why(aReport(), aReport())).toBeNull();
    expect(why(aReport(), aReport({ base: 'agents' }))).toBe(
      'old is of files below the root of a repository, and new of files below the folder "agents"',
    );
    expect(why(aReport(), aReport({ tenant: TENANT }))).toMatch(
      /^old is of files .*, and new of the tenant /,
    );
    expect(why(aReport({ tenant: TENANT }), aReport({ tenant: { ...TENANT, id: 'other' } }))).toMatch(
      /, and new of the tenant other$/,
    );
    expect(why(aReport({ tenant: TENANT }), aReport({ tenant: TENANT }))).toBeNull();
  });

  test('a part of one', () => {
    expect(why(aReport({ change }), aReport())).toBe('old has only what is in changed files');
    expect(why(aReport(), aReport({ change }))).toBe('new has only what is in changed files');
  });
});

test('a finding that was suppressed and is gone is fixed; where nobody can tell, it is told nowhere', () => {
  const older = aReport({ findings: [finding('a', { suppressed: WAIVER })] });
  expect(compared(older, aReport(judged))).toEqual({ fixed: 'a' });
  expect(compared(older, aReport({ ...judged, problems: [unreadable] }))).toEqual({});
});

test.each([
  [[], [], 'fixed'],
  [[], ['.'], 'fixed'],
  [[], ['agents/'], 'fixed'],
  [[], ['./agents/invoice.agent.yaml'], 'fixed'],
  [['agents/*.yaml'], ['agents/*.yaml'], 'fixed'],
  [[], ['other'], 'unknown'],
  [[], ['agents/inv'], 'unknown'],
  [[], ['agents/*.yaml'], 'unknown'],
  [['other', 'agents'], ['other'], 'unknown'],
] as const)('of paths %j and then %j, a finding whose resource is gone is %s', (before, after, told) => {
  const older = aReport({ findings: [finding('a')], paths: before });
  expect(compared(older, aReport({ ...judged, resources: [], paths: after }))).toEqual({ [told]: 'a' });
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
