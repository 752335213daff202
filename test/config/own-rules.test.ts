import { symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import type { Config } from '../../src/config/config.ts';
import { settingsFor } from '../../src/config/effective.ts';
import { loadRules, type LoadResult } from '../../src/config/load.ts';
import type { SourceFlags, SourceLoader } from '../../src/config/own-rules.ts';
import { sourceProblem } from '../../src/sources/problem.ts';
import type { RuleSource } from '../../src/sources/rule-source.ts';
import { at, ownBundle, RULES, TEAM_TAG } from './fixtures.ts';
import {
  lines,
  load,
  loaded,
  loaderOf,
  loadIn,
  noLoader,
  problems,
  recording,
  validate,
  warnings,
  workspace,
  yaml,
  type Loading,
} from './workspace.ts';

const FILE = 'agentid-lint.config.yaml';
const BUNDLE = ownBundle('./rules', [TEAM_TAG]);
const RULES_FOLDER = { 'rules/ownership/team_tag.rego': '' };

/** Loads with one own rule, whatever the sources are. */
const own: Loading = { openLoader: () => Promise.resolve(loaderOf([BUNDLE])) };

function failing(message: string): Loading {
  const problem = sourceProblem('source-unreachable', { message }, { uri: null, range: null });
  const load: SourceLoader['load'] = () => Promise.resolve({ ok: false, problems: [problem] });
  return { openLoader: () => Promise.resolve({ ...loaderOf([]), load }) };
}

describe('sources of own rules', () => {
  test('are read in every form, relative to the config, and loaded in their order', async () => {
    const { asked, options } = recording();
    const sha256 = 'ab'.repeat(32);
    const text = `rules:
  sources:
    - ./rules
    - { folder: more }
    - ./team.tar.gz
    - { bundle: team.tgz, sha256: ${sha256.toUpperCase()} }
    - https://rules.example.com/team.tar.gz#sha256=${sha256}
    - { url: "https://rules.example.com/other.tar.gz?sig=canary" }
    - "@company/agentid-rules"
    - { package: rules }
`;
    const files = { ...yaml(text), ...RULES_FOLDER, 'more/': '', 'team.tar.gz': '', 'team.tgz': '' };
    const cwd = workspace({ '.git/': '', ...files });
    const result = await loadIn(cwd, options);
    const expected: readonly RuleSource[] = [
      { kind: 'folder', name: './rules', path: join(cwd, 'rules') },
      { kind: 'folder', name: 'more', path: join(cwd, 'more') },
      { kind: 'bundle', name: './team.tar.gz', path: join(cwd, 'team.tar.gz'), sha256: null },
      { kind: 'bundle', name: 'team.tgz', path: join(cwd, 'team.tgz'), sha256 },
      {
        kind: 'url',
        name: 'https://rules.example.com/team.tar.gz',
        url: 'https://rules.example.com/team.tar.gz',
        sha256,
      },
      {
        kind: 'url',
        name: 'https://rules.example.com/other.tar.gz?…',
        url: 'https://rules.example.com/other.tar.gz?sig=canary',
        sha256: null,
      },
      { kind: 'package', name: '@company/agentid-rules', package: '@company/agentid-rules', from: cwd },
      { kind: 'package', name: 'rules', package: 'rules', from: cwd },
    ];
    expect(asked.map(({ sources }) => sources)).toEqual([expected]);
    expect(result).toMatchObject({ ok: true, config: { ruleSources: expected, builtIn: true } });
  });

  test('of an extended file come first, are relative to it, and count once', async () => {
    const files = {
      ...yaml('extends: [./shared/base.yaml]\nrules: { sources: [./rules, ./shared/rules] }\n'),
      'shared/base.yaml': 'version: 1\nrules: { sources: [./rules] }\n',
      'shared/rules/': '',
      ...RULES_FOLDER,
    };
    const cwd = workspace({ '.git/': '', ...files });
    const { asked, options } = recording();
    expect(await loadIn(cwd, options)).toMatchObject({
      ok: true,
      config: {
        sources: {
          '/rules/sources/0': 'shared/base.yaml:2:20',
          '/rules/sources/1': `${FILE}:3:20`,
        },
      },
    });
    expect(asked[0]?.sources).toEqual([
      { kind: 'folder', name: './shared/rules', path: join(cwd, 'shared/rules') },
      { kind: 'folder', name: './rules', path: join(cwd, 'rules') },
    ]);
  });

  test('of the command line come last, may be anywhere, and are relative to the working directory', async () => {
    const outside = workspace({ 'rules/': '' });
    const cwd = workspace({
      '.git/': '',
      ...yaml('rules: { sources: [./rules] }'),
      ...RULES_FOLDER,
      'ci/more/': '',
    });
    const { asked, options } = recording();
    const flags: SourceFlags = {
      sources: { value: ['more', join(outside, 'rules'), '../rules'], source: 'AGENTID_LINT_RULES' },
    };
    expect(await loadIn(join(cwd, 'ci'), { ...options, flags })).toMatchObject({
      ok: true,
      config: { sources: { '/rules/sources/2': 'AGENTID_LINT_RULES' } },
    });
    expect(asked[0]?.sources.map(({ name }) => name)).toEqual(['./rules', 'more', join(outside, 'rules')]);
  });

  test('of the command line are loaded without any config', async () => {
    const { asked, options } = recording();
    const flags = { sources: { value: ['./rules'], source: '--rules' } };
    expect(await load(RULES_FOLDER, { ...options, flags })).toMatchObject({
      ok: true,
      config: { file: null },
    });
    expect(asked[0]?.sources).toMatchObject([{ kind: 'folder', name: './rules' }]);
  });

  test('may stand in package.json', async () => {
    const text =
      '{ "agentid-lint": { "version": 1, "rules": { "sources": ["./rules"], "ownership/team-tag": "low" } } }';
    const config = await loaded({ 'package.json': text, ...RULES_FOLDER }, own);
    expect(config.sources).toMatchObject({
      '/rules/sources/0': 'package.json:1:58',
      '/rules/ownership~1team-tag/severity': 'package.json:1:70',
    });
  });

  test('are not looked for when there are none', async () => {
    expect(await load(yaml('rules: { sources: [] }'), { openLoader: noLoader })).toMatchObject({ ok: true });
  });

  test('F15 outside of the repository are refused, also behind a link', async () => {
    const outside = workspace({ 'rules/': '' });
    const cwd = workspace({ '.git/': '', ...yaml(`rules:\n  sources: [../, ./linked, "${outside}"]\n`) });
    symlinkSync(join(outside, 'rules'), join(cwd, 'linked'));
    const hint = 'Copy it into the repository, or name it on the command line with --rules.';
    const said = `source-outside: The source of rules is outside of the repository. ${hint}`;
    expect(linesOf(await loadIn(cwd, own))).toEqual([
      `${FILE}:3:13 ${said}`,
      `${FILE}:3:18 ${said}`,
      `${FILE}:3:28 ${said}`,
    ]);
  });
});

describe('mistakes in sources', () => {
  const SCHEMA = '"agentid-lint config schema" prints what is.';
  const ONE_OF = `must have one of folder, bundle, url and package, and sha256 only beside bundle or url. ${SCHEMA}`;

  test.each([
    ['sources: ./rules', `3:12 config-invalid-value: "sources" must be a list. ${SCHEMA}`],
    ['sources: [3]', `3:13 config-invalid-value: Item 1 of "sources" must be text or a mapping. ${SCHEMA}`],
    [
      'sources: [{ foldr: ./rules }]',
      '3:15 config-unknown-key: There is no key "foldr" here. Did you mean "folder"?',
    ],
    ['sources: [./rules, {}]', `3:22 config-invalid-value: Item 2 of "sources" ${ONE_OF}`],
    [
      'sources: [{ folder: ./rules, package: x }]',
      `3:13 config-invalid-value: Item 1 of "sources" ${ONE_OF}`,
    ],
    [
      'sources: [{ folder: ./rules, sha256: abc }]',
      `3:13 config-invalid-value: Item 1 of "sources" ${ONE_OF}`,
    ],
    [
      'sources: [{ folder: "" }]',
      `3:23 config-invalid-value: "folder" must have at least 1 character. ${SCHEMA}`,
    ],
    ['builtIn: maybe', `3:12 config-invalid-value: "builtIn" must be true or false. ${SCHEMA}`],
    ['builtin: false', '3:3 config-unknown-key: There is no key "builtin" here. Did you mean "builtIn"?'],
    ['source: [./rules]', '3:3 config-unknown-key: There is no key "source" here. Did you mean "sources"?'],
    [
      'sources: [./none]',
      '3:13 source-not-found: "./none" does not exist. Name a folder, a bundle (.tar.gz), an https address with #sha256=…, or an installed npm package.',
    ],
  ])('%s', async (text, expected) => {
    expect(await problems({ ...yaml(`rules:\n  ${text}`), ...RULES_FOLDER }, own)).toEqual([
      `${FILE}:${expected}`,
    ]);
  });

  test('of the command line name the flag', async () => {
    const flags = { sources: { value: ['./none'], source: '--rules' } };
    expect(await problems({}, { ...own, flags })).toEqual([
      ' source-not-found: --rules: "./none" does not exist. Name a folder, a bundle (.tar.gz), an https address with #sha256=…, or an installed npm package.',
    ]);
  });

  test('the keys of sources in an override', async () => {
    const text = 'overrides:\n  - match: { path: a }\n    rules: { sources: [./rules], builtIn: false }\n';
    const hint = 'Set it under "rules" at the top of the config.';
    expect(await problems(yaml(text))).toEqual([
      `${FILE}:4:14 config-not-in-override: "sources" cannot be set for some files only. ${hint}`,
      `${FILE}:4:34 config-not-in-override: "builtIn" cannot be set for some files only. ${hint}`,
    ]);
  });

  test('a broken source is told with everything else that can be known', async () => {
    const text = `failOn: loud
rules:
  sources: [./rules]
  ownership/anything: { any: 1 }
  credentials/secret-lifetime: { maxDays: 0 }
`;
    expect(await problems({ ...yaml(text), ...RULES_FOLDER }, failing('No way.'))).toEqual([
      `${FILE}:2:9 config-invalid-value: "failOn" must be one of critical, high, medium, low, info, none. ${SCHEMA}`,
      `${FILE}:6:43 config-invalid-value: "maxDays" must be at least 1. ${SCHEMA}`,
      expect.stringContaining(' source-unreachable: No way. '),
    ]);
  });

  test('nothing is loaded while a file that may name sources cannot be read', async () => {
    const text = 'extends: [./none.yaml]\nrules: { sources: [./rules], ownership/anything: off }\n';
    const { asked, options } = recording();
    expect(await problems({ ...yaml(text), ...RULES_FOLDER }, options)).toEqual([
      expect.stringContaining('config-extends-not-found'),
    ]);
    expect(asked).toEqual([]);
  });
});

describe('settings of own rules', () => {
  const at = (text: string) => ({ ...yaml(`rules:\n  sources: [./rules]\n  ${text}\n`), ...RULES_FOLDER });
  const SCHEMA = '"agentid-lint config schema" prints what is.';

  test.each([
    ['ownership/team-tag: low', { severity: 'low' }],
    ['ownership/team-tag: off', { severity: 'off' }],
    [
      'ownership/team-tag: { severityInProduction: high }',
      { severity: 'medium', severityInProduction: 'high' },
    ],
    [
      'ownership/team-tag: { prefix: squad-, allow: [legacy, partner], least: 5, strict: false }',
      { options: { prefix: 'squad-', allow: ['legacy', 'partner'], least: 5, strict: false } },
    ],
    [
      'ownership/team-label: { least: 2 }',
      { options: { prefix: 'team-', allow: [], least: 2, strict: true } },
    ],
  ])('%s', async (text, expected) => {
    const config = await loaded(at(text), own);
    expect(effective(config)['ownership/team-tag']).toMatchObject(expected);
  });

  test.each([
    [
      'ownership/team-tga: off',
      '4:3 config-unknown-rule: There is no rule "ownership/team-tga". Did you mean "ownership/team-tag"?',
    ],
    [
      'acountability/no-owner: off',
      '4:3 config-unknown-rule: There is no rule "acountability/no-owner". Did you mean "accountability/no-owner"?',
    ],
    [
      'ownership/team-tag: hihg',
      '4:23 config-invalid-value: "ownership/team-tag" must be one of off, critical, high, medium, low, info, or a mapping of settings. Did you mean "high"?',
    ],
    [
      'ownership/team-tag: [high]',
      `4:23 config-invalid-value: "ownership/team-tag" must be one of off, critical, high, medium, low, info, or a mapping of settings. ${SCHEMA}`,
    ],
    [
      'ownership/team-tag: { prefx: a }',
      '4:25 config-unknown-option: ownership/team-tag has no option "prefx". Did you mean "prefix"?',
    ],
    [
      'ownership/team-label: { limit: 3 }',
      '4:27 config-unknown-option: ownership/team-tag has no option "limit". Known here: severity, severityInProduction, waivable, allowInline, prefix, allow, least, strict.',
    ],
    [
      'ownership/team-tag: { severity: warn }',
      `4:35 config-invalid-value: "severity" must be one of off, critical, high, medium, low, info. ${SCHEMA}`,
    ],
    [
      'ownership/team-tag: { severityInProduction: off }',
      `4:47 config-invalid-value: "severityInProduction" must be one of critical, high, medium, low, info. ${SCHEMA}`,
    ],
    ['ownership/team-tag: { least: 0 }', `4:32 config-invalid-value: "least" must be at least 1. ${SCHEMA}`],
    ['ownership/team-tag: { least: 6 }', `4:32 config-invalid-value: "least" must be at most 5. ${SCHEMA}`],
    [
      'ownership/team-tag: { least: 1.5 }',
      `4:32 config-invalid-value: "least" must be a whole number. ${SCHEMA}`,
    ],
    [
      'ownership/team-tag: { strict: 1 }',
      `4:33 config-invalid-value: "strict" must be true or false. ${SCHEMA}`,
    ],
    ['ownership/team-tag: { prefix: 1 }', `4:33 config-invalid-value: "prefix" must be text. ${SCHEMA}`],
    [
      'ownership/team-tag: { prefix: "" }',
      `4:33 config-invalid-value: "prefix" must have at least 1 character. ${SCHEMA}`,
    ],
    [
      'ownership/team-tag: { prefix: too-long-a-prefix }',
      `4:33 config-invalid-value: "prefix" must have at most 8 characters. ${SCHEMA}`,
    ],
    ['ownership/team-tag: { allow: legacy }', `4:32 config-invalid-value: "allow" must be a list. ${SCHEMA}`],
    [
      'ownership/team-tag: { allow: [legacy, legacy] }',
      `4:32 config-invalid-value: "allow" must not have the same item twice. ${SCHEMA}`,
    ],
    [
      'ownership/team-tag: { allow: [legacy, partners] }',
      '4:41 config-invalid-value: Item 2 of "allow" must be one of legacy, partner. Did you mean "partner"?',
    ],
    [
      'ownership/team-tag: { severity: off, severityInProduction: high }',
      '4:40 config-contradiction: A rule that is off has no severity in production. Off means nowhere. Set severity to info, or remove severityInProduction.',
    ],
    ['ownership/team-tag: { __proto__: 1 }', expect.stringContaining('config-unknown-option')],
  ])('%s', async (text, expected) => {
    const expectation: unknown = typeof expected === 'string' ? `${FILE}:${expected}` : expected;
    expect(await problems(at(text), own)).toEqual([expectation]);
  });

  test('are told in the order of the file with those of built-in rules, in overrides too', async () => {
    const text = `ownership/team-tag: { least: 0 }
  credentials/secret-lifetime: { maxDays: 0 }
overrides:
  - match: { path: a }
    rules: { ownership/team-tag: { allow: 1 }, x/y: off }`;
    expect((await problems(at(text), own)).map((line) => line.split(' ', 2).join(' '))).toEqual([
      `${FILE}:4:32 config-invalid-value:`,
      `${FILE}:5:43 config-invalid-value:`,
      `${FILE}:8:43 config-invalid-value:`,
      `${FILE}:8:48 config-unknown-rule:`,
    ]);
  });

  test('an old name is taken for the rule, with a warning', async () => {
    expect(await warnings(at('ownership/team-label: low'), own)).toEqual([
      `${FILE}:4:3 config-rule-renamed: The rule ownership/team-label is now called ownership/team-tag. Write ownership/team-tag.`,
    ]);
  });

  test('P17 P19 however long a list is, its mistakes are told soon and not all of them', async () => {
    const allow = Array.from({ length: 20_000 }, () => 'x').join(',');
    const found = await problems(at(`ownership/team-tag: { allow: [${allow}] }`), own);
    expect(found.length).toBeGreaterThan(90);
    expect(found.length).toBeLessThan(110);
  });

  test('O17 no value is ever repeated', async () => {
    const text =
      'ownership/team-tag: { least: canary1, allow: [canary2], severity: canary3, prefix: canary-four }';
    const result = await load(at(text), own);
    expect(result.ok).toBe(false);
    expect(JSON.stringify(result)).not.toContain('canary');
  });
});

describe('profiles and own rules', () => {
  const files = (text: string) => ({ ...yaml(text), ...RULES_FOLDER });

  test.each(['recommended', 'strict', 'agent365', 'off'])('%s leaves them as they are', async (profile) => {
    const config = await loaded(files(`extends: [${profile}]\nrules: { sources: [./rules] }`), own);
    expect(effective(config)['ownership/team-tag']?.severity).toBe('medium');
  });

  test('a full profile keeps what an earlier file said about them', async () => {
    const base =
      'version: 1\nrules: { sources: [../rules], ownership/team-tag: low, accountability/no-owner: low }\n';
    const config = await loaded(
      { ...files('extends: [./shared/base.yaml, off]'), 'shared/base.yaml': base },
      own,
    );
    expect(effective(config)).toMatchObject({
      'ownership/team-tag': { severity: 'low' },
      'accountability/no-owner': { severity: 'off' },
    });
    expect(config.sources['/rules/ownership~1team-tag/severity']).toBe('shared/base.yaml:2:31');
  });
});

describe('the built-in rules', () => {
  const files = (text: string) => ({ ...yaml(text), ...RULES_FOLDER });

  test('are off when the last file that says something says so', async () => {
    const base = 'version: 1\nrules: { builtIn: false, sources: [../rules] }\n';
    const extended = (text: string) => ({ ...files(text), 'shared/base.yaml': base });
    const off = await loaded(extended('extends: [./shared/base.yaml]'), own);
    expect(off).toMatchObject({ builtIn: false, sources: { '/rules/builtIn': 'shared/base.yaml:2:10' } });
    const on = await loaded(extended('extends: [./shared/base.yaml]\nrules: { builtIn: true }'), own);
    expect(on).toMatchObject({ builtIn: true, sources: { '/rules/builtIn': `${FILE}:3:10` } });
  });

  test('are off by the flag, whatever the config says', async () => {
    const flags: SourceFlags = { builtIn: { value: false, source: '--no-builtin-rules' } };
    const config = await loaded(files('rules: { builtIn: true, sources: [./rules] }'), { ...own, flags });
    expect(config).toMatchObject({ builtIn: false, sources: { '/rules/builtIn': '--no-builtin-rules' } });
  });

  test('cannot be off without any others', async () => {
    expect(await problems(yaml('rules: { builtIn: false }'))).toEqual([
      `${FILE}:2:10 config-no-rules: There is nothing to judge by: the built-in rules are off, and no source of own rules is named. Name a source of own rules, or leave the built-in rules on.`,
    ]);
    const flags: SourceFlags = { builtIn: { value: false, source: '--no-builtin-rules' } };
    expect(await problems({}, { flags })).toEqual([
      ' config-no-rules: --no-builtin-rules: there is nothing to judge by, because no source of own rules is named either. Name a source of own rules, or leave the built-in rules on.',
    ]);
  });

  test('take settings that do nothing when they are off, with a warning in the file that switches them off', async () => {
    const text =
      'rules: { sources: [./rules], builtIn: false, accountability/no-owner: low, ownership/team-tag: low }';
    expect(await warnings(files(text), own)).toEqual([
      `${FILE}:2:46 config-no-effect: The settings have no effect, because the built-in rules are off. Remove them, or set "builtIn" to true.`,
    ]);
    const base = 'version: 1\nrules: { accountability/no-owner: low }\n';
    const extended = 'extends: [./base.yaml]\nrules: { sources: [./rules], builtIn: false }';
    expect(await warnings({ ...files(extended), 'base.yaml': base }, own)).toEqual([]);
  });
});

describe('the rules alone', () => {
  const rulesIn = (files: { readonly [path: string]: string }, options: Loading = own) =>
    loadRules({
      cwd: workspace({ '.git/': '', ...RULES_FOLDER, ...files }),
      rules: RULES,
      validate,
      openLoader: noLoader,
      ...options,
    });

  test('are known whatever else is wrong with the config', async () => {
    const text =
      'failOn: loud\nfoo: 1\nrules: { sources: [./rules], x/y: off, ownership/team-tag: { a: 1 }, builtIn: false }';
    expect(await rulesIn(yaml(text))).toMatchObject({ ok: true, builtIn: false, bundles: [BUNDLE] });
  });

  test('are the built-in ones without a config', async () => {
    expect(await rulesIn({}, {})).toMatchObject({ ok: true, builtIn: true, bundles: [] });
  });

  test.each([
    ['sources cannot be understood', 'rules: { sources: 3 }', 'config-invalid-value'],
    ['a source is not there', 'rules: { sources: [./none] }', 'source-not-found'],
    ['a file to extend is not there', 'extends: [./none.yaml]', 'config-extends-not-found'],
    ['nothing is left', 'rules: { builtIn: false }', 'config-no-rules'],
    ['the config cannot be read', '- - -: [', 'yaml-syntax'],
  ])('are not known when %s', async (_, text, code) => {
    const result = await rulesIn(yaml(text));
    expect(result.ok ? [] : result.problems.map((problem) => problem.code)).toContain(code);
  });
});

function effective(config: Config) {
  return settingsFor(config, [...RULES, TEAM_TAG], at(null)).rules;
}

function linesOf(result: LoadResult): readonly string[] {
  return result.ok ? [] : lines(result.problems);
}
