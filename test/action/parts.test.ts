import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { besideSentence, mayAddBeside, newlyBeside } from '../../src/action/beside.ts';
import { commentText, markerOf } from '../../src/action/comment-text.ts';
import { eventOf } from '../../src/action/event.ts';
import { judgeNew } from '../../src/action/gate.ts';
import { changedSettings, settingsSentence } from '../../src/action/settings-changes.ts';
import { withCategory, withoutSuppressed } from '../../src/action/upload-sarif.ts';
import { compareReports } from '../../src/findings/compare.ts';
import { aFailingReport, aFinding, aReport } from '../reporters/report-builder.ts';

/** What suppresses a finding beside it. */
const BESIDE = {
  kind: 'inline',
  reason: 'test tenant',
  approvedBy: null,
  ticket: null,
  created: null,
  expires: '2027-01-31',
  location: { uri: 'agents/invoice.agent.yaml', range: null },
} as const;

const [BASE, HEAD] = ['a'.repeat(40), 'b'.repeat(40)];

function payload(name: string): unknown {
  const text = readFileSync(new URL(`events/${name}.json`, import.meta.url), 'utf8');
  return JSON.parse(text.replaceAll('BASE_SHA', BASE).replaceAll('HEAD_SHA', HEAD));
}

describe('an event', () => {
  const change = { kind: 'change', base: BASE, head: HEAD };

  test.each([
    [
      'pull_request',
      'pull-request',
      'robin',
      { ...change, name: 'pull_request', number: 7, isForeign: false },
    ],
    ['pull_request', 'fork', 'stranger', { ...change, name: 'pull_request', number: 7, isForeign: true }],
    [
      'pull_request',
      'pull-request',
      'dependabot[bot]',
      { ...change, name: 'pull_request', number: 7, isForeign: true },
    ],
    [
      'pull_request_target',
      'fork',
      'stranger',
      { ...change, name: 'pull_request_target', number: 7, isForeign: true },
    ],
    [
      'merge_group',
      'merge-group',
      'robin',
      { ...change, name: 'merge_group', number: null, isForeign: false },
    ],
    [
      'workflow_run',
      'workflow-run',
      'robin',
      { kind: 'ended-run', headSha: HEAD, headBranch: 'invoice-agent', headOwner: 'stranger' },
    ],
    ['push', 'push', 'robin', { kind: 'other', name: 'push' }],
    ['schedule', 'schedule', '', { kind: 'other', name: 'schedule' }],
  ])('%s by %s of %s is understood', (name, file, actor, event) => {
    expect(eventOf(name, payload(file), actor)).toEqual(event);
  });

  test('a pull request whose fork is gone is one of a fork', () => {
    const gone = { number: 7, base: { sha: BASE, repo: { id: 1 } }, head: { sha: HEAD, repo: null } };
    expect(eventOf('pull_request', { pull_request: gone }, 'x')).toMatchObject({ isForeign: true });
  });

  test.each([
    ['no payload', null, 'pull_request'],
    ['no base', { pull_request: { number: 7, head: {} } }, 'base'],
    ['a number that is none', { pull_request: { number: '7', base: {}, head: {} } }, 'pull_request.number'],
    [
      'a commit that is an option',
      { pull_request: { number: 7, base: { sha: '--upload-pack=x' }, head: {} } },
      'sha',
    ],
  ])('with %s is refused', (_, odd, key) => {
    expect(() => eventOf('pull_request', odd, '')).toThrow(
      `the payload of the event has no "${key}" that can be used`,
    );
  });
});

describe('fail-on-new', () => {
  const high = aFinding({ fingerprint: 'v1:1', severity: 'high' });
  const low = aFinding({ fingerprint: 'v1:2', severity: 'low' });

  test('fails for a new finding at the threshold', () => {
    const report = aFailingReport({ findings: [high] });
    expect(judgeNew(report, { added: [high], unsuppressed: [] })).toBe(report);
  });

  test('passes when what is new is below the threshold', () => {
    const report = aFailingReport({ findings: [high, low] });
    expect(judgeNew(report, { added: [low], unsuppressed: [] })).toMatchObject({
      verdict: 'pass',
      exitCode: 0,
      exitReasons: [{ code: 0, reason: 'no new findings at or above "high", 1 that the base has too' }],
    });
  });

  test('is incomplete when something could not be judged', () => {
    const incomplete = { code: 4, reason: '1 file could not be read' };
    const report = aFailingReport({
      findings: [high],
      exitReasons: [{ code: 1, reason: 'findings' }, incomplete],
    });
    expect(judgeNew(report, { added: [], unsuppressed: [] })).toMatchObject({
      verdict: 'incomplete',
      exitCode: 4,
      exitReasons: [incomplete],
    });
  });

  test('fails for a finding that is not suppressed any more', () => {
    const report = aFailingReport({ findings: [high] });
    const was = { ...BESIDE, kind: 'waiver' } as const;
    expect(judgeNew(report, { added: [], unsuppressed: [{ finding: high, was, hasExpired: false }] })).toBe(
      report,
    );
  });

  test('asks a severity with a budget for nothing but that', () => {
    const over = aFailingReport({ findings: [high, low], maxFindings: { low: 0, high: 5 } });
    expect(judgeNew(over, { added: [low], unsuppressed: [] })).toBe(over);
    expect(judgeNew(over, { added: [high], unsuppressed: [] })).toMatchObject({ exitCode: 0 });
  });

  test.each([0, 3, 4, 10])('leaves exit code %i alone', (exitCode) => {
    const report = aReport({ exitCode, findings: [high] });
    expect(judgeNew(report, { added: [], unsuppressed: [] })).toBe(report);
  });
});

describe('the comment', () => {
  const many = Array.from({ length: 400 }, (_, index) =>
    aFinding({ fingerprint: `v1:${index}`, message: `${'é`|<b>@org #1 '.repeat(40)}${index}` }),
  );

  test('keeps to what GitHub takes, and counts what it leaves out', () => {
    const report = aFailingReport({ findings: many });
    const older = aReport({ findings: many.slice(0, 200) });
    const text = commentText(markerOf(null), {
      report,
      comparison: compareReports(older, report),
      beside: [],
      settings: null,
    });
    expect(text.length).toBeLessThan(62_000);
    const listed = text.split('\n').filter((line) => line.startsWith('- **')).length;
    const leftOut = Array.from(text.matchAll(/^- (\d+) more: /gm), ([, more]) => Number(more));
    expect(listed).toBeGreaterThan(50);
    expect(leftOut.reduce((sum, more) => sum + more, listed)).toBe(400);
    expect(text.match(/<details>/g)).toHaveLength(text.match(/<\/details>/g)?.length ?? -1);
  });

  test('tells all findings when there is nothing to compare them with', () => {
    const text = commentText(markerOf('team'), {
      report: aFailingReport(),
      comparison: null,
      beside: [],
      settings: 'this change touches x',
    });
    expect(text.split('\n')).toEqual([
      '<!-- agentid-lint:team -->',
      '',
      '### agentid-lint: failed',
      '',
      '`findings at or above "high" (exit 1)`',
      '',
      '> **Settings:** `this change touches x`',
      '',
      '1 finding, with nothing to compare them with',
      '',
      '#### Findings (1)',
      '',
      expect.stringMatching(
        /^- \*\*high\*\* .+ at `agents\/invoice\.agent\.yaml:7:3`: `blueprint "invoice-bot" has no sponsor`$/,
      ),
      '',
    ]);
  });

  test('of a clean run has nothing to list', () => {
    const clean = aReport();
    const text = commentText(markerOf(null), {
      report: clean,
      comparison: compareReports(clean, clean),
      beside: [],
      settings: null,
    });
    expect(text).toBe(
      '<!-- agentid-lint:default -->\n\n### agentid-lint: passed\n\n`no findings at or above "high" (exit 0)`\n\n0 new, 0 fixed, 0 unchanged\n',
    );
  });
});

describe('findings that a change suppresses beside them', () => {
  const known = aFinding({ fingerprint: 'v1:1', suppressed: BESIDE });
  const fresh = aFinding({ fingerprint: 'v1:2', suppressed: BESIDE });
  const waived = aFinding({ fingerprint: 'v1:3', suppressed: { ...BESIDE, kind: 'waiver' } });
  const newer = aReport({ findings: [known, fresh, waived] });

  test('are those that the base does not have, or does not suppress there', () => {
    expect(newlyBeside(aReport({ findings: [known] }), newer)).toEqual([fresh]);
    const counting = aReport({ findings: [known, aFinding({ fingerprint: 'v1:2' })] });
    expect(newlyBeside(counting, newer)).toEqual([fresh]);
    expect(newlyBeside(newer, newer)).toEqual([]);
  });

  test('are looked for when a file that the change touches has such a line', () => {
    expect(mayAddBeside(newer, { changed: ['agents/invoice.agent.yaml'], prefix: '' })).toBe(true);
    expect(mayAddBeside(newer, { changed: ['team/agents/invoice.agent.yaml'], prefix: 'team' })).toBe(true);
    expect(mayAddBeside(newer, { changed: ['agents/other.yaml'], prefix: '' })).toBe(false);
    expect(
      mayAddBeside(aReport({ findings: [waived] }), { changed: ['agents/invoice.agent.yaml'], prefix: '' }),
    ).toBe(false);
  });

  test('are named, as many as can be read', () => {
    expect(besideSentence([], newer)).toBe(null);
    expect(besideSentence([fresh], newer)).toBe(
      '1 finding newly suppressed beside it in this change: accountability/blueprint-no-sponsor in agents/invoice.agent.yaml',
    );
    expect(
      besideSentence(
        Array.from({ length: 7 }, () => fresh),
        newer,
      ),
    ).toMatch(
      /^7 findings newly suppressed beside them in this change: (?:accountability\/blueprint-no-sponsor in agents\/invoice\.agent\.yaml, ){5}2 more$/,
    );
  });

  test('have a list of their own in the comment', () => {
    const comparison = compareReports(aReport(), newer);
    const text = commentText(markerOf(null), { report: newer, comparison, beside: [fresh], settings: null });
    expect(text).toContain('\n\n#### Newly suppressed beside them in this change (1)\n\n- **high** ');
  });
});

test('settings that a change touches are found by their name, by what was used, and in a package.json', () => {
  const top = mkdtempSync(join(tmpdir(), 'agentid-lint-settings-'));
  writeFileSync(join(top, 'package.json'), '{ "agentid-lint": {} }');
  const report = aReport({ config: { files: ['../lint.yaml', '../rules'] } });
  const changed = [
    'agents/a.yaml',
    'lint.yaml',
    'other/agentid-lint.config.json',
    'package.json',
    'rules/own.rego',
    'rules-2/own.rego',
    'team/.agentid-lint/waivers.yaml',
    'team/package.json',
  ];
  expect(changedSettings(report, { changed, prefix: 'team', top })).toEqual([
    'lint.yaml',
    'other/agentid-lint.config.json',
    'package.json',
    'rules/own.rego',
    'team/.agentid-lint/waivers.yaml',
  ]);
  rmSync(top, { recursive: true });
});

test.each([
  [['agents/a.yaml'], null],
  [
    ['agents/a.yaml', 'team/.gitignore'],
    'this change touches team/.gitignore, and files that are ignored are not read',
  ],
  [
    ['.gitignore', 'a/.gitignore', 'agentid-lint.config.yaml'],
    'this change touches agentid-lint.config.yaml; the settings of the base were used; this change touches .gitignore and 1 more, and files that are ignored are not read',
  ],
])('what a change does to the judging of it is told: %j', (changed, sentence) => {
  expect(settingsSentence(aReport(), { changed, prefix: '', top: '/nowhere' })).toBe(sentence);
});

test('suppressed results are not uploaded: GitHub would open alerts for them', () => {
  const results = [
    { ruleId: 'a' },
    { ruleId: 'b', suppressions: [{ kind: 'external' }] },
    { suppressions: [] },
  ];
  expect(
    JSON.parse(withoutSuppressed(JSON.stringify({ version: '2.1.0', runs: [{ results }, {}] }))),
  ).toEqual({
    version: '2.1.0',
    runs: [{ results: [{ ruleId: 'a' }, { suppressions: [] }] }, {}],
  });
});

test('a category stands in every run of a SARIF file, and hidden text stays visible', () => {
  const text = withCategory(
    '{"version":"2.1.0","runs":[{"tool":{"driver":{"name":"x\u202e"}}},{}]}',
    'team/a',
  );
  expect(JSON.parse(text)).toEqual({
    version: '2.1.0',
    runs: [
      { tool: { driver: { name: 'x\u202e' } }, automationDetails: { id: 'team/a/' } },
      { automationDetails: { id: 'team/a/' } },
    ],
  });
  expect(text).toContain(String.raw`x\u202e`);
});
