import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Ajv2020, type AnySchema } from 'ajv/dist/2020.js';
import { describe, expect, test } from 'vitest';
import { builtInRules } from '../../src/rules.ts';
import { ownRule } from '../config/fixtures.ts';
import { CERTIFICATE_FILE, give, httpsServer } from '../sources/https-server.ts';
import { keyFor, signingBy } from '../sources/keys.ts';
import { compilerIsBuilt } from '../support/compiler.ts';
import { TEAM_TAG as TEAM_TAG_REGO, WHOLE } from '../support/own-rules.ts';
import { folderWith, NOW, POSIX, run, type Files, type RunOptions } from './cli.ts';
import { clean } from './manifests.ts';
import { bundleOf, TEAM_TAG } from './own-bundles.ts';
import { lintJson, places } from './report.ts';

const CONFIG = 'agentid-lint.config.yaml';
const NUMBER = builtInRules().catalogue.rules.length;

function config(text: string): Files {
  return { [CONFIG]: `version: 1\n${text}` };
}

/** A folder with a bundle of one rule, which the config names, and more files. */
async function folder(files: Files = config('rules: { sources: [./team.tar.gz] }\n')): Promise<string> {
  return folderWith({ 'team.tar.gz': await bundleOf([TEAM_TAG]), 'a.yaml': clean(), ...files });
}

async function mistakes(args: readonly string[], options: RunOptions): Promise<string> {
  const { status, stdout, stderr } = await run(args, options);
  expect({ status, stdout }).toEqual({ status: 2, stdout: '' });
  expect(stderr).not.toMatch(/^\s+at |node:|internal error/m);
  return stderr;
}

describe('rules list', () => {
  test('has own rules among the others, and where they come from', async () => {
    const { status, stdout, stderr } = await run(['rules', 'list'], { cwd: await folder() });
    expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
    expect(stdout).toMatch(
      /\n\nmedium {4}ownership\/team-tag +Blueprint names no team {2}\(\.\/team\.tar\.gz\)\n\n/,
    );
    expect(stdout).toMatch(
      new RegExp(`\\n${NUMBER + 1} rules: .*\\n${NUMBER} built-in, 1 from \\./team\\.tar\\.gz\\n$`),
    );
  });

  test('tells programs the source of each rule', async () => {
    const { stdout } = await run(['rules', 'list', '-f', 'json'], { cwd: await folder() });
    const rules = JSON.parse(stdout) as readonly { readonly id: string; readonly source: object }[];
    expect(rules).toHaveLength(NUMBER + 1);
    expect(rules.map(({ id }) => id)).toEqual(rules.map(({ id }) => id).sort());
    expect(rules.find(({ id }) => id === TEAM_TAG.id)).toEqual({
      ...TEAM_TAG,
      source: { kind: 'bundle', name: './team.tar.gz' },
    });
    expect(rules[0]?.source).toEqual({ kind: 'built-in', name: 'built-in' });
  });

  test('has what the command line and the environment name', async () => {
    const cwd = await folder({ 'more.tar.gz': await bundleOf([ownRule('acme/other')]) });
    const listed = async (args: readonly string[], env = {}) =>
      (await run(['rules', 'list', '--no-builtin-rules', ...args], { cwd, env })).stdout
        .split('\n')
        .slice(-3);
    expect(await listed(['--rules', 'team.tar.gz', '--rules=./more.tar.gz'])).toEqual([
      '2 rules: 0 critical, 0 high, 2 medium, 0 low, 0 info',
      '1 from team.tar.gz, 1 from ./more.tar.gz',
      '',
    ]);
    const env = { AGENTID_LINT_RULES: 'team.tar.gz\nmore.tar.gz' };
    expect((await listed([], env))[1]).toBe('1 from team.tar.gz, 1 from more.tar.gz');
    expect((await listed(['--rules', './more.tar.gz'], env))[1]).toBe('1 from ./more.tar.gz');
  });

  test('is there whatever else is wrong with the config', async () => {
    const cwd = await folder(config('failOn: loud\nrules: { sources: [./team.tar.gz], x/y: off }\n'));
    expect(await mistakes(['lint'], { cwd })).toContain('"agentid-lint rules list" shows every rule.');
    expect((await run(['rules', 'list'], { cwd })).stdout).toContain(TEAM_TAG.id);
    expect((await run(['config', 'schema'], { cwd })).stdout).toContain(TEAM_TAG.id);
  });

  test('cannot be there when the rules are not, but for those that are built in', async () => {
    const cwd = await folder(config('rules: { sources: [./none] }\n'));
    expect(await mistakes(['rules', 'list'], { cwd })).toMatch(
      /^error: .*:2:20: source-not-found: "\.\/none" [^]*\nerror: not every rule is known\n {2}--no-config leaves out those of the config\.\n$/,
    );
    expect((await run(['rules', 'list', '--no-config'], { cwd })).status).toBe(0);
  });
});

describe('rules show', () => {
  test('prints an own rule with its source, options and examples, also by its old name', async () => {
    const cwd = await folder();
    const { status, stdout } = await run(['rules', 'show', 'ownership/team-label'], { cwd });
    expect(status).toBe(0);
    expect(stdout).toBe(`ownership/team-tag  medium
Blueprint names no team

Every blueprint names the team that runs it.

From
  ./team.tar.gz (bundle)

Looks at
  files

Applies to
  blueprint

Fix
  Name the team.

Options
  severity (every rule): off, critical, high, medium, low or info
  prefix (string, default "team-")
    What a tag begins with.

Fails: No tags (a.yaml)
  displayName: x
`);
    const json = await run(['rules', 'show', 'ownership/team-tag', '-f', 'json'], { cwd });
    expect(JSON.parse(json.stdout)).toMatchObject({
      id: 'ownership/team-tag',
      source: { kind: 'bundle', name: './team.tar.gz' },
      examples: [{ name: 'No tags', expect: 'fail' }],
    });
  });

  test('suggests own rules too', async () => {
    expect(await mistakes(['rules', 'show', 'team-tga'], { cwd: await folder() })).toBe(
      'error: there is no rule "team-tga"\n  Did you mean "ownership/team-tag"?\n',
    );
  });
});

describe('config', () => {
  test('print shows sources, settings of own rules, and where each was set', async () => {
    const text = `rules:
  sources: [./team.tar.gz]
  ownership/team-tag: { prefix: squad- }
remoteRules: { hosts: [rules.example.com], keys: [{ id: k, algorithm: HS256, file: k.txt }] }
`;
    const cwd = await folder({
      ...config(text),
      'more.tar.gz': await bundleOf([ownRule('acme/other')]),
      'k.txt': 'canary-77aa',
    });
    const { status, stdout } = await run(['config', 'print', '--rules', 'more.tar.gz'], { cwd });
    expect(status).toBe(0);
    const lines = stdout.split('\n').map((line) => line.replace(/ +# from /, ' # '));
    for (const line of [
      `    - bundle: "./team.tar.gz" # ${CONFIG}:3:13`,
      '    - bundle: "./more.tar.gz" # --rules',
      '  builtIn: true # default',
      `  hosts: [rules.example.com] # ${CONFIG}:5:16`,
      `      algorithm: HS256 # ${CONFIG}:5:44`,
      `    prefix: squad- # ${CONFIG}:4:25`,
      '  acme/other:',
    ])
      expect(lines).toContain(line);
    expect(stdout).not.toContain('canary');
  });

  test('schema knows own rules exactly', async () => {
    const { status, stdout } = await run(['config', 'schema'], { cwd: await folder() });
    expect(status).toBe(0);
    const isConfig = validator(stdout);
    const rules = (settings: object) => isConfig({ version: 1, rules: { sources: ['./x'], ...settings } });
    expect(rules({ 'ownership/team-tag': { severity: 'low', prefix: 'x' } })).toBe(true);
    expect(rules({ 'ownership/team-label': 'off' })).toBe(true);
    expect(rules({ 'ownership/team-tag': { prefix: '' } })).toBe(false);
    expect(rules({ 'ownership/team-tag': { prefx: 'x' } })).toBe(false);
    expect(rules({ 'ownership/team-tga': 'off' })).toBe(false);
    expect(rules({ 'accountability/no-owner': 'low' })).toBe(true);
  });

  test('schema without own rules is the published one, which leaves room for them', async () => {
    const isConfig = validator((await run(['config', 'schema'], { cwd: folderWith({}) })).stdout);
    const rules = (settings: object) => isConfig({ version: 1, rules: settings });
    expect(rules({ 'ownership/anything': { severity: 'low', anything: [1] } })).toBe(true);
    expect(rules({ 'ownership/anything': { severity: 'lwo' } })).toBe(false);
    expect(rules({ 'ownership/anything': 3 })).toBe(false);
    expect(rules({ 'accountability/no-onwer': 'off' })).toBe(false);
    expect(rules({ anything: 'off' })).toBe(false);
    expect(rules({ sources: ['./x', { url: 'https://x/y', sha256: 'z' }], builtIn: false })).toBe(true);
    expect(rules({ sources: [{ folder: './x', package: 'y' }] })).toBe(false);
    expect(rules({ sources: [{ folder: './x', sha256: 'y' }] })).toBe(false);
    const inOverride = { match: { path: 'a' }, rules: { sources: ['./x'] } };
    expect(isConfig({ version: 1, overrides: [inOverride] })).toBe(false);
  });

  test('P20 refuses settings that are deeper than any schema', async () => {
    const deep = `${'['.repeat(10_000)}${']'.repeat(10_000)}`;
    const text = `rules: { sources: [./team.tar.gz], ownership/team-tag: { prefix: ${deep} } }\n`;
    const stderr = await mistakes(['config', 'print'], { cwd: await folder(config(text)) });
    expect(stderr).toMatch(/^error: .*:2:\d+: too-deep: [^\n]+\n/);
  });

  test('P21 works where Node makes no code from strings', async () => {
    const text = 'rules: { sources: [./team.tar.gz], ownership/team-tag: { prefix: "" } }\n';
    const node = ['--disallow-code-generation-from-strings'];
    const stderr = await mistakes(['config', 'print'], { cwd: await folder(config(text)), node });
    expect(stderr).toMatch(
      /^error: .*:2:66: config-invalid-value: "prefix" must have at least 1 character\.\n/,
    );
  });
});

describe('a mistake about own rules ends with 2', () => {
  test('whatever it is about, each at its place', async () => {
    const text = `rules:
  sources: [./team.tar.gz]
  ownership/team-tga: off
  ownership/team-tag: { prefx: a, severity: hihg }
`;
    expect(await mistakes(['lint'], { cwd: await folder(config(text)) })).toBe(
      `error: ${CONFIG}:4:3: config-unknown-rule: There is no rule "ownership/team-tga".
  Did you mean "ownership/team-tag"?
error: ${CONFIG}:5:25: config-unknown-option: ownership/team-tag has no option "prefx".
  Did you mean "prefix"?
error: ${CONFIG}:5:45: config-invalid-value: "severity" must be one of off, critical, high, medium, low, info.
  Did you mean "high"?
`,
    );
  });

  test('a name that is taken', async () => {
    const cwd = await folder({
      'built-in.tar.gz': await bundleOf([ownRule('accountability/no-owner')]),
      'again.tar.gz': await bundleOf([ownRule('ownership/team-label')]),
    });
    const hint = '  Choose another name; built-in rules are changed in the config, not replaced.\n';
    const sources = ['--rules', './team.tar.gz', '--rules', 'built-in.tar.gz', '--rules', 'again.tar.gz'];
    expect(await mistakes(['lint', ...sources], { cwd })).toBe(
      `error: rules-name-taken: built-in.tar.gz has a rule accountability/no-owner, and there is a built-in one of that name.
${hint}error: rules-name-taken: The rule ownership/team-label is in two sources: ./team.tar.gz and again.tar.gz.
${hint}`,
    );
  });

  test.runIf(POSIX)('one source under two names is one', async () => {
    const cwd = await folder({});
    symlinkSync('team.tar.gz', join(cwd, 'linked.tar.gz'));
    const sources = [
      '--rules',
      './team.tar.gz',
      '--rules',
      join(cwd, 'team.tar.gz'),
      '--rules',
      'linked.tar.gz',
    ];
    expect((await run(['rules', 'list', ...sources], { cwd })).stdout).toContain('1 from ./team.tar.gz\n');
  });

  test('nothing to judge by', async () => {
    const hint = '  Name a source of own rules, or leave the built-in rules on.\n';
    expect(await mistakes(['lint', '--no-builtin-rules'], { cwd: folderWith({}) })).toBe(
      `error: config-no-rules: --no-builtin-rules: there is nothing to judge by, because no source of own rules is named either.\n${hint}`,
    );
    const env = { AGENTID_LINT_NO_BUILTIN_RULES: 'true' };
    expect(await mistakes(['rules', 'list'], { cwd: folderWith({}), env })).toContain(
      'config-no-rules: AGENTID_LINT_NO_BUILTIN_RULES: ',
    );
  });

  test('P16 a bundle that is not the one that was pinned', async () => {
    const bytes = await bundleOf([TEAM_TAG]);
    const sha256 = sha256Of(bytes);
    const pinned = (digest: string) =>
      config(`rules: { sources: [{ bundle: team.tar.gz, sha256: ${digest} }] }\n`);
    expect((await run(['rules', 'list'], { cwd: await folder(pinned(sha256)) })).status).toBe(0);
    const wrong = 'a'.repeat(64);
    expect(await mistakes(['lint'], { cwd: await folder(pinned(wrong)) })).toContain(
      `error: team.tar.gz: source-digest-mismatch: The sha256 of the bundle is ${sha256}, and not the one that was pinned.\n`,
    );
    // Named once with the digest and once without, it is still held to the digest.
    const twice = config(`rules: { sources: [./team.tar.gz, { bundle: team.tar.gz, sha256: ${wrong} }] }\n`);
    expect(await mistakes(['lint'], { cwd: await folder(twice) })).toContain('source-digest-mismatch');
  });

  test('P16 a bundle with a signature that no key of the config made', async () => {
    const signed = await bundleOf([TEAM_TAG], signingBy('ES256'));
    const listed = (files: Files, keys: string) =>
      run(['rules', 'list'], {
        cwd: folderWith({
          'team.tar.gz': signed,
          'k.pem': keyFor('ES256').key,
          'other.pem': keyFor('RS256').key,
          ...config(`rules: { sources: [./team.tar.gz] }\nremoteRules: { keys: [${keys}] }\n`),
          ...files,
        }),
      });
    expect((await listed({}, '{ id: acme, algorithm: ES256, file: k.pem }')).status).toBe(0);
    expect((await listed({}, '')).status).toBe(0);
    const unsigned = { 'team.tar.gz': await bundleOf([TEAM_TAG]) };
    expect((await listed(unsigned, '{ id: acme, algorithm: ES256, file: k.pem }')).status).toBe(0);
    const other = await listed({}, '{ id: other, algorithm: RS256, file: other.pem }');
    expect(other.status).toBe(2);
    expect(other.stderr).toContain('error: team.tar.gz: bundle-signature-key: ');
  });

  test('a bundle that is none', async () => {
    const cwd = await folder({ ...config('rules: { sources: [./team.tar.gz] }\n'), 'team.tar.gz': 'text' });
    expect(await mistakes(['lint'], { cwd })).toMatch(/^error: team\.tar\.gz: bundle-not-gzip: /);
  });

  test('a module that cannot be run', async () => {
    expect(await mistakes(['lint'], { cwd: await folder() })).toContain('./team.tar.gz');
  });

  test('an npm package that is not installed', async () => {
    const cwd = folderWith(config('rules: { sources: ["@company/rules"] }\n'));
    expect(await mistakes(['lint'], { cwd })).toMatch(/^error: source-package-not-installed: /);
  });
});

test('rules of an installed npm package are used, from the nearest folder that has it', async () => {
  const cwd = folderWith({
    ...config('rules: { sources: ["@company/rules"] }\n'),
    'node_modules/@company/rules/package.json': JSON.stringify({
      name: '@company/rules',
      'agentid-lint': { rules: './dist/team.tar.gz' },
    }),
    'node_modules/@company/rules/dist/team.tar.gz': await bundleOf([TEAM_TAG]),
  });
  mkdirSync(join(cwd, 'deep/er'), { recursive: true });
  const { status, stdout } = await run(['rules', 'show', TEAM_TAG.id], {
    cwd: join(cwd, 'deep/er'),
    env: { AGENTID_LINT_CONFIG: `../../${CONFIG}` },
  });
  expect(status).toBe(0);
  expect(stdout).toContain('From\n  @company/rules (package)\n');
});

describe('rules from an https address', () => {
  /** What `rules list` says with a bundle from a server that the config names. */
  async function listed(bytes: Uint8Array, remote: object, pin = sha256Of(bytes)) {
    const { host } = await httpsServer(give(bytes));
    const cwd = folderWith({
      'k.pem': keyFor('ES256').key,
      'agentid-lint.config.json': JSON.stringify({
        version: 1,
        rules: { sources: [`https://${host}/team.tar.gz#sha256=${pin}`] },
        remoteRules: { hosts: [host], ...remote },
      }),
    });
    const env = { NODE_EXTRA_CA_CERTS: fileURLToPath(CERTIFICATE_FILE) };
    const { status, stdout, stderr } = await run(['rules', 'list'], { cwd, env });
    return { status, out: stdout.replaceAll(host, 'HOST'), said: stderr.replaceAll(host, 'HOST') };
  }
  const keys = [{ id: 'acme', algorithm: 'ES256', file: 'k.pem' }];

  test('are used when they are pinned and signed with a key of the config', async () => {
    const { status, out, said } = await listed(await bundleOf([TEAM_TAG], signingBy('ES256')), { keys });
    expect({ status, said }).toEqual({ status: 0, said: '' });
    expect(out).toContain(`\n${NUMBER} built-in, 1 from https://HOST/team.tar.gz\n`);
  });

  test('are refused unsigned, unless the config says otherwise', async () => {
    const unsigned = await bundleOf([TEAM_TAG]);
    const refused = await listed(unsigned, { keys });
    expect([refused.status, refused.said]).toEqual([
      2,
      expect.stringContaining('error: bundle-not-signed: '),
    ]);
    expect((await listed(unsigned, { keys, requireSignature: false })).status).toBe(0);
  });

  test('are refused with a signature that no key of the config made, whatever the config asks for', async () => {
    const foreign = await bundleOf([TEAM_TAG], signingBy('RS256'));
    const remote = { keys, requireSignature: false };
    expect(await listed(foreign, remote)).toMatchObject({
      status: 2,
      said: expect.stringContaining('error: bundle-signature-algorithm: ') as unknown,
    });
    expect((await listed(foreign, { requireSignature: false })).status).toBe(0);
  });
});

describe.skipIf(!compilerIsBuilt())('rules in a folder', () => {
  const RULES = Object.fromEntries(Object.entries(WHOLE).map(([path, text]) => [`rules/${path}`, text]));
  const files = (text: string): Files => ({ ...RULES, 'a.yaml': clean(), ...config(text) });
  const FINDING = 'a.yaml:1:1 ownership/team-tag';

  test('judge beside the built-in ones, or alone', async () => {
    const cwd = folderWith(files('rules: { sources: [./rules], ownership/team-tag: high }\n'));
    const both = await lintJson([], { cwd });
    expect({ status: both.status, stderr: both.stderr }).toEqual({ status: 1, stderr: '' });
    expect(places(both.report)).toEqual([FINDING]);
    expect(both.report.outcomes).toHaveLength(NUMBER + 1);
    const alone = await lintJson(['--no-builtin-rules'], { cwd });
    expect(places(alone.report)).toEqual([FINDING]);
    expect(alone.report.outcomes.map(({ rule }) => rule)).toEqual(['ownership/team-tag']);
  });

  test('take their settings from the config, by file and from the command line', async () => {
    const text = `rules:
  sources: [./rules]
  ownership/team-tag: { tags: ["squad:*"] }
overrides: [{ match: { path: b.yaml }, rules: { ownership/team-tag: { tags: ["crew:*"] } } }]
`;
    const tagged = (tag: string) => `${clean()}tags: ["${tag}"]\n`;
    const cwd = folderWith({
      ...files(text),
      'a.yaml': tagged('squad:a'),
      'b.yaml': tagged('squad:b'),
      'c.yaml': tagged('team:c'),
    });
    const { report } = await lintJson([], { cwd });
    expect(places(report).map((place) => place.split(':')[0])).toEqual(['b.yaml', 'c.yaml']);
    const skipped = await lintJson(['--skip-rule', 'ownership/*'], { cwd });
    expect(places(skipped.report)).toEqual([]);
    const only = await lintJson(['--rule', 'ownership/*', '--fail-on', 'low'], { cwd });
    expect([only.status, places(only.report).length]).toEqual([1, 2]);
  });

  test('are compiled once and then come from the cache', async () => {
    const cwd = folderWith(files('rules: { sources: [./rules] }\n'));
    const env = { AGENTID_LINT_CACHE_DIR: join(cwd, '.cache') };
    const args = ['--now', NOW];
    const uncached = await lintJson([...args, '--no-cache'], { cwd, env });
    expect(existsSync(join(cwd, '.cache'))).toBe(false);
    const first = await lintJson(args, { cwd, env });
    expect(readdirSync(join(cwd, '.cache/v1'))).toHaveLength(1);
    const second = await lintJson(args, { cwd, env });
    // Another compiler has entries of its own; this one is none.
    expect(await mistakes(['lint', '--opa', './no-opa'], { cwd, env })).toContain('rules-compiler-missing');
    expect([first.stdout, second.stdout]).toEqual([uncached.stdout, uncached.stdout]);
  });

  test('that do not compile are told at their line', async () => {
    const broken = TEAM_TAG_REGO.replace('input.name,', 'input.nmae,');
    const cwd = folderWith({
      ...files('rules: { sources: [./rules] }\n'),
      'rules/ownership/team_tag.rego': broken,
    });
    expect(await mistakes(['lint'], { cwd })).toMatch(
      /^error: rules\/ownership\/team_tag\.rego:\d+:\d+: rules-unknown-field: /,
    );
  });

  test('P21 work where Node makes no code from strings', async () => {
    const cwd = folderWith(files('rules: { sources: [./rules], ownership/team-tag: { severity: high } }\n'));
    const { report } = await lintJson([], { cwd, node: ['--disallow-code-generation-from-strings'] });
    expect(places(report)).toEqual([FINDING]);
  });
});

function sha256Of(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex');
}

function validator(schema: string): (value: unknown) => boolean {
  const ajv = new Ajv2020({
    strict: true,
    strictRequired: false,
    allowUnionTypes: true,
    ownProperties: true,
  });
  const validate = ajv.compile(JSON.parse(schema) as AnySchema);
  return (value) => validate(value) === true;
}
