import { expect, test } from 'vitest';
import { faultsOf, VALIDATORS } from '../../scripts/lib/validators/index.mjs';
import { REPORTERS } from '../../src/reporters/index.ts';

test('every format has a validator', () => {
  expect(Object.keys(REPORTERS).filter((format) => !Object.hasOwn(VALIDATORS, format))).toEqual([]);
});

test.each([
  ['a format that nobody knows', 'toString', 'x\n', 'there is no validator for the format toString'],
  ['no line break at the end', 'compact', 'x', 'does not end with a line break'],
  ['a character that nobody sees', 'pretty', 'a\nb\u202e\n', 'line 2 has a character that nobody sees'],
  ['a command in a text', 'markdown', 'x\n  ::error::y\n', 'line 2 holds a command:   ::error::y'],
  ['a command inside of another one', 'github', '::error::x ##[add-mask]y\n', 'line 1 holds a command:'],
  ['a command of another kind', 'azuredevops', '##vso[task.setvariable x]y\n', 'line 1 holds a command:'],
  ['no JSON', 'json', '{\n', 'no JSON:'],
  ['a JSON that is no report', 'json-v1', '{}\n', "(root) must have required property 'format'"],
  ['a line that is no JSON', 'ndjson', '{}\n{\n', 'line 2: no JSON:'],
  ['no line', 'ocsf', '\n', 'line 1: no JSON:'],
  ['a row that is too short', 'csv', 'a,b\n1\n', 'Invalid Record Length'],
  [
    'a page that asks for a script',
    'html',
    '<script src="x.js"></script>\n',
    'asks for something outside of itself',
  ],
])('%s is found', async (_what, format, text, expected) => {
  expect((await faultsOf(format, text)).some((fault) => fault.startsWith(expected))).toBe(true);
});

test.each([
  ['github', '::error file=a.yaml,line=1::x\n'],
  ['azuredevops', '##vso[task.logissue type=error]x\n'],
  ['csv', 'a,b\n1,"x, y"\n'],
  ['ndjson', '{}\n{}\n'],
])('%s that is in order is taken', async (format, text) => {
  expect(await faultsOf(format, text)).toEqual([]);
});
