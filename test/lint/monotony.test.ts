import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Report } from '../../src/findings/report.ts';
import { lintFiles, NOW, type LintFilesOptions } from '../support/lint-files.ts';
import { blueprint, type Blueprint } from './blueprints.ts';

/** Rules whose findings about one resource depend on others. */
const COMPARING = new Set([
  'credentials/fic-shared',
  'metadata/naming',
  'repository/id-mismatch',
  'repository/mcp-tooling',
]);

type Repository = { readonly files: Readonly<Record<string, string>>; readonly names: readonly string[] };

/** A blueprint that no rule has anything to say about. */
const CLEAN: Blueprint = {
  displayName: 'lf-invoice-prd',
  uniqueName: 'lf-invoice-prd',
  description: 'Sends invoices.',
  serviceManagementReference: 'CMDB-1',
  signInAudience: 'AzureADMyOrg',
  sponsors: [{ userPrincipalName: 'ada@contoso.com' }, { userPrincipalName: 'grace@contoso.com' }],
  owners: [{ userPrincipalName: 'ada@contoso.com' }, { userPrincipalName: 'grace@contoso.com' }],
  federatedIdentityCredentials: [
    {
      name: 'deploy',
      issuer: 'https://token.actions.githubusercontent.com',
      subject: 'repo:contoso/agents:environment:prod',
      audiences: ['api://AzureADTokenExchange'],
    },
  ],
};

function written(value: Blueprint): string {
  return JSON.stringify({ kind: 'agentIdentityBlueprint', ...value }, null, 2);
}

/** One to three files, of which some are clean. */
const repository: fc.Arbitrary<Repository> = fc
  .array(fc.oneof(fc.constant(CLEAN), blueprint), { minLength: 1, maxLength: 3 })
  .map((all) => {
    const files = Object.fromEntries(
      all.map((value, index) => [`agents/${index}.blueprint.json`, written(value)]),
    );
    return { files, names: Object.keys(files) };
  });

type Break = (text: string, place: number) => string;

/** Ways to break a file. None leaves a file that says less and is still good. */
const BREAKS: Readonly<Record<string, Break>> = {
  'is not JSON': (text) => `${text}}`,
  'is UTF-16': (text) => text.split('').join('\0'),
  'has a byte that is not text': (text) => text.replace('"displayName"', '"\0displayName"'),
  'has a misspelt key': (text) => text.replace('"displayName"', '"displayNane"'),
  'has a value of another type': (text) => text.replace(/"displayName": "[^"]*"/, '"displayName": 7'),
  'has a key twice': (text) => text.replace('{', '{\n  "displayName": "x",'),
  'has half a character': (text) =>
    text.replace(/"displayName": "[^"]*"/, String.raw`"displayName": "\ud83d"`),
};

/** These take away what tells a manifest from other files, so the file must be named to be missed. */
const UNRECOGNISABLE: Readonly<Record<string, Break | null>> = {
  'is cut off': (text, place) => text.slice(0, 1 + (place % (text.length - 1))),
  'is empty': () => '',
  'holds only null': () => 'null',
  'is gone': null,
};

function others(report: Report, broken: string): readonly string[] {
  return report.findings
    .filter(({ location, rule }) => location.uri !== broken && !COMPARING.has(rule))
    .map(({ location, rule, message }) => `${location.uri} ${location.pointer} ${rule} ${message}`);
}

function expectNoBetter(spoilt: Report, whole: Report, broken: string): void {
  expect(spoilt.verdict).not.toBe('pass');
  expect(spoilt.exitCode).not.toBe(0);
  const codes = spoilt.exitReasons.map(({ code }) => code);
  expect(codes.includes(4) || codes.includes(3)).toBe(true);
  expect(others(spoilt, broken)).toEqual(others(whole, broken));
  expectBalanced(whole);
  expectBalanced(spoilt);
}

function expectBalanced({ ledger: { evaluations, resources } }: Report): void {
  const { pairs, evaluated, failed, notApplicable, skipped } = evaluations;
  expect(evaluated + failed + notApplicable + skipped).toBe(pairs);
  expect(resources.judged + resources.failed).toBe(resources.total);
}

test('a clean repository passes, so that what follows means something', async () => {
  const report = await lintFiles({ 'agents/a.blueprint.json': written(CLEAN) }, { failOn: 'info' });
  expect(report.findings.map(({ rule, message }) => [rule, message])).toEqual([]);
  expect([report.verdict, report.exitCode]).toEqual(['pass', 0]);
});

describe('T4 breaking any part of the input never makes the verdict better', () => {
  const failOn = fc.constantFrom('high' as const, 'info' as const, 'none' as const);

  test.each(Object.entries(BREAKS))('a file that %s', async (_, spoil) => {
    await fc.assert(
      fc.asyncProperty(repository, fc.nat(), failOn, async ({ files, names }, place, threshold) => {
        const broken = names[place % names.length] ?? '';
        const whole = await lintFiles(files, { failOn: threshold });
        const spoilt = await lintFiles(
          { ...files, [broken]: spoil(files[broken] ?? '', place) },
          { failOn: threshold },
        );
        expectNoBetter(spoilt, whole, broken);
      }),
      { seed: 1, numRuns: 4 },
    );
  });

  test.each(Object.entries(UNRECOGNISABLE))('a named file that %s', async (_, spoil) => {
    await fc.assert(
      fc.asyncProperty(repository, fc.nat(), failOn, async ({ files, names }, place, threshold) => {
        const broken = names[place % names.length] ?? '';
        const asked = { paths: names, failOn: threshold };
        const whole = await lintFiles(files, asked);
        const { [broken]: text = '', ...rest } = files;
        const spoilt = await lintFiles(
          spoil === null ? rest : { ...rest, [broken]: spoil(text, place) },
          asked,
        );
        expectNoBetter(spoilt, whole, broken);
      }),
      { seed: 1, numRuns: 4 },
    );
  });

  test('a file that cannot be read, or is too large', async () => {
    const files = {
      'agents/a.blueprint.json': written(CLEAN),
      'agents/b.blueprint.json': written({ ...CLEAN, sponsors: [] }),
    };
    const large = { ...files, 'agents/b.blueprint.json': `${written(CLEAN)}${' '.repeat(10_000)}` };
    const limits = { exclude: [], respectGitignore: false, maxFileSize: 5_000 };
    const report = await lintFiles(large, { files: { root: '/', ...limits }, failOn: 'none' });
    expect(report.problems.map(({ code, uri }) => [code, uri])).toEqual([
      ['file-too-large', 'agents/b.blueprint.json'],
    ]);
    expect([report.verdict, report.exitCode]).toEqual(['incomplete', 4]);
  });

  test('a fact group that is kept elsewhere is said, and hides nothing of the other rules', async () => {
    await fc.assert(
      fc.asyncProperty(blueprint, async (value) => {
        const files = { 'agents/a.blueprint.json': written(value) };
        const declared = await lintFiles(files);
        const elsewhere = await lintFiles(files, { relationships: 'elsewhere' });
        const skipped = new Set(
          elsewhere.outcomes.flatMap((outcome) =>
            outcome.status === 'skipped' && outcome.reason === 'declared-elsewhere' ? [outcome.rule] : [],
          ),
        );
        const kept = (report: Report) =>
          report.findings.filter(({ rule }) => !skipped.has(rule)).map(({ fingerprint }) => fingerprint);
        expect(kept(elsewhere)).toEqual(kept(declared));
        expect(elsewhere.findings.some(({ rule }) => skipped.has(rule))).toBe(false);
        expect(elsewhere.ledger.evaluations.skipped).toBe(skipped.size);
        expectBalanced(elsewhere);
      }),
      { seed: 2, numRuns: 10 },
    );
  });

  test('a rule that is off is said, and hides nothing of the others', async () => {
    await fc.assert(
      fc.asyncProperty(blueprint, fc.nat(), async (value, place) => {
        const files = { 'agents/a.blueprint.json': written(value) };
        const all = await lintFiles(files);
        const rule = all.rules[place % all.rules.length]?.id ?? '';
        const without = await lintFiles(files, { ruleSeverities: { [rule]: 'off' } });
        const outcome = without.outcomes.find((each) => each.rule === rule);
        expect(outcome).toMatchObject({ status: 'skipped' });
        const kept = (report: Report) =>
          report.findings.filter((finding) => finding.rule !== rule).map(({ fingerprint }) => fingerprint);
        expect(kept(without)).toEqual(kept(all));
        expect(without.findings.some((finding) => finding.rule === rule)).toBe(false);
        expectBalanced(without);
      }),
      { seed: 3, numRuns: 10 },
    );
  });
});

test('a moment that is none is no run at all: nothing would ever expire', async () => {
  const files = { 'agents/a.blueprint.json': written(CLEAN) };
  const options: readonly LintFilesOptions[] = [{ now: 'today' }, { now: '' }, { now: NOW.replace('Z', '') }];
  for (const option of options)
    await expect(lintFiles(files, option)).rejects.toThrow('`now` must be an RFC 3339 timestamp');
});
