import { existsSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { createHash } from 'node:crypto';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { ecPair, PAIRS, rsaPair } from '../sources/keys.ts';
import { compilerIsBuilt } from '../support/compiler.ts';
import { WHOLE } from '../support/own-rules.ts';
import { folderWith, POSIX, run, type Files, type RunOptions } from './cli.ts';
import { lintJson } from './report.ts';

const RULES: Files = Object.fromEntries(Object.entries(WHOLE).map(([path, text]) => [`rules/${path}`, text]));
const MANIFEST: Files = { 'a.yaml': 'kind: agentIdentityBlueprint\ndisplayName: claims-triage\n' };
const KEYS = PAIRS['RS256'] ?? rsaPair();

function build(args: readonly string[], options: RunOptions) {
  return run(['rules', 'build', ...args], options);
}

async function refused(args: readonly string[], files: Files = {}, env = {}): Promise<string> {
  const cwd = folderWith({ ...RULES, ...files });
  const { status, stdout, stderr } = await build(args, { cwd, env });
  expect({ status, stdout }).toEqual({ status: 2, stdout: '' });
  expect(existsSync(join(cwd, 'team.tar.gz'))).toBe(false);
  return stderr;
}

function sha256(file: string): string {
  return createHash('sha256').update(readFileSync(file)).digest('hex');
}

describe('rules build is not done', () => {
  test.each([
    ['without a file', [], 'error: required option "-o, --output <file>" not specified\n'],
    [
      'into a file that no source could be',
      ['-o', 'team.zip'],
      'error: --output: "team.zip" does not end in .tar.gz\n',
    ],
    [
      'into a file without a name',
      ['-o', 'x/.tar.gz'],
      'error: --output: "x/.tar.gz" does not end in .tar.gz\n',
    ],
    [
      'with a format that there is not',
      ['-o', 'team.tar.gz', '-f', 'yaml'],
      'error: --format: unknown value "yaml"\n',
    ],
    [
      'with a key and nothing to sign',
      ['-o', 'team.tar.gz', '--key', 'k.pem'],
      'error: --key is given without --sign\n',
    ],
    [
      'with a key id and nothing to sign',
      ['-o', 'team.tar.gz', '--key-id', 'k'],
      'error: --key-id is given without --sign\n',
    ],
    ['signed without a key', ['-o', 'team.tar.gz', '--sign'], 'error: --sign needs a key\n'],
    [
      'signed by another algorithm',
      ['-o', 'team.tar.gz', '--sign', '--key', 'k.pem', '--algorithm', 'RS257'],
      'error: --algorithm: unknown value "RS257"\n',
    ],
    [
      'signed with a key without a name',
      ['-o', 'team.tar.gz', '--sign', '--key', 'k.pem', '--key-id', ''],
      'error: --key-id is not a name of 1 to 256 characters\n',
    ],
    [
      'signed with a key that is not there',
      ['-o', 'team.tar.gz', '--sign', '--key', 'no.pem'],
      'error: no.pem: bundle-key-unusable: There is no such file.\n',
    ],
    [
      'signed with a folder',
      ['-o', 'team.tar.gz', '--sign', '--key', 'rules'],
      'error: rules: bundle-key-unusable: The key is no regular file.\n',
    ],
    [
      'of a folder that is not there',
      ['nowhere', '-o', 'team.tar.gz'],
      'error: source-not-found: There is no folder',
    ],
  ])('%s', async (_, args, first) => {
    expect((await refused(args, { 'k.pem': KEYS.privateKey })).startsWith(first)).toBe(true);
  });

  test('of several folders at once', async () => {
    const config = { 'agentid-lint.config.yaml': 'version: 1\nrules: { sources: [./rules, ./more] }\n' };
    expect(await refused(['-o', 'team.tar.gz'], { ...config, 'more/own/x.rego': '' })).toBe(
      'error: there are several folders of rules: ./rules, ./more\n  Name one of them.\n',
    );
  });

  test.each([
    ['the public half', KEYS.publicKey, 'The key is no private key in PEM without a passphrase.'],
    [
      'another kind',
      ecPair('P-256').privateKey,
      'The key is not of the kind that RS256 takes, which is RSA.',
    ],
    ['no key', 'correct horse battery staple', 'The key is no private key in PEM without a passphrase.'],
  ])('O17 with %s of a key, and the key is not shown', async (_, key, message) => {
    const args = ['-o', 'team.tar.gz', '--sign'];
    const inFile = await refused([...args, '--key', 'k.pem'], { 'k.pem': key });
    expect(inFile.split('\n')[0]).toBe(`error: k.pem: bundle-key-unusable: ${message}`);
    const inVariable = await refused(args, {}, { AGENTID_LINT_SIGNING_KEY: key });
    expect(inVariable.split('\n')[0]).toBe(
      `error: AGENTID_LINT_SIGNING_KEY: bundle-key-unusable: ${message}`,
    );
    for (const line of key.trim().split('\n')) expect(inFile + inVariable).not.toContain(line);
  });
});

describe.skipIf(!compilerIsBuilt())('rules build', () => {
  test('makes a file that is used from another folder, pinned and verified', async () => {
    const home = folderWith({ ...RULES, 'k.pem': KEYS.privateKey });
    const args = ['-o', 'team.tar.gz', '--sign', '--key', 'k.pem', '--key-id', 'team'];
    const { status, stdout, stderr } = await build(args, { cwd: home });
    const bytes = readFileSync(join(home, 'team.tar.gz'));
    const pin = sha256(join(home, 'team.tar.gz'));
    expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
    expect(stdout).toMatch(
      new RegExp(`^wrote team\\.tar\\.gz: 1 rule, ${(bytes.length / 1024).toFixed(1)} KiB, signed with the key "team" by RS256
sha256 ${pin}  of the file, to pin it
digest sha256:[0-9a-f]{64}  of its content, as reports show it

To use it once:
  agentid-lint lint --rules ./team\\.tar\\.gz
In every run, as it is now, by the config:
  rules:
    sources:
      - \\{ bundle: \\./team\\.tar\\.gz, sha256: ${pin} \\}
  remoteRules:
    keys:
      - \\{ id: team, algorithm: RS256, file: <its public key> \\}
$`),
    );
    expect(stdout).not.toContain(KEYS.privateKey.split('\n')[1] ?? '');

    const config = stdout
      .split('by the config:\n')[1]
      ?.replaceAll(/^ {2}/gm, '')
      .replace('<its public key>', 'team.pub.pem');
    const other = folderWith({
      ...MANIFEST,
      'agentid-lint.config.yaml': `version: 1\n${config ?? ''}`,
      'team.tar.gz': bytes,
      'team.pub.pem': KEYS.publicKey,
    });
    const { report } = await lintJson(['--rule', 'ownership/team-tag'], { cwd: other });
    expect(report.findings.map(({ rule }) => rule)).toEqual(['ownership/team-tag']);

    writeFileSync(join(other, 'team.pub.pem'), rsaPair().publicKey);
    expect((await run(['lint'], { cwd: other })).stderr).toMatch(/bundle-signature-invalid/);
  });

  test('gives equal bytes for equal rules, wherever they stand', async () => {
    const [one, other] = [folderWith(RULES), folderWith({ 'x/y/z.txt': '' })];
    mkdirSync(join(other, 'deep', 'er', 'ownership'), { recursive: true });
    for (const [path, text] of Object.entries(WHOLE)) writeFileSync(join(other, 'deep', 'er', path), text);
    await Promise.all([
      build(['-o', 'team.tar.gz'], { cwd: one }),
      build(['deep/er', '-o', 'x/team.tgz', '--no-config'], { cwd: other }),
    ]);
    expect(sha256(join(other, 'x', 'team.tgz'))).toBe(sha256(join(one, 'team.tar.gz')));
  });

  test('tells programs what it made', async () => {
    const cwd = folderWith(RULES);
    const { stdout } = await build(['./rules', '-o', 'team.tar.gz', '-f', 'json'], {
      cwd,
      env: { AGENTID_LINT_SIGNING_KEY: KEYS.privateKey },
    });
    expect(JSON.parse(stdout)).toEqual({
      format: 'rules-build-v1',
      file: 'team.tar.gz',
      bytes: statSync(join(cwd, 'team.tar.gz')).size,
      sha256: sha256(join(cwd, 'team.tar.gz')),
      digest: expect.stringMatching(/^sha256:[0-9a-f]{64}$/) as unknown,
      rules: ['ownership/team-tag'],
      // A key that lies ready signs nothing that nobody asked to sign.
      signature: null,
    });
  });

  test('signs with a key from the environment, and shows no more than its lines', async () => {
    const cwd = folderWith(RULES);
    const { stdout, stderr } = await build(['-o', 'team.tar.gz', '--sign', '-q'], {
      cwd,
      env: { AGENTID_LINT_SIGNING_KEY: KEYS.privateKey },
    });
    expect(stderr).toBe('');
    expect(stdout).toMatch(
      /^wrote team\.tar\.gz: 1 rule, .*, signed with the key "default" by RS256\nsha256 .*\ndigest .*\n$/,
    );
  });

  test('tells everything that is wrong with rules and examples, and keeps an older file', async () => {
    const rule = RULES['rules/ownership/team_tag.rego'] ?? '';
    const cwd = folderWith({
      ...RULES,
      'rules/ownership/team_tag.rego': String(rule).replace('input.properties,', 'input.propertys,'),
      'rules/ownership/team_tag.examples.yaml': '- name: Only a name\n',
      'team.tar.gz': 'older',
    });
    const { status, stdout, stderr } = await build(['-o', 'team.tar.gz'], { cwd });
    expect({ status, stdout }).toEqual({ status: 2, stdout: '' });
    expect(stderr.match(/^error: \S+ rules-\S+/gm)).toEqual([
      'error: rules/ownership/team_tag.examples.yaml:1:3: rules-examples-missing-key:',
      'error: rules/ownership/team_tag.examples.yaml:1:3: rules-examples-missing-key:',
      'error: rules/ownership/team_tag.examples.yaml:1:3: rules-examples-missing-key:',
      expect.stringMatching(/^error: rules\/ownership\/team_tag\.rego:\d+:\d+: rules-unknown-field:$/),
    ]);
    expect(readFileSync(join(cwd, 'team.tar.gz'), 'utf8')).toBe('older');
  });

  test.runIf(POSIX)('leaves nothing behind where it cannot write', async () => {
    const cwd = folderWith(RULES);
    const { status, stdout, stderr } = await build(['-o', 'no/team.tar.gz'], { cwd });
    expect({ status, stdout, stderr }).toEqual({
      status: 10,
      stdout: '',
      stderr: 'error: could not write the bundle to no/team.tar.gz: its folder does not exist (ENOENT)\n',
    });
    expect(readdirSync(cwd).sort()).toEqual(['rules']);
  });
});
