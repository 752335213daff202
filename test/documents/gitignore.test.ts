import { describe, expect, test } from 'vitest';
import { isIgnored, parseGitignore } from '../../src/documents/gitignore.ts';
import { timed } from './brief.ts';

/** The paths that are ignored; a slash at the end marks a folder. */
function ignored(rules: string, paths: readonly string[]): readonly string[] {
  const parsed = parseGitignore(rules);
  return paths.filter((path) => {
    const kind = path.endsWith('/') ? 'folder' : 'file';
    return isIgnored(parsed, kind === 'folder' ? path.slice(0, -1) : path, kind) === true;
  });
}

const PATHS = ['a', 'a/', 'b.yaml', 'a/b.yaml', 'a/c/b.yaml', 'c/a/', 'c/a/x', 'ab', '.h'];

describe('patterns', () => {
  test.each([
    ['a', ['a', 'a/', 'c/a/']],
    ['a/', ['a/', 'c/a/']],
    ['/a', ['a', 'a/']],
    ['/a/', ['a/']],
    ['*.yaml', ['b.yaml', 'a/b.yaml', 'a/c/b.yaml']],
    ['a/*.yaml', ['a/b.yaml']],
    ['a/**', ['a/b.yaml', 'a/c/b.yaml']],
    ['**/b.yaml', ['b.yaml', 'a/b.yaml', 'a/c/b.yaml']],
    ['a/**/b.yaml', ['a/b.yaml', 'a/c/b.yaml']],
    ['**', PATHS],
    ['**/', ['a/', 'c/a/']],
    ['*', PATHS],
    ['a?', ['ab']],
    ['[.]h', ['.h']],
    ['[!a]', ['c/a/x']],
    ['a[a-c]', ['ab']],
    ['a**b', ['ab']],
    ['A', []],
  ])('%s', (rules, expected) => {
    expect(ignored(rules, PATHS)).toEqual(expected);
  });
});

describe('lines', () => {
  test('the last one that matches decides', () => {
    expect(ignored('*\n!a\n', PATHS)).toEqual(['b.yaml', 'a/b.yaml', 'a/c/b.yaml', 'c/a/x', 'ab', '.h']);
    expect(ignored('!a\n*\n', PATHS)).toEqual(PATHS);
    expect(isIgnored(parseGitignore('!a'), 'a', 'file')).toBe(false);
    expect(isIgnored(parseGitignore('!a'), 'b', 'file')).toBeNull();
  });

  test('comments, blank lines and lines that can match nothing say nothing', () => {
    expect(ignored('# a\n\n   \n/\n!\n//a\na//b\n[a\n\\\n', ['a', '# a', ' ', '[a', '\\'])).toEqual([]);
  });

  test('a backslash takes the meaning from what follows', () => {
    expect(ignored('\\#a\n\\!b\n\\*\nc\\ \nd\\[1]', ['#a', '!b', '*', 'x', 'c ', 'c', 'd[1]'])).toEqual([
      '#a',
      '!b',
      '*',
      'c ',
      'd[1]',
    ]);
    expect(ignored('[\\]x]', [']', 'x', '\\'])).toEqual([']', 'x']);
    expect(ignored('[]-]', [']', '-', 'a'])).toEqual([']', '-']);
  });

  test('spaces at the end and the CR of CRLF are dropped, spaces inside are kept', () => {
    expect(ignored('a  \r\nb c\r\n', ['a', 'b c', 'a  '])).toEqual(['a', 'b c']);
  });

  test('lines after the five thousandth are not applied', () => {
    const parsed = parseGitignore('x\n'.repeat(5000) + 'a\n');
    expect(parsed).toHaveLength(5000);
    expect(isIgnored(parsed, 'a', 'file')).toBeNull();
  });
});

test('F14 stars without number take no time', () => {
  const rules = parseGitignore(`${'*a'.repeat(100)}b\n${'**/*a*/'.repeat(60)}b\n`);
  expect(timed(() => isIgnored(rules, `${'a'.repeat(250)}/`.repeat(60), 'file'))).toBeLessThan(1000);
});
