import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Problem } from '../../src/documents/problem.ts';
import type { Range } from '../../src/documents/range.ts';
import type { Finding } from '../../src/findings/finding.ts';
import { sortFindings, sortProblems } from '../../src/findings/sort.ts';

type Sortable = Pick<Finding, 'location' | 'rule' | 'message'>;

function at(offset: number | null): Range | null {
  if (offset === null) return null;
  const position = { line: 1, column: offset + 1, offset };
  return { start: position, end: position };
}

function finding(uri: string, offset: number | null, rule: string, message = '', pointer = ''): Sortable {
  return { location: { kind: 'file', uri, pointer, range: at(offset), snippet: [] }, rule, message };
}

function problem(uri: string | null, offset: number | null, code: string, message = ''): Problem {
  return { uri, range: at(offset), code, message };
}

const FINDINGS: readonly Sortable[] = [
  finding('', 0, 'a/a'),
  finding('Z.yaml', 0, 'a/a'),
  finding('a.yaml', null, 'z/z'),
  finding('a.yaml', 0, 'a/a', 'a', '/a'),
  finding('a.yaml', 0, 'a/a', 'a', '/b'),
  finding('a.yaml', 0, 'a/a', 'b', '/a'),
  finding('a.yaml', 0, 'a/b'),
  finding('a.yaml', 9, 'a/a'),
  finding('a.yaml', 10, 'a/a'),
  finding('a/b.yaml', 0, 'a/a'),
  finding('b.yaml', 0, 'a/a'),
  finding('é.yaml', 0, 'a/a'),
  finding('～.yaml', 0, 'a/a'),
  finding('😀.yaml', 0, 'a/a'),
];

const PROBLEMS: readonly Problem[] = [
  problem(null, null, 'a'),
  problem('a.yaml', null, 'a'),
  problem('a.yaml', 0, 'a', 'a'),
  problem('a.yaml', 0, 'a', 'b'),
  problem('a.yaml', 0, 'b'),
  problem('a.yaml', 3, 'a'),
  problem('～.yaml', 0, 'a'),
  problem('😀.yaml', 0, 'a'),
];

describe('any order becomes the one order', () => {
  test('of findings: file, position, rule, message, pointer, by code point', () => {
    fc.assert(
      fc.property(fc.shuffledSubarray([...FINDINGS], { minLength: FINDINGS.length }), (shuffled) => {
        const before = [...shuffled];
        expect(sortFindings(shuffled)).toEqual(FINDINGS);
        expect(shuffled).toEqual(before);
      }),
      { seed: 1 },
    );
  });

  test('of problems: file, position, code, message, by code point', () => {
    fc.assert(
      fc.property(fc.shuffledSubarray([...PROBLEMS], { minLength: PROBLEMS.length }), (shuffled) => {
        expect(sortProblems(shuffled)).toEqual(PROBLEMS);
      }),
      { seed: 1 },
    );
  });
});

test('equal ones stay in the order in which they came', () => {
  const twins = [finding('a.yaml', 0, 'a/a'), finding('a.yaml', 0, 'a/a')];
  const sorted = sortFindings([finding('b.yaml', 0, 'a/a'), ...twins]);
  expect(sorted[0]).toBe(twins[0]);
  expect(sorted[1]).toBe(twins[1]);
});

test('nothing is nothing', () => {
  expect(sortFindings([])).toEqual([]);
  expect(sortProblems([])).toEqual([]);
});
