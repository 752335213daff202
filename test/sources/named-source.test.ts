import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { readNamedSource } from '../../src/sources/named-source.ts';
import type { WrittenSource } from '../../src/sources/parse.ts';
import { temporaryFolder } from './temporary.ts';

const AT = { uri: 'agentid-lint.config.yaml', range: null };

function workspace() {
  return temporaryFolder({
    'repository/rules/': '',
    'repository/governance/rules/': '',
    'repository/governance/team.tgz': 'bundle',
    'repository/inside': { linkTo: 'rules' },
    'repository/outside': { linkTo: '../elsewhere' },
    'repository/outside.tgz': { linkTo: '../elsewhere/team.tgz' },
    'elsewhere/team.tgz': 'bundle',
  });
}

/** What the name says in a config of the repository that stands in `folder`. */
function read(written: WrittenSource, folder = '', root = '') {
  const top = join(workspace(), 'repository');
  const read = readNamedSource(written, {
    base: join(top, folder),
    within: top,
    root: join(top, root),
    named: AT,
  });
  return read.ok ? read.source.name : `${read.problem.uri ?? ''}: ${read.problem.code}`;
}

describe('a path in a config', () => {
  test.each<[WrittenSource, string, string, string]>([
    ['./rules', '', '', './rules'],
    ['rules', '', '', 'rules'],
    ['inside', '', '', 'inside'],
    ['./rules', 'governance', '', './governance/rules'],
    ['../rules', 'governance', '', './rules'],
    [{ bundle: 'team.tgz' }, 'governance', '', './governance/team.tgz'],
    ['../rules', 'governance', 'governance', '../rules'],
    ['./rules', '', 'governance', '../rules'],
    ['https://rules.example/t?x', 'governance', '', 'https://rules.example/t?…'],
    ['npm:acme', 'governance', '', 'npm:acme'],
  ])('%j in "%s" is called, from "%s", %s', (written, folder, root, name) => {
    expect(read(written, folder, root)).toBe(name);
  });

  test.each<WrittenSource>([
    '..',
    '../elsewhere/team.tgz',
    'outside',
    'outside.tgz',
    { folder: 'outside' },
    '/',
  ])('does not leave the repository: %j', (written) => {
    expect(read(written)).toBe('agentid-lint.config.yaml: source-outside');
  });

  test('that is wrong is a problem at its place', () => {
    const range = { start: { line: 3, column: 5, offset: 20 }, end: { line: 3, column: 12, offset: 27 } };
    const named = { uri: 'agentid-lint.config.yaml', range };
    expect(readNamedSource('./rulse', { base: '/', within: null, root: '/', named })).toEqual({
      ok: false,
      problem: {
        code: 'source-not-found',
        message: '"./rulse" does not exist.',
        hint: 'Name a folder, a bundle (.tar.gz), an https address with #sha256=…, or an installed npm package.',
        ...named,
      },
    });
  });
});

test('a path on the command line may lead anywhere', () => {
  const base = join(workspace(), 'repository');
  const named = { uri: null, range: null };
  const read = (written: WrittenSource) =>
    readNamedSource(written, { base, within: null, root: base, named });
  expect(read('outside')).toMatchObject({ ok: true, source: { kind: 'folder', name: 'outside' } });
  expect(read('../elsewhere/team.tgz')).toMatchObject({
    ok: true,
    source: { name: '../elsewhere/team.tgz' },
  });
});
