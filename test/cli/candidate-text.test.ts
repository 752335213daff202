import { expect, test } from 'vitest';
import { candidateLines } from '../../src/cli/candidate-text.ts';
import { styleFor } from '../../src/reporters/style.ts';
import type { Candidate } from '../../src/rules/candidates.ts';

function lines(candidates: readonly Candidate[], told = new Set<string>()): readonly string[] {
  const marked = (holds: boolean, text: string) => `${holds ? '+' : '-'} ${text}`;
  return candidateLines(candidates, told, { marked, style: styleFor({ color: false }) });
}

function candidate(holds: boolean, value: unknown, times = 1): Candidate {
  return { holds, times, operands: [{ name: 'item', value }] };
}

test('a single one has the mark of its line', () => {
  expect(lines([candidate(false, 3)])).toEqual(['item = 3']);
});

test('several have marks of their own, and how often they came', () => {
  expect(lines([candidate(true, 3, 2), candidate(false, 4)])).toEqual(['+ item = 3 (2 times)', '- item = 4']);
});

test('what is not there is no value', () => {
  expect(
    lines([{ holds: false, times: 1, operands: [{ name: 'input.x' }, { name: 'y', value: null }] }]),
  ).toEqual(['input.x is not there · y = null']);
});

test('few of many are shown, of those that hold and of the others', () => {
  const many = Array.from({ length: 9 }, (_, index) => candidate(index < 5, index));
  expect(lines(many)).toEqual([
    ...['+ item = 0', '+ item = 1', '+ item = 2', '+ … 2 more'],
    ...['- item = 5', '- item = 6', '- item = 7', '- … 1 more'],
  ]);
});

test('values that were shown are not repeated while the line holds', () => {
  const told = new Set<string>();
  expect(lines([candidate(true, 1), candidate(true, 2)], told)).toEqual(['+ item = 1', '+ item = 2']);
  expect(lines([candidate(true, 1), candidate(false, 2)], told)).toEqual(['- item = 2']);
});

test('objects that are cut begin with what tells them apart', () => {
  const common = { api: '00000003-0000-0000-c000-000000000000', kind: 'application', list: [1, 2, 3] };
  const shown = lines(
    ['Mail.Read', 'Files.Read.All'].map((name, index) => candidate(true, { ...common, at: [index], name })),
  );
  expect(shown).toEqual([
    '+ item = { "name": "Mail.Read", "at": [0], "api": "00000003-0000-0000-c000-000000…',
    '+ item = { "name": "Files.Read.All", "at": [1], "api": "00000003-0000-0000-c000-0…',
  ]);
});

test('O01 names and values are shown, not obeyed', () => {
  const operands = [{ name: 'input["\u001b[2J"]', value: '\u202e' }];
  expect(lines([{ holds: true, times: 1, operands }])).toEqual([String.raw`input["\x1b[2J"] = "\u202e"`]);
});
