import { describe, expect, test } from 'vitest';
import { newFile } from '../../src/history/run.ts';
import type { Scope } from '../../src/history/changes.ts';
import { NO_SPONSOR, type ReportParts } from '../reporters/report-builder.ts';
import {
  aRun,
  day,
  fingerprintOf,
  found,
  historyOf,
  lastStates,
  suppressedBy,
  WHOLE,
  withRun,
} from './builders.ts';

const HEAD = {
  ...{ history: 'agentid-lint', version: 1, now: day(2), source: 'files', base: '' },
  ...{ after: '2026-11-01T120000Z-ef0ad6cf.ndjson', verdict: 'pass', exitCode: 0 },
  counts: { critical: 0, high: 1, medium: 0, low: 0, info: 0 },
  suppressed: { waiver: 1, inline: 0, baseline: 0, exemption: 0 },
  ...{ expired: 1, resources: 4, tool: '0.1.0', policyDigest: 'sha256:5f1e' },
  ...{ incomplete: false, partial: false, states: 3 },
};

test('the file of a run says what it found in one line, and what has changed in one line each', () => {
  const files = historyOf([aRun(day(1), 'abcd', [found('a'), found('b'), found('d')])]);
  const report = aRun(day(2), 'abcd', [
    found('b', { suppressed: suppressedBy('waiver') }),
    found('c', { expired: suppressedBy('waiver') }),
    found('d', { suppressed: null }),
  ]);
  const { text } = newFile({ ...report, findings: report.findings.slice(0, 2) }, files, WHOLE);
  const line = (letter: string) => ({
    fingerprint: fingerprintOf(letter),
    rule: NO_SPONSOR.id,
    resource: `blueprint/${letter}`,
    file: `${letter}.yaml`,
    severity: 'high',
  });
  const [head, ...states] = text.trimEnd().split('\n');
  expect(JSON.parse(head ?? '')).toEqual({ ...HEAD, after: files[0]?.name, states: 4 });
  expect(states.map((each) => JSON.parse(each) as unknown)).toEqual([
    { ...line('a'), state: 'fixed' },
    { ...line('b'), state: 'suppressed', kind: 'waiver' },
    { ...line('c'), state: 'open' },
    { ...line('d'), state: 'fixed' },
  ]);
  expect(text.endsWith('}\n')).toBe(true);
});

test('its name has the moment, no colons, and a digest of its content', () => {
  expect(newFile(aRun(day(1), 'a', []), [], WHOLE).name).toMatch(/^2026-11-01T120000Z-[\da-f]{8}\.ndjson$/);
});

test('what has not changed is not written again', () => {
  const files = historyOf([aRun(day(1), 'a', [found('a')]), aRun(day(2), 'a', [found('a')])]);
  expect(files.map(({ states }) => states.length)).toEqual([1, 0]);
});

test('a run that is written twice is the same file', () => {
  const report = aRun(day(2), 'a', [found('a')]);
  const files = historyOf([aRun(day(1), 'a', []), report]);
  expect(newFile(report, files, WHOLE).name).toBe(files[1]?.name);
});

const unreadable = { code: 'yaml-syntax', message: 'not YAML', uri: 'a.yaml', range: null };
const BEFORE = aRun(day(1), 'ab', [found('a')]);

describe('a finding that is there no more', () => {
  test.each<[string, string, ReportParts, Partial<Scope>, string]>([
    ['is fixed when its resource was judged again', 'ab', {}, {}, 'a fixed'],
    ['is fixed when its file is gone', 'b', {}, { isThere: () => false }, 'a fixed'],
    [
      'is fixed when its file is there without it',
      'b',
      {
        resources: aRun(day(1), 'b', []).resources.map((each) => ({
          ...each,
          location: { kind: 'file', uri: 'a.yaml', pointer: '' },
        })),
      },
      {},
      'a fixed',
    ],
    ['is unknown when its file is there and was left out', 'b', {}, {}, 'a unknown'],
    [
      'is unknown when its file cannot be read',
      'b',
      { problems: [unreadable], ledger: { inputs: { failed: 1 } } },
      {},
      'a unknown',
    ],
    [
      'is unknown when its resource broke',
      'ab',
      { resources: aRun(day(1), 'ab', []).resources.map((each) => ({ ...each, broken: 'torn' })) },
      {},
      'a unknown',
    ],
    [
      'is unknown when another file cannot be read, to which it may have moved',
      'b',
      { ledger: { inputs: { failed: 1 } } },
      { isThere: () => false },
      'a unknown',
    ],
    ['is unknown when its rule is off', 'ab', { checks: [{ evaluated: [], skipped: [] }] }, {}, 'a unknown'],
    [
      'is unknown when facts are missing',
      'ab',
      {
        checks: [
          {
            evaluated: [],
            skipped: [{ rule: NO_SPONSOR.id, reason: 'facts-missing', missing: ['sponsors'] }],
          },
        ],
      },
      {},
      'a unknown',
    ],
    [
      'is unknown when nothing was found to judge',
      '',
      { exitReasons: [{ code: 3, reason: 'no manifest' }] },
      { isThere: () => false },
      'a unknown',
    ],
    ['is not spoken of by a run of other paths', 'b', {}, { partial: true, covers: () => false }, ''],
    [
      'is not spoken of by a run of other rules',
      'ab',
      { checks: [{ evaluated: [], skipped: [] }] },
      { partial: true },
      '',
    ],
    [
      'is not spoken of by a run of what has changed elsewhere',
      'ab',
      {},
      { partial: true, reports: () => false },
      '',
    ],
    ['is fixed by a run of its path that judged it', 'a', {}, { partial: true }, 'a fixed'],
    [
      'is fixed by a run of its path when its file is gone',
      '',
      {},
      { partial: true, isThere: () => false },
      'a fixed',
    ],
    [
      'is unknown to a run of its path that cannot read it',
      'b',
      { problems: [unreadable], ledger: { inputs: { failed: 1 } } },
      { partial: true },
      'a unknown',
    ],
  ])('%s', (_name, judged, parts, scope, states) => {
    const files = withRun(historyOf([BEFORE]), aRun(day(2), judged, [], parts), scope);
    expect(lastStates(files)).toBe(states);
    expect(files[1]?.run.partial).toBe(scope.partial ?? false);
  });

  test('stays unknown until a run can tell, and is open or fixed then', () => {
    const blind = (now: string) =>
      aRun(now, 'b', [], { problems: [unreadable], ledger: { inputs: { failed: 1 } } });
    const files = historyOf([BEFORE, blind(day(2)), blind(day(3))]);
    expect(files.map(({ states }) => states.length)).toEqual([1, 1, 0]);
    expect(lastStates(withRun(files, aRun(day(4), 'ab', [found('a')])))).toBe('a open');
    expect(lastStates(withRun(files, aRun(day(4), 'ab', [])))).toBe('a fixed');
  });

  test('in a tenant is unknown when the list of its kind was not read to its end', () => {
    const location = {
      kind: 'tenant',
      uri: 'applications/a',
      pointer: '',
      range: null,
      snippet: [],
      portalUrl: null,
      tenantId: 't',
    } as const;
    const tenant = (status: 'complete' | 'forbidden') =>
      ({
        id: 't',
        displayName: null,
        cloud: 'global',
        startedAt: day(1),
        finishedAt: day(1),
        complete: status === 'complete',
        collections: [
          {
            group: 'blueprints',
            of: 'blueprint',
            status,
            api: 'v1.0',
            objects: 0,
            unread: 0,
            requests: 1,
            duplicates: 0,
            permissions: [],
            reason: null,
            by: null,
            evidence: null,
          },
        ],
        redacted: [],
      }) as const;
    const first = aRun(day(1), 'a', [found('a', { location })], { tenant: tenant('complete') });
    const after = (status: 'complete' | 'forbidden') =>
      withRun(historyOf([first]), aRun(day(2), '', [], { tenant: tenant(status) }));
    expect(lastStates(after('complete'))).toBe('a fixed');
    expect(lastStates(after('forbidden'))).toBe('a unknown');
    expect(after('forbidden')[1]?.run).toMatchObject({ source: 'tenant:t', base: '', incomplete: true });
  });
});

test('a finding under a new name of its rule goes on where the old one was', () => {
  const renamed = found('b', { rule: 'accountability/new-name', formerFingerprints: [fingerprintOf('a')] });
  const files = historyOf([aRun(day(1), 'a', [found('a')]), aRun(day(2), 'b', [renamed])]);
  expect(files[1]?.states).toEqual([
    expect.objectContaining({ fingerprint: fingerprintOf('b'), was: fingerprintOf('a'), state: 'open' }),
  ]);
  expect(lastStates(withRun(files, aRun(day(3), 'b', [renamed])))).toBe('');
});

test('a rule that was renamed while its finding was fixed answers for the old name', () => {
  const old = found('a', { rule: 'accountability/old-name' });
  const renamed = new Map([['accountability/old-name', NO_SPONSOR.id]]);
  expect(lastStates(withRun(historyOf([aRun(day(1), 'a', [old])]), aRun(day(2), 'a', []), { renamed }))).toBe(
    'a fixed',
  );
});

test('runs of other folders and tenants are no part of what a run is compared with', () => {
  const files = historyOf([
    aRun(day(1), 'a', [found('a')]),
    aRun(day(2), 'b', [found('b')], { base: 'sub' }),
  ]);
  expect(files.map(({ run }) => run.after)).toEqual([null, null]);
  expect(lastStates(files)).toBe('b open');
});

test('a changed severity is a changed state', () => {
  const files = historyOf([BEFORE, aRun(day(2), 'ab', [found('a', { severity: 'low' })])]);
  expect(files[1]?.states).toMatchObject([{ severity: 'low', state: 'open' }]);
});
