import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { DOCUMENT_KINDS, type DocumentKind } from '../../src/model/vocabulary.ts';
import { writeRule } from '../../src/rules/new.ts';
import { compilerIsBuilt } from '../support/compiler.ts';
import { folderWith, POSIX, run, type Files } from './cli.ts';
import { lintJson } from './report.ts';

const CONFIG = 'agentid-lint.config.yaml';
const KINDS = DOCUMENT_KINDS;

function written(folder: string): string {
  return ['tag.rego', 'tag_test.rego', 'tag.examples.yaml']
    .map((file) => `wrote ${folder}/own/${file}\n`)
    .join('');
}

async function refused(args: readonly string[], files: Files = {}): Promise<string> {
  const cwd = folderWith(files);
  const before = readdirSync(cwd, { recursive: true });
  const { status, stdout, stderr } = await run(['rules', 'new', ...args], { cwd });
  expect({ status, stdout }).toEqual({ status: 2, stdout: '' });
  expect(readdirSync(cwd, { recursive: true })).toEqual(before);
  return stderr;
}

describe('rules new', () => {
  test('says what it wrote, what comes next, and how every run finds the rule', async () => {
    const cwd = folderWith({});
    expect(await run(['rules', 'new', 'own/tag'], { cwd })).toEqual({
      status: 0,
      signal: null,
      stderr: '',
      stdout: `${written('rules')}
Say in rules/own/tag.rego what the rule finds. Then:
  agentid-lint rules check ./rules
  agentid-lint rules test ./rules --coverage
  agentid-lint lint --rules ./rules

For every run, write agentid-lint.config.yaml:
  version: 1
  rules: { sources: [./rules] }
`,
    });
  });

  test('says no more than it wrote when it is to be quiet', async () => {
    const { stdout } = await run(['rules', 'new', 'own/tag', '-q'], { cwd: folderWith({}) });
    expect(stdout).toBe(written('rules'));
  });

  test.each([
    ['a list', 'rules: { sources: [./team.tar.gz, ./policies, ./more] }\n', 'policies'],
    ['a folder that is not there yet', 'rules: { sources: [{ folder: policies }] }\n', 'policies'],
  ])('uses the first folder of the config: %s', async (_, text, folder) => {
    const cwd = folderWith({ [CONFIG]: `version: 1\n${text}`, 'team.tar.gz': '' });
    const { status, stdout } = await run(['rules', 'new', 'own/tag'], { cwd });
    expect({ status, stdout }).toEqual({
      status: 0,
      stdout: `${written(folder)}
Say in policies/own/tag.rego what the rule finds. Then:
  agentid-lint rules check ./policies
  agentid-lint rules test ./policies --coverage
  agentid-lint lint
`,
    });
  });

  test('names the line that a config lacks', async () => {
    const cwd = folderWith({ [CONFIG]: 'version: 1\nrules: { sources: [./policies] }\n', 'a/b.yaml': '' });
    const { stdout } = await run(['rules', 'new', 'own/tag', '--dir', "it's mine"], { cwd: join(cwd, 'a') });
    expect(stdout).toBe(`${written("it's mine")}
Say in it's mine/own/tag.rego what the rule finds. Then:
  agentid-lint rules check 'it'\\''s mine'
  agentid-lint rules test 'it'\\''s mine' --coverage
  agentid-lint lint --rules 'it'\\''s mine'

For every run, add to "rules" in ../agentid-lint.config.yaml:
  sources: ["./a/it's mine"]
`);
  });

  test('works in a folder below that of the config', async () => {
    const cwd = folderWith({ [CONFIG]: 'version: 1\nrules: { sources: [./policies] }\n', 'a/b.yaml': '' });
    const { stdout } = await run(['rules', 'new', 'own/tag'], { cwd: join(cwd, 'a') });
    expect(stdout).toContain('wrote ../policies/own/tag.rego\n');
    expect(stdout).toContain('\n  agentid-lint rules check ../policies\n');
  });

  test('overwrites nothing', async () => {
    const files = { 'rules/own/tag_test.rego': 'mine' };
    expect(await refused(['own/tag'], files)).toBe(
      'error: rules/own/tag_test.rego: rules-name-taken: The file exists already.\n  Choose another name. Nothing was written.\n',
    );
  });

  test.each([
    [[], 'error: the id of the rule is missing\n'],
    [['own'], 'error: rules-invalid-name: "own" is no id of a rule.\n'],
    [['../x/y'], 'error: rules-invalid-name: "../x/y" is no id of a rule.\n'],
    [['lib/x'], 'error: rules-reserved-domain: "lib" is a reserved name.\n'],
    [
      ['accountability/no-owner'],
      'error: rules-name-taken: accountability/no-owner is the id of a built-in rule.\n',
    ],
    [['own/x', '--severity', 'worse'], 'error: --severity: unknown value "worse"\n'],
    [['own/x', '--applies-to', 'bot'], 'error: --applies-to: unknown value "bot"\n'],
    [['own/x', '--title', ' '], 'error: --title: must have 3 to 120 characters\n'],
    [['own/x', '--dir', ''], 'error: --dir: the value is empty\n'],
    [['own/x', '--force'], 'error: unknown option "--force"\n'],
    [['own/x', 'own/y'], 'error: too many arguments'],
  ])('is not done for %j', async (args, first) => {
    expect(await refused(args)).toMatch(new RegExp(`^${first.replaceAll(/[.?()]/g, String.raw`\$&`)}`));
  });

  test('is not done with a config that cannot be read', async () => {
    expect(await refused(['own/x'], { [CONFIG]: 'version: 1\nrules: { sources: 7 }\n' })).toMatch(
      /^error: agentid-lint\.config\.yaml:2:19: config-/,
    );
  });

  test.runIf(POSIX)('leaves nothing behind where it may not write', async () => {
    const cwd = folderWith({ rules: 'a file' });
    const { status, stderr } = await run(['rules', 'new', 'own/tag'], { cwd });
    expect({ status, stderr }).toEqual({
      status: 10,
      stderr: expect.stringMatching(
        /^error: could not write the rule: .* \((?:ENOTDIR|EEXIST)\)\n$/,
      ) as unknown,
    });
    expect(statSync(join(cwd, 'rules')).isFile()).toBe(true);
  });
});

describe.skipIf(!compilerIsBuilt())('a rule that was just started', () => {
  /** Names that mean something in Rego, or in the unit test itself. */
  const NAMES = ['count', 'data', 'found', 'input', 'judged', 'kind', 'object', 'set', 'testing', 'value'];

  test('passes every check and test, is covered, and finds something, whatever it judges', async () => {
    const cwd = folderWith({
      'a.yaml': 'kind: agentIdentityBlueprint\ndisplayName: invoice-bot\nnotes: draft\n',
    });
    const place = { cwd, folder: join(cwd, 'rules'), ids: new Set<string>() };
    const start = (domain: string, name: string, kinds: readonly DocumentKind[]) =>
      writeRule({ domain, name, title: 'Tag is wrong', severity: 'low', kinds }, place);
    const given = ['--title', 'It is "odd": #1', '--severity', 'critical'];
    expect(await run(['rules', 'new', 'own/tag', ...given], { cwd })).toMatchObject({
      status: 0,
      stderr: '',
    });
    start('own', 'every_kind', KINDS);
    for (const kind of KINDS) start('own', `of_${kind.toLowerCase()}`, [kind]);
    for (const name of NAMES) start('import', name, ['blueprint']);
    const number = 2 + KINDS.length + NAMES.length;

    const checked = await run(['rules', 'check'], { cwd });
    expect(checked).toMatchObject({ status: 0, stderr: '', stdout: `${number} rules in ./rules: ok\n` });
    const tested = await run(['rules', 'test', '--coverage', '--threshold', '100'], { cwd });
    expect(tested.status, tested.stdout + tested.stderr).toBe(0);

    const { report } = await lintJson(['--rules', 'rules', '--rule', 'own/tag'], { cwd });
    expect(report.findings.map(({ rule, severity, message }) => ({ rule, severity, message }))).toEqual([
      { rule: 'own/tag', severity: 'critical', message: 'notes of "invoice-bot" says "draft"' },
    ]);
    expect(readFileSync(join(cwd, 'rules/own/tag.rego'), 'utf8')).toContain(
      '# title: "It is \\"odd\\": #1"\n',
    );
  }, 60_000);
});
