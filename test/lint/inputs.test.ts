import { describe, expect, test } from 'vitest';
import type { Report } from '../../src/findings/report.ts';
import { lintFiles, type LintFilesOptions } from '../support/lint-files.ts';

const BLUEPRINT = 'kind: agentIdentityBlueprint\ndisplayName: lf-invoice-prd\n';
const APPLICATION =
  '{ "displayName": "x", "appId": "11111111-2222-4333-8444-555555555555", "signInAudience": "AzureADMyOrg" }';
const MISSPELT = 'kind: agentIdentityBlueprint\ndisplayNane: x\n';
const NOTHING = { read: 0, failed: 0, ignored: 0, unmarked: [], excluded: [] };

function stdin(text: string, uri = 'agents/stdin.yaml'): LintFilesOptions {
  return { stdin: { uri, bytes: Buffer.from(text) } };
}

async function ledgerOf(files: Readonly<Record<string, string>>, options: LintFilesOptions = {}) {
  const { ledger, problems } = await lintFiles(files, options);
  return {
    inputs: ledger.inputs,
    resources: ledger.resources,
    problems: problems.map(({ code, uri }) => `${String(uri)} ${code}`),
  };
}

function filesIn({ findings }: Report): readonly string[] {
  return [...new Set(findings.map(({ location }) => location.uri))];
}

describe('every file is counted once, under what became of it', () => {
  test.each<readonly [string, Readonly<Record<string, string>>, object, object]>([
    ['one that holds a resource', { 'a.yaml': BLUEPRINT }, { read: 1 }, { total: 1, judged: 1, failed: 0 }],
    [
      'one that holds nothing of ours',
      { 'a.yaml': 'a: 1\n' },
      { ignored: 1 },
      { total: 0, judged: 0, failed: 0 },
    ],
    [
      'one that only mentions our words',
      { 'a.yaml': 'text: agentIdentityBlueprint\n' },
      { ignored: 1 },
      { total: 0, judged: 0, failed: 0 },
    ],
    [
      'an application that does not say what it is',
      { 'a.json': APPLICATION },
      { unmarked: ['a.json'] },
      { total: 0, judged: 0, failed: 0 },
    ],
    [
      'a stream of two',
      { 'a.yaml': `${BLUEPRINT}---\n${BLUEPRINT}` },
      { read: 1 },
      { total: 2, judged: 2, failed: 0 },
    ],
  ])('%s', async (_, files, inputs, resources) => {
    expect(await ledgerOf(files)).toEqual({ inputs: { ...NOTHING, ...inputs }, resources, problems: [] });
  });

  test('one that cannot be parsed', async () => {
    expect(await ledgerOf({ 'a.yaml': `${BLUEPRINT}tags: [\n` })).toEqual({
      inputs: { ...NOTHING, failed: 1 },
      resources: { total: 0, judged: 0, failed: 0 },
      problems: ['a.yaml yaml-syntax'],
    });
  });

  test('one of which a resource is refused', async () => {
    expect(await ledgerOf({ 'a.yaml': `${BLUEPRINT}---\n${MISSPELT}` })).toEqual({
      inputs: { ...NOTHING, read: 1 },
      resources: { total: 2, judged: 1, failed: 1 },
      problems: ['a.yaml unknown-property'],
    });
  });

  test('one that is left out', async () => {
    const files = { root: '', exclude: ['drafts/**'], respectGitignore: false, maxFileSize: 10_000 };
    const { inputs } = await ledgerOf({ 'a.yaml': BLUEPRINT, 'drafts/b.yaml': BLUEPRINT }, { files });
    expect(inputs.read).toBe(1);
  });

  test('one that is named and holds nothing of ours, or a fault', async () => {
    expect(
      await ledgerOf({ 'a.yaml': 'a: 1\n', 'b.yaml': 'a: [\n' }, { paths: ['a.yaml', 'b.yaml'] }),
    ).toEqual({
      inputs: { ...NOTHING, ignored: 1, failed: 1 },
      resources: { total: 0, judged: 0, failed: 0 },
      problems: ['b.yaml yaml-syntax'],
    });
  });

  test("a fault in a file that is not ours is nobody's business", async () => {
    expect(await ledgerOf({ 'a.yaml': BLUEPRINT, 'tsconfig.json': '{ // comment\n}' })).toMatchObject({
      inputs: { read: 1, failed: 0, ignored: 1 },
      problems: [],
    });
  });
});

describe('standard input', () => {
  test('is judged alone when nothing else is named', async () => {
    const report = await lintFiles({ 'a.yaml': BLUEPRINT }, stdin(BLUEPRINT));
    expect(filesIn(report)).toEqual(['agents/stdin.yaml']);
    expect(report.ledger.inputs).toEqual({ ...NOTHING, read: 1 });
  });

  test('is judged beside what is named', async () => {
    const report = await lintFiles(
      { 'a.yaml': BLUEPRINT, 'b.yaml': BLUEPRINT },
      { ...stdin(BLUEPRINT), paths: ['a.yaml'] },
    );
    expect(filesIn(report)).toEqual(['a.yaml', 'agents/stdin.yaml']);
    expect(report.ledger.inputs.read).toBe(2);
  });

  test('is read in the language that its name says', async () => {
    const json = JSON.stringify({ kind: 'agentIdentityBlueprint', displayName: 'x' });
    expect((await lintFiles({}, stdin(json, 'a.json'))).ledger.inputs.read).toBe(1);
    const { problems } = await lintFiles({}, stdin(BLUEPRINT, 'a.json'));
    expect(problems.map(({ code }) => code)).toEqual(['json-looks-like-yaml']);
  });

  test.each([
    ['empty', '', 'empty-document'],
    ['not text', '\0', 'control-character'],
    ['a fault', 'a: [', 'yaml-syntax'],
  ])('that is %s is a problem', async (_, text, code) => {
    const report = await lintFiles({}, stdin(text));
    expect(report.problems.map((problem) => problem.code)).toEqual([code]);
    expect([report.verdict, report.exitCode]).toEqual(['incomplete', 4]);
    expect(report.ledger.inputs).toEqual({ ...NOTHING, failed: 1 });
  });

  test('that is larger than the limit is a problem', async () => {
    const files = { root: '/', exclude: [], respectGitignore: false, maxFileSize: 100 };
    const report = await lintFiles({}, { ...stdin(`${BLUEPRINT}${' '.repeat(100)}`), files });
    expect(report.problems).toMatchObject([
      {
        code: 'file-too-large',
        uri: 'agents/stdin.yaml',
        message: 'The input is larger than the limit of 100 bytes.',
      },
    ]);
    expect(report.exitCode).toBe(4);
  });

  test('beside which nothing is found for a name is incomplete', async () => {
    const report = await lintFiles({}, { ...stdin(BLUEPRINT), paths: ['gone.yaml'], failOn: 'none' });
    expect([report.verdict, report.exitCode]).toEqual(['incomplete', 4]);
    expect(report.ledger.inputs).toMatchObject({ read: 1, failed: 1 });
  });
});

test('what the config says a file is, it is', async () => {
  const { ledger, findings } = await lintFiles(
    { 'a.json': APPLICATION },
    { hintsFor: () => ({ as: 'blueprint', relationships: 'elsewhere' }) },
  );
  expect(ledger.inputs).toEqual({ ...NOTHING, read: 1 });
  expect(findings.map(({ rule }) => rule)).not.toContain('accountability/blueprint-no-sponsor');
});

describe('an emptied file is not passed over', () => {
  test.each([
    ['that is called a blueprint', 'agents/a.blueprint.yaml', {}],
    ['that the config names', 'agents/a.yaml', { isManifest: () => true }],
  ])('%s', async (_, name, options) => {
    const { exitCode, problems } = await lintFiles(
      { [name]: '', 'b.yaml': BLUEPRINT },
      { ...options, failOn: 'none' },
    );
    expect([exitCode, problems.map(({ code }) => code)]).toEqual([4, ['empty-document']]);
  });

  test('and when nobody knows it, it is none of our business', async () => {
    const { inputs } = await ledgerOf({ 'agents/a.yaml': '', 'b.yaml': BLUEPRINT });
    expect(inputs).toEqual({ ...NOTHING, read: 1, ignored: 1 });
  });
});

test('where nothing at all could be judged, leave to be incomplete is no pass', async () => {
  const { exitCode } = await lintFiles({ 'a.blueprint.yaml': '{' }, { allowIncomplete: true });
  expect(exitCode).toBe(3);
});

test('stages are told in their order', async () => {
  const stages: string[] = [];
  await lintFiles({ 'a.yaml': BLUEPRINT }, { onStage: (stage) => stages.push(stage) });
  expect(stages).toEqual(['read', 'prepare', 'evaluate', 'locate']);
});

describe('texts that are not on disk', () => {
  const texts = [
    { uri: 'b/second.yaml', text: BLUEPRINT.replace('invoice', 'second') },
    { uri: 'a/first.yaml', text: BLUEPRINT },
    { uri: 'notes.yaml', text: 'a: 1\n' },
  ];

  test('are read as files are, in the order of their names, and no file besides', async () => {
    const report = await lintFiles({ 'on-disk.yaml': BLUEPRINT }, { texts });
    expect(filesIn(report)).toEqual(['a/first.yaml', 'b/second.yaml']);
    expect(report.ledger.inputs).toEqual({ ...NOTHING, read: 2, ignored: 1 });
  });

  test('are read beside the files that are named', async () => {
    const report = await lintFiles(
      { 'c.yaml': BLUEPRINT.replace('invoice', 'c') },
      { texts, paths: ['c.yaml'] },
    );
    expect(filesIn(report)).toEqual(['a/first.yaml', 'b/second.yaml', 'c.yaml']);
  });
});
