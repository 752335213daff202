import { symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import type { Config } from '../../src/config/config.ts';
import { settingsFor } from '../../src/config/effective.ts';
import { PROFILES } from '../../src/config/profiles.ts';
import { RULES, at } from './fixtures.ts';
import { loaded, loadIn, problems, warnings, workspace, yaml } from './workspace.ts';

const FILE = 'agentid-lint.config.yaml';
const NAMES = 'Profiles are recommended, strict, agent365, off.';
const NO_NAME =
  'This is no built-in profile, no path that starts with ./ or ../, and no name of an npm package.';
const SECRET = 'credentials/secret-lifetime';

function severities(config: Config): { [id: string]: string } {
  return Object.fromEntries(
    Object.entries(settingsFor(config, RULES, at(null)).rules).map(([id, { severity }]) => [id, severity]),
  );
}

const DEFAULT_SEVERITIES = Object.fromEntries(RULES.map(({ id, severity }) => [id, severity]));

describe('profiles', () => {
  test('recommended is what holds without it', async () => {
    expect(severities(await loaded(yaml('extends: [recommended]')))).toEqual(DEFAULT_SEVERITIES);
    expect(await loaded(yaml('extends: [recommended]'))).toMatchObject({ rules: {}, overrides: [] });
  });

  test('strict tightens rules that the catalogue has and leaves out those it has not', async () => {
    expect(await loaded(yaml('extends: [strict]'))).toMatchObject({
      rules: {
        'accountability/no-owner': { severity: 'high', options: {} },
        'accountability/single-sponsor': { severity: 'medium', options: { minimum: 2 } },
        [SECRET]: { severity: 'high', options: { maxDays: 60 } },
      },
      sources: { [`/rules/${SECRET.replace('/', '~1')}/maxDays`]: 'profile strict' },
    });
    expect(Object.keys((await loaded(yaml('extends: [strict]'))).rules)).toHaveLength(3);
  });

  test('off switches every rule off, and a severity switches one on again', async () => {
    const off = Object.fromEntries(RULES.map(({ id }) => [id, 'off']));
    expect(severities(await loaded(yaml('extends: [off]')))).toEqual(off);
    const one = yaml(`extends: [off]\nrules: { ${SECRET}: { severity: low, maxDays: 30 } }`);
    expect(severities(await loaded(one))).toEqual({ ...off, [SECRET]: 'low' });
    expect(await warnings(one)).toEqual([]);
  });

  test('options of a rule that a profile has off do nothing, which is a warning', async () => {
    const rule = `rules:\n  ${SECRET}: { maxDays: 30 }\n`;
    expect(await warnings(yaml(`extends: [off]\n${rule}`))).toEqual([
      `${FILE}:4:3 config-no-effect: The options have no effect, because the rule is off. Set a severity, or remove them.`,
    ]);
    const override = `overrides: [{ match: { path: a }, rules: { ${SECRET}: high } }]\n`;
    expect(await warnings(yaml(`extends: [off]\n${rule}${override}`))).toEqual([]);
    expect(await warnings(yaml(rule))).toEqual([]);
    expect(await warnings(yaml(`rules: { ${SECRET}: { severity: off, maxDays: 30 } }`))).toEqual([]);
  });

  test('agent365 lowers its rules over whatever comes before it', async () => {
    const accepted = { 'credentials/client-secret': 'info' };
    expect(severities(await loaded(yaml('extends: [agent365]')))).toEqual({
      ...DEFAULT_SEVERITIES,
      ...accepted,
    });
    const both = await loaded(yaml('extends: [strict, agent365]'));
    expect(severities(both)).toMatchObject({
      ...accepted,
      'accountability/no-owner': 'high',
      [SECRET]: 'high',
    });
    expect(settingsFor(both, RULES, at(null)).rules[SECRET]?.options['maxDays']).toBe(731);
  });

  test('a full profile forgets what came before it', async () => {
    expect(severities(await loaded(yaml('extends: [off, recommended]')))).toEqual(DEFAULT_SEVERITIES);
    expect((await loaded(yaml('extends: [agent365, strict]'))).rules).toEqual(
      (await loaded(yaml('extends: [strict]'))).rules,
    );
  });

  test('every entry gives its reason', () => {
    for (const { description, rules } of Object.values(PROFILES)) {
      expect(description).toMatch(/\.$/);
      for (const { reason } of Object.values(rules)) expect(reason).toMatch(/^[a-z].{20,}[^.]$/);
    }
  });

  test.each([
    [
      'recomended',
      'config-unknown-profile: There is no such profile, and no npm package of that name is installed. Did you mean "recommended"?',
    ],
    ['Strict', `config-unknown-profile: ${NO_NAME} Did you mean "strict"?`],
    ['/etc/config.yaml', `config-unknown-profile: ${NO_NAME} ${NAMES} Paths of files start with ./ or ../.`],
    ['__proto__', `config-unknown-profile: ${NO_NAME} ${NAMES} Paths of files start with ./ or ../.`],
    ['@a/../../b', `config-unknown-profile: ${NO_NAME} ${NAMES} Paths of files start with ./ or ../.`],
    [
      'a/../../../etc/x.yaml',
      `config-unknown-profile: ${NO_NAME} ${NAMES} Paths of files start with ./ or ../.`,
    ],
    [
      '@company/agentid-lint',
      `config-package-not-found: The npm package "@company/agentid-lint" is not installed. Install it with "npm install --save-dev @company/agentid-lint". ${NAMES}`,
    ],
    [
      'company-config',
      `config-package-not-found: The npm package to extend is not installed. Install it with "npm install --save-dev" and its name. ${NAMES}`,
    ],
    [
      'base.yaml',
      'config-package-not-found: The npm package to extend is not installed. If a file is meant, write ./ in front: "./base.yaml".',
    ],
  ])('%s can not be extended', async (name, expected) => {
    expect(await problems(yaml(`extends: [strict, "${name}"]`))).toEqual([`${FILE}:2:19 ${expected}`]);
  });
});

describe('extending files', () => {
  const base = `version: 1
failOn: low
exclude: [vendor]
manifests: [{ files: ["**"] }]
production: { environments: [live], tags: [live] }
rules:
  ${SECRET}: { severity: high, maxDays: 30 }
  accountability/no-owner: off
overrides: [{ match: { path: a }, rules: { ${SECRET}: off } }]
`;

  test('own keys win: rules setting by setting, overrides behind those of the other file, the rest as a whole', async () => {
    const own = `extends: [./shared/base.yml]
exclude: []
production: { tags: [prod] }
rules: { ${SECRET}: { maxDays: 60 } }
overrides: [{ match: { path: b }, rules: { ${SECRET}: low } }]
`;
    const config = await loaded({ ...yaml(own), 'shared/base.yml': base });
    expect(config).toMatchObject({
      file: FILE,
      failOn: 'low',
      exclude: [],
      manifests: [{ files: ['**'], relationships: 'declared' }],
      production: { environments: ['live'], tags: ['prod'] },
      rules: {
        [SECRET]: { severity: 'high', options: { maxDays: 60 } },
        'accountability/no-owner': { severity: 'off', options: {} },
      },
      overrides: [
        { match: { path: ['a'] }, rules: { [SECRET]: { severity: 'off', options: {} } } },
        { match: { path: ['b'] }, rules: { [SECRET]: { severity: 'low', options: {} } } },
      ],
    });
    expect(config.sources).toEqual({
      '/version': `${FILE}:1:1`,
      '/failOn': 'shared/base.yml:2:1',
      '/exclude': `${FILE}:3:1`,
      '/manifests': 'shared/base.yml:4:1',
      '/manifests/0/files': 'shared/base.yml:4:15',
      '/production/environments': 'shared/base.yml:5:15',
      '/production/tags': `${FILE}:4:15`,
      '/rules/credentials~1secret-lifetime/severity': 'shared/base.yml:7:34',
      '/rules/credentials~1secret-lifetime/maxDays': `${FILE}:5:41`,
      '/rules/accountability~1no-owner/severity': 'shared/base.yml:8:3',
      '/overrides/0/match/path': 'shared/base.yml:9:24',
      '/overrides/0/rules/credentials~1secret-lifetime/severity': 'shared/base.yml:9:44',
      '/overrides/1/match/path': `${FILE}:6:24`,
      '/overrides/1/rules/credentials~1secret-lifetime/severity': `${FILE}:6:44`,
    });
  });

  test('later entries win over earlier ones', async () => {
    const files = (order: string) => ({
      ...yaml(`extends: [${order}]`),
      'base.yaml': base,
      'x.json': `{ "version": 1, "failOn": "none", "rules": { "${SECRET}": "info" } }`,
    });
    const maxDays = (config: Config) =>
      settingsFor(config, RULES, at(null)).rules[SECRET]?.options['maxDays'];
    const fileLast = await loaded(files('strict, ./x.json, ./base.yaml'));
    expect([fileLast.failOn, maxDays(fileLast), severities(fileLast)[SECRET]]).toEqual(['low', 30, 'high']);
    const jsonLast = await loaded(files('./base.yaml, ./x.json'));
    expect([jsonLast.failOn, maxDays(jsonLast), severities(jsonLast)[SECRET]]).toEqual(['none', 30, 'info']);
    const profileLast = await loaded(files('./base.yaml, strict'));
    expect([
      profileLast.failOn,
      maxDays(profileLast),
      severities(profileLast)['accountability/no-owner'],
    ]).toEqual(['low', 60, 'high']);
  });

  test('a file is relative to the file that extends it', async () => {
    const files = {
      ...yaml('extends: [./shared/a.yaml]'),
      'shared/a.yaml': 'version: 1\nextends: [../other/b.yaml]\n',
      'other/b.yaml': 'version: 1\nfailOn: none\n',
    };
    expect(await loaded(files)).toMatchObject({ failOn: 'none', sources: { '/failOn': 'other/b.yaml:2:1' } });
  });

  test('patterns of an extended file are relative to the folder of the config that was found', async () => {
    const config = await loaded({ ...yaml('extends: [./shared/base.yml]'), 'shared/base.yml': base });
    expect(settingsFor(config, RULES, at('a/x.yaml')).rules[SECRET]?.severity).toBe('off');
    expect(settingsFor(config, RULES, at('shared/a/x.yaml')).rules[SECRET]?.severity).toBe('high');
  });

  test('one file may be extended on two ways', async () => {
    const files = {
      ...yaml('extends: [./a.yaml, ./b.yaml]'),
      'a.yaml': 'version: 1\nextends: [./c.yaml]\n',
      'b.yaml': 'version: 1\nextends: [./c.yaml]\n',
      'c.yaml': 'version: 1\nfailOn: info\n',
    };
    expect((await loaded(files)).failOn).toBe('info');
  });
});

describe('files that cannot be extended', () => {
  test('a circle names every file in it', async () => {
    const files = {
      ...yaml('extends: [./a.yaml]'),
      'a.yaml': 'version: 1\nextends: [./b/b.yaml]\n',
      'b/b.yaml': 'version: 1\nextends:\n  - strict\n  - ../a.yaml\n',
    };
    expect(await problems(files)).toEqual([
      'b/b.yaml:4:5 config-extends-cycle: Configs extend each other in a circle: a.yaml → b/b.yaml → a.yaml. Remove one of these links.',
    ]);
    expect(await problems(yaml(`extends: [./${FILE}]`))).toEqual([
      `${FILE}:2:11 config-extends-cycle: Configs extend each other in a circle: ${FILE} → ${FILE}. Remove one of these links.`,
    ]);
  });

  test('a file that is not there, or is none that could be a config', async () => {
    expect(await problems(yaml('extends: [./none.yaml, ./notes.txt]'))).toEqual([
      `${FILE}:2:11 config-extends-not-found: There is no file "none.yaml" to extend. The path is relative to this file.`,
      `${FILE}:2:24 config-unknown-format: A config file ends in .yaml, .yml or .json. Rename it.`,
    ]);
  });

  const OUTSIDE =
    'The file to extend is outside of the repository. Copy it into the repository. Outside of one, put it beside or below this file.';

  test('F15 a file outside of the repository', async () => {
    const files = {
      'repo/.git/': '',
      [`repo/${FILE}`]: 'version: 1\nextends: [../base.yaml]\n',
      'base.yaml': 'version: 1\n',
    };
    const result = await loadIn(join(workspace(files), 'repo'));
    expect(result).toMatchObject({
      ok: false,
      problems: [{ code: 'config-extends-outside', range: { start: { line: 2, column: 11 } } }],
    });
    expect(await problems(yaml('extends: [./a/../../x.yaml]'))).toEqual([
      `${FILE}:2:11 config-extends-outside: ${OUTSIDE}`,
    ]);
  });

  test('F15 without a repository, a file outside of the folder of the config', async () => {
    const files = { [`a/${FILE}`]: 'version: 1\nextends: [../base.yaml]\n', 'base.yaml': 'version: 1\n' };
    const result = await loadIn(join(workspace(files), 'a'));
    expect(result).toMatchObject({ ok: false, problems: [{ code: 'config-extends-outside' }] });
  });

  test('F03 F15 a link that leaves the repository, also in the middle of the path', async () => {
    const outside = workspace({ 'base.yaml': 'version: 1\n' });
    const cwd = workspace({ '.git/': '', ...yaml('extends: [./linked.yaml, ./folder/base.yaml]') });
    symlinkSync(join(outside, 'base.yaml'), join(cwd, 'linked.yaml'));
    symlinkSync(outside, join(cwd, 'folder'));
    expect(await loadIn(cwd)).toMatchObject({
      ok: false,
      problems: [
        { code: 'link-leaves-workspace', uri: 'linked.yaml' },
        { code: 'link-leaves-workspace', uri: 'folder/base.yaml' },
      ],
    });
  });

  test('more than eight files deep', async () => {
    const chain = (length: number) =>
      Object.fromEntries(
        Array.from({ length }, (_, step) => [
          `${step}.yaml`,
          `version: 1\n${step + 1 < length ? `extends: [./${step + 1}.yaml]` : ''}\n`,
        ]),
      );
    expect(await problems({ ...chain(8) }, { file: '0.yaml' })).toEqual([]);
    expect(await problems({ ...chain(9) }, { file: '0.yaml' })).toEqual([
      '7.yaml:2:11 config-extends-too-deep: Configs extend each other more than 8 files deep. Merge some of them.',
    ]);
  });

  test('more than 64 files, whatever the shape', async () => {
    const twice = (next: string) =>
      `version: 1\nextends: [${Array.from({ length: 16 }, () => next).join(', ')}]\n`;
    const files = {
      'a.yaml': twice('./b.yaml'),
      'b.yaml': twice('./c.yaml'),
      'c.yaml': twice('./d.yaml'),
      'd.yaml': 'version: 1\n',
    };
    const found = await problems(files, { file: 'a.yaml' });
    expect(found[0]).toBe(
      'a.yaml:2:21 config-extends-too-many: A config is made of more than 64 files. Merge some of them.',
    );
  });

  test('mistakes of all files are told at once, each in its file', async () => {
    const mistake =
      'config-invalid-value: "failOn" must be one of critical, high, medium, low, info, none. "agentid-lint config schema" prints what is.';
    const files = {
      ...yaml('extends: [./a.yaml]\nfailOn: lo'),
      'a.yaml': 'version: 1\nfailOn: loud\nextends: [./b.yaml]\n',
      'b.yaml': 'version: 1\nrules: { x/y: off }\n',
    };
    expect(await problems(files)).toEqual([
      `${FILE}:3:9 ${mistake}`,
      `a.yaml:2:9 ${mistake}`,
      'b.yaml:2:10 config-unknown-rule: There is no rule "x/y". "agentid-lint rules list" shows every rule.',
    ]);
  });
});
