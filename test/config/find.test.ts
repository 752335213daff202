import { mkdirSync, symlinkSync } from 'node:fs';
import { join, relative } from 'node:path';
import { describe, expect, test } from 'vitest';
import { findConfig, type FindOptions } from '../../src/config/find.ts';
import { workspace } from './workspace.ts';

const NAME = 'agentid-lint.config';
const PACKAGE = '{ "name": "x", "agentid-lint": { "version": 1 } }';

function find(
  files: { readonly [path: string]: string },
  folder = '',
  options: Omit<FindOptions, 'cwd'> = {},
): string {
  const root = workspace(files);
  const found = findConfig({ cwd: join(root, folder), ...options });
  switch (found.kind) {
    case 'none':
      return 'none';
    case 'found':
      return [relative(root, found.file.path), ...found.file.at].join('#');
    case 'failed':
      return found.problems.map(({ uri, code, message }) => `${uri ?? ''} ${code}: ${message}`).join('\n');
  }
}

describe('looking for a config', () => {
  test.each(['yaml', 'yml', 'json'])('finds agentid-lint.config.%s in the working directory', (extension) => {
    expect(find({ '.git/': '', [`${NAME}.${extension}`]: '' })).toBe(`${NAME}.${extension}`);
  });

  test('finds the key agentid-lint of package.json', () => {
    expect(find({ '.git/': '', 'package.json': PACKAGE })).toBe('package.json#agentid-lint');
  });

  test('takes the nearest config upward', () => {
    const files = { '.git/': '', [`${NAME}.yaml`]: '', [`a/${NAME}.json`]: '', 'a/b/c/x.yaml': '' };
    expect(find(files, 'a/b/c')).toBe(`a/${NAME}.json`);
  });

  test('looks up to the root of the repository and no further', () => {
    const above = { [`${NAME}.yaml`]: '', 'repo/a/x.yaml': '' };
    expect(find({ ...above, 'repo/.git/': '' }, 'repo/a')).toBe('none');
    expect(find({ ...above, 'repo/.git': 'gitdir: elsewhere' }, 'repo/a')).toBe('none');
    expect(find({ ...above, 'repo/.git/': '', [`repo/${NAME}.yml`]: '' }, 'repo/a')).toBe(`repo/${NAME}.yml`);
  });

  test('a package.json without our key is passed by, also when it is broken', () => {
    const files = { '.git/': '', [`${NAME}.yaml`]: '', 'a/package.json': '{ broken', 'a/x.yaml': '' };
    expect(find(files, 'a')).toBe(`${NAME}.yaml`);
    const uses = '{ "devDependencies": { "agentid-lint": "1.0.0" } }';
    expect(find({ ...files, 'a/package.json': uses }, 'a')).toBe(`${NAME}.yaml`);
  });

  test('a package.json that says where the rules of the package are is no config', () => {
    const rules = '{ "agentid-lint": { "rules": "./rules" } }';
    expect(find({ '.git/': '', [`${NAME}.yaml`]: '', 'a/package.json': rules, 'a/x.yaml': '' }, 'a')).toBe(
      `${NAME}.yaml`,
    );
  });

  test('a broken package.json that speaks of us stops the search: our config may be in it', () => {
    const files = {
      '.git/': '',
      [`${NAME}.yaml`]: '',
      'a/package.json': '{ "agentid-lint": {}, }',
      'a/x.yaml': '',
    };
    expect(find(files, 'a')).toMatch(/^package\.json json-trailing-comma: /);
  });

  test('two configs in one folder are an error that names them', () => {
    const two = { '.git/': '', [`${NAME}.yml`]: '', [`${NAME}.json`]: '', 'a/x.yaml': '' };
    expect(find(two, 'a')).toBe(
      `../${NAME}.yml config-several-files: One folder has several configs: ${NAME}.yml, ${NAME}.json.`,
    );
    expect(find({ '.git/': '', [`${NAME}.yaml`]: '', 'package.json': PACKAGE })).toBe(
      `${NAME}.yaml config-several-files: One folder has several configs: ${NAME}.yaml, package.json#agentid-lint.`,
    );
  });

  test('--no-config looks at nothing', () => {
    expect(find({ '.git/': '', [`${NAME}.yml`]: '', [`${NAME}.json`]: '' }, '', { none: true })).toBe('none');
  });
});

describe('--config', () => {
  const files = {
    '.git/': '',
    [`${NAME}.yaml`]: '',
    'ci/strict.yml': '',
    'ci/notes.txt': '',
    'package.json': PACKAGE,
    'a/package.json': '{}',
  };

  test.each([
    ['ci/strict.yml', 'ci/strict.yml'],
    ['./ci/../ci/strict.yml', 'ci/strict.yml'],
    ['package.json', 'package.json#agentid-lint'],
    ['ci/none.yaml', 'ci/none.yaml config-not-found: There is no such config file.'],
    ['ci/notes.txt', 'ci/notes.txt config-unknown-format: A config file ends in .yaml, .yml or .json.'],
    ['a/package.json', 'a/package.json config-not-found: This package.json has no key "agentid-lint".'],
  ])('%s', (file, expected) => {
    expect(find(files, '', { file })).toBe(expected);
  });

  test('is relative to the working directory', () => {
    expect(find({ 'ci/strict.yml': '', 'a/x': '' }, 'a', { file: '../ci/strict.yml' })).toBe('ci/strict.yml');
  });
});

describe('what is in the place of a config', () => {
  test('F07 a folder of that name is found, so that reading it can refuse it', () => {
    const root = workspace({ '.git/': '', [`a/${NAME}.yaml/`]: '', 'b/package.json/': '' });
    expect(findConfig({ cwd: join(root, 'a') })).toMatchObject({ kind: 'found' });
    expect(findConfig({ cwd: join(root, 'b') })).toMatchObject({
      kind: 'failed',
      problems: [{ code: 'not-a-regular-file' }],
    });
  });

  test('a link that leads nowhere is found too', () => {
    const root = workspace({ '.git/': '', 'a/': '' });
    symlinkSync('nowhere', join(root, `${NAME}.yaml`));
    mkdirSync(join(root, 'a', 'b'));
    expect(findConfig({ cwd: join(root, 'a', 'b') })).toMatchObject({ kind: 'found' });
  });
});
