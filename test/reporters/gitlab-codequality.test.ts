import { describe, expect, test } from 'vitest';
import { faultsOf } from '../../scripts/lib/validators/index.mjs';
import type { Report } from '../../src/findings/report.ts';
import { gitlabCodeQuality } from '../../src/reporters/gitlab-codequality.ts';
import { CASES, holdsToGoldenFiles } from './cases.ts';
import { HOSTILE } from './hostile.ts';
import { aFailingReport, aFinding, aLocation, aProblem, aRange, aReport } from './report-builder.ts';
import { emptyTenant, incompleteTenant } from './tenant-reports.ts';

type Entry = {
  readonly check_name: string;
  readonly description: string;
  readonly fingerprint: string;
  readonly severity: string;
  readonly location: { readonly path: string; readonly lines: object };
};

function entriesOf(report: Report): readonly Entry[] {
  return JSON.parse(gitlabCodeQuality(report, { color: false })) as readonly Entry[];
}

holdsToGoldenFiles('gitlab-codequality', 'json', gitlabCodeQuality);

test.each([
  ...Object.entries(CASES),
  ['incomplete tenant', incompleteTenant] as const,
  [
    'everything hostile',
    () =>
      aFailingReport({
        findings: HOSTILE.map((text) => aFinding({ message: text, location: aLocation({ uri: text }) })),
      }),
  ] as const,
])('GitLab takes it: %s', async (_name, report) => {
  expect(await faultsOf('gitlab-codequality', gitlabCodeQuality(report(), { color: false }))).toEqual([]);
});

test('what GitLab does not take is found', async () => {
  const text = gitlabCodeQuality(aFailingReport(), { color: false });
  expect(await faultsOf('gitlab-codequality', text.replace('"critical"', '"fatal"'))).toHaveLength(1);
  expect(await faultsOf('gitlab-codequality', text.replace('"begin": 7', '"begin": 0'))).toHaveLength(1);
});

test.each([
  ['critical', 'blocker'],
  ['high', 'critical'],
  ['medium', 'major'],
  ['low', 'minor'],
  ['info', 'info'],
] as const)('%s is %s', (severity, expected) => {
  expect(entriesOf(aFailingReport({ findings: [aFinding({ severity })] }))[0]!.severity).toBe(expected);
});

describe('an empty list means that nothing is wrong', () => {
  test('a clean run', () => {
    expect(gitlabCodeQuality(aReport(), { color: false })).toBe('[]\n');
  });

  test.each([
    ['a file that could not be read', aReport({ problems: [aProblem()] }), 'problem/yaml-duplicate-key'],
    ['a tenant that was read in part', incompleteTenant(), 'incomplete'],
    ['nothing to judge', emptyTenant(), 'error'],
    ['a run that was allowed to be incomplete', aReport({ ledger: { inputs: { failed: 1 } } }), 'incomplete'],
  ])('%s', (_what, report, checkName) => {
    expect(entriesOf(report).map((entry) => entry.check_name)).toEqual([checkName]);
  });

  test('what is about no file stands at the config file, seen from the root of the repository', () => {
    const report = aReport({
      base: 'services',
      config: { files: ['agentid-lint.config.yaml'] },
      problems: [aProblem({ uri: null, range: null })],
    });
    expect(entriesOf(report)[0]!.location).toEqual({
      path: 'services/agentid-lint.config.yaml',
      lines: { begin: 1 },
    });
  });
});

test('fingerprints stay when lines move, and are never given twice', () => {
  const moved = aFinding({ location: aLocation({ range: aRange('9:3-9:15') }) });
  const [first] = entriesOf(aFailingReport());
  expect(entriesOf(aFailingReport({ findings: [moved] }))[0]!.fingerprint).toBe(first!.fingerprint);
  const problem = aProblem({ range: aRange('1:1-1:2') });
  const report = aFailingReport({ findings: [aFinding(), moved, moved], problems: [problem, aProblem()] });
  const all = entriesOf(report).map(({ fingerprint }) => fingerprint);
  expect(new Set(all).size).toBe(5);
});

test('a line that is not known is not made up in silence', () => {
  const findings = [aFinding({ location: aLocation({ range: null, snippet: [] }) })];
  const [entry] = entriesOf(aFailingReport({ findings }));
  expect(entry!.location.lines).toEqual({ begin: 1 });
  expect(entry!.description).toContain('The whole file is meant, as the line is not known.');
});
