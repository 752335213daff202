import { symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { loaded, loadIn, problems, workspace, yaml } from './workspace.ts';

const FILE = 'agentid-lint.config.yaml';

describe('a config as a whole', () => {
  const FULL = `failOn: critical
manifests:
  - files: ["agents/**/*.yaml"]
    relationships: elsewhere
  - { files: [portal/*.json, export], as: blueprint }
exclude: ["**/testdata/**"]
production: { environments: [live] }
rules:
  accountability/no-owner: off
  accountability/single-sponsor: { minimum: 2 }
  credentials/secret-lifetime: { severity: high, severityInProduction: critical, maxDays: 30, allow: [legacy] }
overrides:
  - match: { path: "agents/sandbox/**" }
    rules: { credentials/client-secret: low }
  - match:
      path: [a, b/**]
    rules:
      accountability/no-owner: { severity: info }
`;
  const expected = {
    base: '',
    file: FILE,
    failOn: 'critical',
    manifests: [
      { files: ['agents/**/*.yaml'], relationships: 'elsewhere' },
      { files: ['portal/*.json', 'export'], as: 'blueprint', relationships: 'declared' },
    ],
    exclude: ['**/testdata/**'],
    production: { environments: ['live'], tags: ['production', 'prod'] },
    rules: {
      'accountability/no-owner': { severity: 'off', options: {} },
      'accountability/single-sponsor': { options: { minimum: 2 } },
      'credentials/secret-lifetime': {
        severity: 'high',
        severityInProduction: 'critical',
        options: { maxDays: 30, allow: ['legacy'] },
      },
    },
    ruleSources: [],
    builtIn: true,
    remoteRules: { hosts: [], requireDigest: true, requireSignature: true, keys: [] },
    waivers: { file: null, maxDays: null, requireApprover: false, warnBeforeDays: 14 },
    baseline: null,
    exemptPrincipals: [],
    tenants: {},
    overrides: [
      {
        match: { path: ['agents/sandbox/**'] },
        rules: { 'credentials/client-secret': { severity: 'low', options: {} } },
      },
      {
        match: { path: ['a', 'b/**'] },
        rules: { 'accountability/no-owner': { severity: 'info', options: {} } },
      },
    ],
    flags: {},
  };

  test('says what its author wrote, and where each value stands', async () => {
    const { root, sources, ...config } = await loaded(yaml(FULL));
    expect(config).toEqual(expected);
    expect(root).toMatch(/agentid-config-/);
    expect(sources).toEqual({
      '/version': `${FILE}:1:1`,
      '/failOn': `${FILE}:2:1`,
      '/exclude': `${FILE}:7:1`,
      '/exclude/0': `${FILE}:7:11`,
      '/manifests': `${FILE}:3:1`,
      '/manifests/0/files': `${FILE}:4:5`,
      '/manifests/0/relationships': `${FILE}:5:5`,
      '/manifests/1/files': `${FILE}:6:7`,
      '/manifests/1/as': `${FILE}:6:39`,
      '/production/environments': `${FILE}:8:15`,
      '/rules/accountability~1no-owner/severity': `${FILE}:10:3`,
      '/rules/accountability~1single-sponsor/minimum': `${FILE}:11:36`,
      '/rules/credentials~1secret-lifetime/severity': `${FILE}:12:34`,
      '/rules/credentials~1secret-lifetime/severityInProduction': `${FILE}:12:50`,
      '/rules/credentials~1secret-lifetime/maxDays': `${FILE}:12:82`,
      '/rules/credentials~1secret-lifetime/allow': `${FILE}:12:95`,
      '/overrides/0/match/path': `${FILE}:14:14`,
      '/overrides/0/rules/credentials~1client-secret/severity': `${FILE}:15:14`,
      '/overrides/1/match/path': `${FILE}:17:7`,
      '/overrides/1/rules/accountability~1no-owner/severity': `${FILE}:19:34`,
    });
  });

  test('without a config file the defaults hold', async () => {
    const { root, ...config } = await loaded({});
    expect(root).toMatch(/agentid-config-/);
    expect(config).toEqual({
      base: '',
      file: null,
      failOn: 'high',
      manifests: [],
      exclude: [],
      production: { environments: ['production', 'prod'], tags: ['production', 'prod'] },
      rules: {},
      ruleSources: [],
      builtIn: true,
      remoteRules: { hosts: [], requireDigest: true, requireSignature: true, keys: [] },
      waivers: { file: null, maxDays: null, requireApprover: false, warnBeforeDays: 14 },
      baseline: null,
      exemptPrincipals: [],
      tenants: {},
      overrides: [],
      flags: {},
      sources: {},
    });
  });

  test('a config of nothing but its version is the defaults', async () => {
    expect(await loaded(yaml(''))).toMatchObject({
      failOn: 'high',
      rules: {},
      sources: { '/version': `${FILE}:1:1` },
    });
  });

  test('$schema is for editors and changes nothing', async () => {
    const json =
      '{ "$schema": "./node_modules/agentid-lint/schemas/config.schema.json", "version": 1, "failOn": "low" }';
    expect(await loaded({ 'agentid-lint.config.json': json })).toMatchObject({
      failOn: 'low',
      sources: { '/version': 'agentid-lint.config.json:1:72', '/failOn': 'agentid-lint.config.json:1:86' },
    });
  });

  test('package.json holds a config under our name', async () => {
    const text = `{\n  "name": "x",\n  "agentid-lint": {\n    "version": 1,\n    "failOn": "none"\n  }\n}\n`;
    expect(await loaded({ 'package.json': text })).toMatchObject({
      file: 'package.json',
      failOn: 'none',
      sources: { '/version': 'package.json:4:5', '/failOn': 'package.json:5:5' },
    });
  });
});

describe('the folder that patterns are relative to', () => {
  const files = { ...yaml(''), 'ci/strict.yaml': 'version: 1', 'agents/deep/x.yaml': '' };

  test('is the folder of the config, also from a folder inside', async () => {
    const config = await loaded(files, { in: 'agents/deep' });
    expect(config).toMatchObject({ base: 'agents/deep', file: `../../${FILE}` });
    expect(config.root).not.toContain('agents/deep');
  });

  test('is the working directory for a config that is not in it or above it', async () => {
    const config = await loaded(files, { in: 'agents', file: '../ci/strict.yaml' });
    expect(config).toMatchObject({ base: '', file: '../ci/strict.yaml' });
    expect(config.root).toMatch(/agents$/);
  });

  test('is the folder of a config above the working directory that was asked for', async () => {
    expect(await loaded(files, { in: 'agents', file: `../${FILE}` })).toMatchObject({ base: 'agents' });
  });
});

describe('files that are no config', () => {
  const codes = async (text: string | Uint8Array, name = FILE) => {
    const cwd = workspace({ '.git/': '' });
    writeFileSync(join(cwd, name), text);
    const result = await loadIn(cwd);
    return result.ok ? [] : result.problems.map(({ code }) => code);
  };

  test.each([
    ['E11 an empty file', '', 'empty-document'],
    ['E11 a scalar', 'strict', 'not-a-mapping'],
    ['Y08 the same key twice', 'version: 1\nversion: 1\n', 'duplicate-key'],
    ['Y03 aliases', 'version: 1\nexclude: [&a x, *a]\n', 'yaml-anchor'],
    ['Y12 merge keys', 'version: 1\n<<: {}\n', 'yaml-merge-key'],
    ['Y15 tags', 'version: !!int 1\n', 'yaml-tag'],
    ['Y20 several documents', 'version: 1\n---\nversion: 1\n', 'config-several-documents'],
    ['Y01 nesting', `version: 1\nrules: ${'['.repeat(100)}${']'.repeat(100)}\n`, 'too-deep'],
    ['E03 UTF-16', Buffer.from('version: 1', 'utf16le'), 'wrong-encoding'],
    ['E04 invalid UTF-8', Buffer.from([0x61, 0x3a, 0x20, 0xff]), 'invalid-utf8'],
    ['F11 more than 1 MiB', `version: 1\n#${'x'.repeat(1024 * 1024)}\n`, 'file-too-large'],
  ])('%s', async (_name, text, code) => {
    expect(await codes(text)).toContain(code);
  });

  test('E01 a byte order mark at the start is no mistake', async () => {
    expect(await codes('\ufeffversion: 1\n')).toEqual([]);
  });

  test('J02 the same key twice in JSON', async () => {
    expect(await codes('{ "version": 1, "version": 1 }', 'agentid-lint.config.json')).toEqual([
      'duplicate-key',
    ]);
  });

  test('F07 a folder', async () => {
    expect(await problems({ [`${FILE}/`]: '' })).toEqual([expect.stringContaining('not-a-regular-file')]);
  });

  test('F03 a link that leaves the repository is not read', async () => {
    const outside = workspace({ 'secret.yaml': 'canary-5e1f' });
    const cwd = workspace({ '.git/': '' });
    symlinkSync(join(outside, 'secret.yaml'), join(cwd, FILE));
    const result = await loadIn(cwd);
    expect(result).toMatchObject({ ok: false, problems: [{ code: 'link-leaves-workspace', uri: FILE }] });
    expect(JSON.stringify(result)).not.toContain('canary');
  });

  test('a link inside of the repository is read, and one that the user names too', async () => {
    const cwd = workspace({ '.git/': '', 'ci/config.yaml': 'version: 1\nfailOn: low\n', 'a/': '' });
    symlinkSync('../ci/config.yaml', join(cwd, 'a', FILE));
    expect(await loadIn(join(cwd, 'a'))).toMatchObject({
      ok: true,
      config: { failOn: 'low' },
    });
    const other = workspace({ '.git/': '' });
    symlinkSync(join(cwd, 'ci/config.yaml'), join(other, 'named.yaml'));
    expect(await loadIn(other, { file: 'named.yaml' })).toMatchObject({
      ok: true,
    });
  });

  test('F04 a link to itself', async () => {
    const cwd = workspace({ '.git/': '' });
    symlinkSync(FILE, join(cwd, FILE));
    expect(await loadIn(cwd)).toMatchObject({
      ok: false,
      problems: [{ code: 'link-loop' }],
    });
  });
});
