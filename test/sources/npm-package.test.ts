import { writeFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { describe, expect, test } from 'vitest';
import { resolvePackage } from '../../src/sources/npm-package.ts';
import { temporaryFolder, type Files } from './temporary.ts';

const named = (rules: unknown) => JSON.stringify({ name: 'acme-rules', 'agentid-lint': { rules } });

type Looking = { readonly in?: string; readonly name?: string; readonly written?: string };

/** What `acme-rules` gives, looked for from a folder; paths are relative to the folder of the files. */
function resolveIn(files: Files, { in: folder = '', name = 'acme-rules', written = name }: Looking = {}) {
  const cwd = temporaryFolder(files);
  const source = { kind: 'package', name: written, package: name, from: join(cwd, folder) } as const;
  const resolved = resolvePackage(source, { cwd });
  if (resolved.ok) {
    const { rules, reportedAs } = resolved;
    return { ...rules, path: relative(cwd, rules.path).replaceAll('\\', '/'), reportedAs };
  }
  return resolved.problems.map(({ code, uri, range, message, hint }) => {
    const place = uri === null ? '' : `${uri}:${range?.start.line ?? '-'}:${range?.start.column ?? '-'} `;
    return `${place}${code}: ${message} ${hint ?? ''}`;
  });
}

const AT = 'node_modules/acme-rules';

describe('the rules of a package', () => {
  const reportedAs = { kind: 'package', name: 'acme-rules' };

  test('are a folder in it', () => {
    expect(resolveIn({ [`${AT}/package.json`]: named('./rules'), [`${AT}/rules/`]: '' })).toEqual({
      kind: 'folder',
      name: 'acme-rules',
      path: `${AT}/rules`,
      reportedAs,
    });
  });

  test('are a bundle in it', () => {
    expect(
      resolveIn({ [`${AT}/package.json`]: named('dist/rules.tar.gz'), [`${AT}/dist/rules.tar.gz`]: '' }),
    ).toEqual({
      kind: 'bundle',
      name: 'acme-rules',
      path: `${AT}/dist/rules.tar.gz`,
      sha256: null,
      reportedAs,
    });
  });

  test.each(['.', './', 'rules/..', ''.padEnd(3, './')])('are the package itself: %j', (path) => {
    expect(resolveIn({ [`${AT}/package.json`]: named(path) })).toMatchObject({ path: AT });
  });

  test('are called what the user wrote', () => {
    const files = { 'node_modules/@acme/rules/package.json': named('r'), 'node_modules/@acme/rules/r/': '' };
    expect(resolveIn(files, { name: '@acme/rules', written: 'npm:@acme/rules' })).toMatchObject({
      name: 'npm:@acme/rules',
      path: 'node_modules/@acme/rules/r',
      reportedAs: { kind: 'package', name: 'npm:@acme/rules' },
    });
  });

  test('come from the nearest one upward', () => {
    const files = {
      'packages/a/': '',
      'packages/b/src/': '',
      'packages/b/node_modules/acme-rules/package.json': named('.'),
      [`${AT}/package.json`]: named('.'),
    };
    expect(resolveIn(files, { in: 'packages/a' })).toMatchObject({ path: AT });
    expect(resolveIn(files, { in: 'packages/b/src' })).toMatchObject({ path: `packages/b/${AT}` });
  });

  test('are looked for above a folder that has the name without being a package', () => {
    const files = { 'a/node_modules/acme-rules/': '', [`${AT}/package.json`]: named('.') };
    expect(resolveIn(files, { in: 'a' })).toMatchObject({ path: AT });
  });

  test('are looked for beside a package, not in a folder of packages inside of a folder of packages', () => {
    const files = {
      'node_modules/node_modules/acme-rules/package.json': named('.'),
      'node_modules/other/': '',
    };
    expect(resolveIn(files, { in: 'node_modules/other' })).toEqual([
      expect.stringContaining('not-installed'),
    ]);
    const beside = { 'node_modules/other/': '', [`${AT}/package.json`]: named('.') };
    expect(resolveIn(beside, { in: 'node_modules/other' })).toMatchObject({ path: AT });
  });

  test('may be linked, as workspaces and other package managers do', () => {
    const files = {
      'packages/rules/package.json': named('./rules'),
      'packages/rules/rules/': '',
      [AT]: { linkTo: '../packages/rules' },
    };
    expect(resolveIn(files)).toMatchObject({ path: 'packages/rules/rules' });
  });

  test('may be linked inside of the package', () => {
    const files = {
      [`${AT}/package.json`]: named('rules'),
      [`${AT}/v2/`]: '',
      [`${AT}/rules`]: { linkTo: 'v2' },
    };
    expect(resolveIn(files)).toMatchObject({ path: `${AT}/v2` });
  });
});

describe('refused is', () => {
  const missing =
    'source-package-not-installed: The npm package "acme-rules" is not installed. Install it with "npm install --save-dev acme-rules", or write a path if a folder is meant.';

  test.each<[string, Files]>([
    ['a package that is not there', {}],
    ['a package without a package.json', { [`${AT}/rules/`]: '' }],
    ['a package that is a file', { [AT]: '' }],
    ['a package whose link leads nowhere', { [AT]: { linkTo: '../packages/rules' } }],
  ])('%s', (_, files) => {
    expect(resolveIn(files)).toEqual([missing]);
  });

  test('a package where a folder was meant', () => {
    expect(resolveIn({ 'acme-rules/': '' }, { written: 'npm:acme-rules' })).toEqual([
      'source-package-not-installed: The npm package "acme-rules" is not installed. If the folder is meant, write ./acme-rules.',
    ]);
  });

  test.each<[string, string, string]>([
    ['no key', '{"name": "acme-rules"}', '1:1'],
    ['a config of its own', '{"agentid-lint":\n {"version": 1, "rules": {}}}', '2:26'],
    ['a key without rules', '{"agentid-lint":\n {}}', '1:2'],
    ['an empty path', '{"agentid-lint":\n {"rules": " "}}', '2:12'],
    ['a list', '{"agentid-lint":\n {"rules": ["a"]}}', '2:12'],
    ['a path with NUL', '{"agentid-lint":\n {"rules": "a\\u0000"}}', '2:12'],
    ['a key that it inherits', '{"__proto__": {"agentid-lint": {"rules": "."}}}', '1:1'],
  ])('a package with %s', (_, text, place) => {
    expect(resolveIn({ [`${AT}/package.json`]: text, [`${AT}/rules/`]: '' })).toEqual([
      `${AT}/package.json:${place} source-package-without-rules: The npm package has no rules. Its package.json names them: "agentid-lint": { "rules": "./rules" }.`,
    ]);
  });

  test.each(['..', '../other', '../acme-rules2/x', '../../rules', 'link', 'link/rules', 'rules/../../other'])(
    'a package that names rules outside of it: %s',
    (path) => {
      const files = {
        [`${AT}/package.json`]: named(path),
        [`${AT}/rules/`]: '',
        [`${AT}/link`]: { linkTo: '../other' },
        'node_modules/other/rules/': '',
        'node_modules/acme-rules2/x/': '',
        'rules/': '',
      };
      expect(resolveIn(files)).toEqual([
        expect.stringContaining(`${AT}/package.json:1:46 source-package-rules-outside: `),
      ]);
    },
  );

  test('an absolute path, even into the package', () => {
    const cwd = temporaryFolder({ [`${AT}/rules/`]: '' });
    writeFileSync(join(cwd, AT, 'package.json'), named(join(cwd, AT, 'rules')));
    const source = { kind: 'package', name: 'acme-rules', package: 'acme-rules', from: cwd } as const;
    expect(resolvePackage(source, { cwd })).toMatchObject({
      ok: false,
      problems: [{ code: 'source-package-rules-outside' }],
    });
  });

  test.each<[string, Files, string]>([
    ['names nothing', {}, 'source-package-rules-not-found'],
    ['names a broken link', { [`${AT}/rules`]: { linkTo: 'gone' } }, 'source-package-rules-not-found'],
    ['names a file that is no bundle', { [`${AT}/rules`]: '' }, 'source-unsupported-file'],
  ])('a package that %s', (_, files, code) => {
    expect(resolveIn({ ...files, [`${AT}/package.json`]: named('rules') })).toEqual([
      expect.stringContaining(`${AT}/package.json:1:46 ${code}: `),
    ]);
  });

  test.each<[string, string | { readonly linkTo: string }, string]>([
    ['is no JSON', '{', 'package.json:1:2 json-truncated'],
    ['is empty', '', 'package.json:-:- empty-document'],
    ['is too large', ' '.repeat(1024 * 1024 + 1), 'package.json:-:- file-too-large'],
    ['is a link', { linkTo: '../other.json' }, 'package.json:-:- not-a-regular-file'],
  ])('a package whose package.json %s', (_, content, expected) => {
    const files = { [`${AT}/package.json`]: content, 'node_modules/other.json': named('.') };
    expect(resolveIn(files)).toEqual([expect.stringContaining(`${AT}/${expected}: `)]);
  });
});
