import { expect, test } from 'vitest';
import { compact } from '../../src/reporters/compact.ts';
import { CASES } from './cases.ts';
import {
  aChange,
  aFailingReport,
  aFinding,
  aLocation,
  aReport,
  hostileReport,
  reportOfEverything,
} from './report-builder.ts';

test.each([
  ['a clean run is one line', 'empty', aReport()],
  ['each finding is one line and the verdict is the last', 'one', aFailingReport()],
  ['U3 gaps come first, every exit code is told, the verdict is last', 'everything', reportOfEverything()],
  ['O03 no name begins a workflow command', 'hostile', hostileReport()],
  ['findings that do not count are counted only', 'suppressed', CASES['suppressed']!()],
  ['what expired, is to be looked at and has changed is told', 'living', CASES['living']!()],
  ['what a change leaves out is told', 'change', aFailingReport({ change: aChange({ leftOut: 1 }) })],
])('%s', async (_what, golden, report) => {
  await expect(compact(report, { color: false })).toMatchFileSnapshot(`golden/compact-${golden}.txt`);
});

test('findings that do not count are shown and marked when asked for', async () => {
  const report = CASES['suppressed']!();
  await expect(compact(report, { color: false, showSuppressed: true })).toMatchFileSnapshot(
    'golden/compact-show-suppressed.txt',
  );
});

test('colour changes nothing', () => {
  expect(compact(reportOfEverything(), { color: true })).toBe(
    compact(reportOfEverything(), { color: false }),
  );
});

test('a problem of no file begins with the word error', () => {
  const problems = [
    { code: 'too-many-files', message: 'more than 50000 files match', uri: null, range: null },
  ];
  expect(compact(aReport({ problems }), { color: false })).toBe(
    'error too-many-files more than 50000 files match\npassed: no findings at or above "high" (exit 0)\n',
  );
});

test.each([
  ['begins like a command', '::error::x.yaml', './::error::x.yaml:7:3: '],
  ['begins like a command behind a blank', ' ::error::x.yaml', './ ::error::x.yaml:7:3: '],
  ['makes a command with its position', ':', './::7:3: '],
  ['is harmless', 'a::error::x.yaml', 'a::error::x.yaml:7:3: '],
])('O03 a path that %s', (_what, uri, start) => {
  const report = aFailingReport({ findings: [aFinding({ location: aLocation({ uri }) })] });
  expect(compact(report, { color: false }).startsWith(start)).toBe(true);
});

test('10,000 findings are written in a moment', () => {
  const findings = Array.from({ length: 10_000 }, () => aFinding());
  const started = performance.now();
  compact(aFailingReport({ findings }), { color: false });
  expect(performance.now() - started).toBeLessThan(3000);
});
