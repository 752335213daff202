import { describe, expect, test } from 'vitest';
import { builtInRules } from '../../src/rules.ts';
import { read, repositoryFiles } from './files.ts';

const { rules } = builtInRules().catalogue;
const names = new Set(rules.flatMap(({ id, aliases }) => [id, ...aliases]));
const domains = [...new Set(rules.map(({ id }) => id.slice(0, id.indexOf('/'))))];

/** Texts that people read; folders of rules and test data have paths that only look like rules. */
const prose = repositoryFiles().filter((file) => /\.md$/.test(file));

/** What looks like a rule id: a domain and a name, not as a part of a longer path. */
const MENTION = new RegExp(
  String.raw`(?<![\w./*-])(?:${domains.join('|')})/[a-z0-9]+(?:-[a-z0-9]+)*(?![\w/*-]|\.\w)`,
  'g',
);

describe('texts mention only rules that exist', () => {
  test.each(prose)('%s', (file) => {
    const mentioned = [...read(file).matchAll(MENTION)].map(([id]) => id);
    expect(mentioned.filter((id) => !names.has(id))).toEqual([]);
  });

  test('and some are mentioned', () => {
    expect(prose.flatMap((file) => read(file).match(MENTION) ?? []).length).toBeGreaterThan(rules.length);
  });
});

/** Put together here, as this file is looked through too. */
const FOREIGN = [
  ['/wo', 'rk/'],
  ['/ro', 'ot/'],
  ['/ho', 'me/'],
  ['/tm', 'p/bin'],
  ['/Us', 'ers/'],
  ['../sha', 'red'],
].map((parts) => parts.join(''));

test('no file names a folder of a machine that it was written on', () => {
  const found = repositoryFiles().flatMap((file) => {
    const text = read(file);
    return FOREIGN.filter((word) => new RegExp(`(?<![\\w.-])${word.replaceAll('.', '\\.')}`).test(text)).map(
      (word) => `${file}: ${word}`,
    );
  });
  expect(found).toEqual([]);
});
