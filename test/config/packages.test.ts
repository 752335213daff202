import { mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { lines, load, loaded, loadIn, problems, workspace, yaml } from './workspace.ts';

const FILE = 'agentid-lint.config.yaml';
const HOME = 'node_modules/@contoso/config';
const EXTENDS = yaml("extends: ['@contoso/config']\n");

describe('a config in an npm package', () => {
  test.each([
    ['agentid-lint.config.yaml', { [`${HOME}/agentid-lint.config.yaml`]: 'version: 1\nfailOn: low\n' }],
    ['agentid-lint.config.yml', { [`${HOME}/agentid-lint.config.yml`]: 'version: 1\nfailOn: low\n' }],
    ['agentid-lint.config.json', { [`${HOME}/agentid-lint.config.json`]: '{"version":1,"failOn":"low"}' }],
    ['package.json', { [`${HOME}/package.json`]: '{"agentid-lint":{"version":1,"failOn":"low"}}' }],
    [
      'a config beside rules',
      {
        [`${HOME}/package.json`]: '{"main":"index.js","agentid-lint":{"rules":"./rules"}}',
        [`${HOME}/index.js`]: 'throw new Error("no code is run")',
        [`${HOME}/agentid-lint.config.yaml`]: 'version: 1\nfailOn: low\n',
      },
    ],
  ])('is found in %s', async (_, files) => {
    expect((await loaded({ ...EXTENDS, ...files })).failOn).toBe('low');
  });

  test('has its place in the sources of values, and is a layer below the file that extends it', async () => {
    const config = await loaded({
      ...yaml("extends: ['@contoso/config', 'plain/strict.yaml']\nfailOn: medium\n"),
      [`${HOME}/${FILE}`]:
        'version: 1\nfailOn: low\nexclude: [a]\nwaivers: { maxDays: 90, file: ./w.yaml }\n',
      'node_modules/plain/strict.yaml': 'version: 1\nexclude: [b]\n',
    });
    const { failOn, exclude, waivers, sources } = config;
    expect([failOn, exclude, waivers.maxDays]).toEqual(['medium', ['b'], 90]);
    expect(waivers.file).toBe(join(config.root, HOME, 'w.yaml'));
    expect([sources['/failOn'], sources['/waivers/maxDays'], sources['/exclude']]).toEqual([
      `${FILE}:3:1`,
      `${HOME}/${FILE}:4:12`,
      'node_modules/plain/strict.yaml:2:1',
    ]);
  });

  test('is looked for from the extending file up to the root of the repository', async () => {
    const files = {
      'a/b/agentid-lint.config.yaml': "version: 1\nextends: ['@contoso/config']\n",
      [`${HOME}/${FILE}`]: 'version: 1\nfailOn: low\n',
    };
    expect((await loaded(files, { in: 'a/b' })).failOn).toBe('low');
    const nearer = { ...files, [`a/${HOME}/${FILE}`]: 'version: 1\nfailOn: info\n' };
    expect((await loaded(nearer, { in: 'a/b' })).failOn).toBe('info');
  });

  test('is never taken from outside of the repository', async () => {
    const root = workspace({
      'repo/.git/': '',
      [`repo/${FILE}`]: EXTENDS[FILE] ?? '',
      [`${HOME}/${FILE}`]: 'version: 1\nfailOn: low\n',
    });
    const result = await loadIn(join(root, 'repo'));
    expect(result.ok ? [] : lines(result.problems)).toEqual([
      `${FILE}:2:11 config-package-not-found: The npm package "@contoso/config" is not installed. Install it with "npm install --save-dev @contoso/config". Profiles are recommended, strict, agent365, off.`,
    ]);
  });

  test('may be linked inside of the repository, as pnpm does, and not out of it', async () => {
    const root = workspace({
      'repo/.git/': '',
      [`repo/${FILE}`]: EXTENDS[FILE] ?? '',
      'repo/node_modules/.pnpm/c@1/node_modules/@contoso/config/agentid-lint.config.yaml':
        'version: 1\nfailOn: low\n',
      'elsewhere/agentid-lint.config.yaml': 'version: 1\nfailOn: none\n',
    });
    const link = join(root, 'repo', HOME);
    mkdirSync(dirname(link), { recursive: true });
    symlinkSync('../.pnpm/c@1/node_modules/@contoso/config', link);
    const inside = await loadIn(join(root, 'repo'));
    expect(inside.ok && inside.config.failOn).toBe('low');

    const other = workspace({ 'repo/.git/': '', [`repo/${FILE}`]: EXTENDS[FILE] ?? '' });
    mkdirSync(dirname(join(other, 'repo', HOME)), { recursive: true });
    symlinkSync(join(root, 'elsewhere'), join(other, 'repo', HOME));
    const outside = await loadIn(join(other, 'repo'));
    expect(outside.ok ? [] : lines(outside.problems)).toEqual([
      `${FILE}:2:11 config-extends-outside: The file to extend is outside of the repository. Copy it into the repository. Outside of one, put it beside or below this file.`,
    ]);
  });

  test('a file in it that leads out of the repository is refused', async () => {
    const root = workspace({
      'repo/.git/': '',
      [`repo/${FILE}`]: EXTENDS[FILE] ?? '',
      [`repo/${HOME}/`]: '',
    });
    writeFileSync(join(root, 'secret.yaml'), 'version: 1\n');
    symlinkSync(join(root, 'secret.yaml'), join(root, 'repo', HOME, FILE));
    const result = await loadIn(join(root, 'repo'));
    expect(result.ok ? [] : result.problems.map(({ code }) => code)).toEqual(['link-leaves-workspace']);
  });

  test('mistakes in it are told at their place', async () => {
    expect(await problems({ ...EXTENDS, [`${HOME}/${FILE}`]: 'version: 1\nfailOn: hihg\n' })).toEqual([
      `${HOME}/${FILE}:2:9 config-invalid-value: "failOn" must be one of critical, high, medium, low, info, none. Did you mean "high"?`,
    ]);
    expect(await problems({ ...EXTENDS, [`${HOME}/package.json`]: '{"agentid-lint": ' })).toEqual([
      expect.stringContaining(`${HOME}/package.json:1:`),
    ]);
  });

  test.each([
    [
      "'@contoso/config'",
      `${FILE}:2:11 config-package-without-config: The npm package "@contoso/config" has no config.`,
    ],
    [
      "'@contoso/config/strict.yaml'",
      `${FILE}:2:11 config-extends-not-found: There is no file "@contoso/config/strict.yaml" to extend. The package is installed, and has no such file.`,
    ],
    ["'@contoso/config/index.js'", `${FILE}:2:11 config-unknown-format`],
    ["'@contoso/config/../../x.yaml'", `${FILE}:2:11 config-unknown-profile`],
  ])('%s is not there', async (name, expected) => {
    const files = { ...yaml(`extends: [${name}]\n`), [`${HOME}/package.json`]: '{"name":"@contoso/config"}' };
    expect(await problems(files)).toEqual([expect.stringContaining(expected)]);
  });

  test('two of them that extend each other are a circle', async () => {
    const files = { ...EXTENDS, [`${HOME}/${FILE}`]: "version: 1\nextends: ['@contoso/config']\n" };
    expect(await problems(files)).toEqual([expect.stringContaining('config-extends-cycle')]);
  });
});

describe('what does not count', () => {
  const ID = '6f1c0a52-93c4-4d5e-9a0b-2f7d8b1e4c31';
  const OTHER = '0b6a7c1e-52d4-4f0a-8a3d-9d1f2c3b4a5e';

  test('exempt principals of all files are joined, the nearer file telling why', async () => {
    const config = await loaded({
      ...yaml(`extends: [./base.yaml]\nexemptPrincipals:\n  - { id: ${ID.toUpperCase()}, reason: nearer }\n`),
      'base.yaml': `version: 1\nexemptPrincipals:\n  - { id: ${OTHER}, reason: platform }\n  - { id: ${ID}, reason: farther }\n`,
    });
    expect(config.exemptPrincipals).toEqual([
      { id: OTHER, reason: 'platform', location: expect.objectContaining({ uri: 'base.yaml' }) as unknown },
      { id: ID, reason: 'nearer', location: expect.objectContaining({ uri: FILE }) as unknown },
    ]);
    expect([config.sources['/exemptPrincipals/0/id'], config.sources['/exemptPrincipals/1/id']]).toEqual([
      'base.yaml:3:7',
      `${FILE}:4:7`,
    ]);
  });

  test('waivers are laid over each other key by key, and null is the usual place', async () => {
    const config = await loaded({
      ...yaml('extends: [./gov/base.yaml]\nwaivers: { warnBeforeDays: 7 }\nbaseline: null\n'),
      'gov/base.yaml': 'version: 1\nwaivers: { file: w.yaml, requireApprover: true }\nbaseline: b.ndjson\n',
    });
    expect(config.waivers).toEqual({
      file: join(config.root, 'gov/w.yaml'),
      maxDays: null,
      requireApprover: true,
      warnBeforeDays: 7,
    });
    expect(config.baseline).toBeNull();
  });

  test('rules may forbid it, and overrides of a tenant may have a threshold', async () => {
    const result = await load(
      yaml(
        `rules: { accountability/no-owner: { waivable: false, allowInline: false } }\ntenants: { dev: { tenantId: ${ID} } }\noverrides:\n  - match: { tenant: dev }\n    failOn: none\n  - match: { environment: sandbox, blueprint: [a, b] }\n    rules: { accountability/no-owner: { waivable: true } }\n`,
      ),
    );
    expect(result.ok && [result.config.rules, result.config.overrides]).toEqual([
      { 'accountability/no-owner': { waivable: false, allowInline: false, options: {} } },
      [
        { match: { tenant: ['dev'] }, failOn: 'none', rules: {} },
        {
          match: { environment: ['sandbox'], blueprint: ['a', 'b'] },
          rules: { 'accountability/no-owner': { waivable: true, options: {} } },
        },
      ],
    ]);
  });
});
