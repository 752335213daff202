import { describe, expect, test } from 'vitest';
import { opaError, placedFailure, wasmError } from '../../src/rules/test/places.ts';

const TEXT =
  'package a\n\nx := 1\ntest_x if { "é"; f(1, "}") == 2; true }\ntest_y if f([\n\t1,\n]) with input as 1\n\twith data.x as 2\n\tnot x\n';
const FILES = new Map([['a/b.rego', { uri: 'rules/a/b.rego', text: TEXT }]]);

const words = ({ message, place }: ReturnType<typeof opaError>) =>
  place === null
    ? message
    : `${place.uri}:${place.range?.start.line ?? '?'}:${place.range?.start.column ?? '?'} ${message}`;

describe('an error in a test is told without the words of machines', () => {
  test.each([
    ['a/b.rego:3: eval_conflict_error: two outputs', 'rules/a/b.rego:3:1 two outputs'],
    ['a/b.rego:3:6: eval_type_error: no number', 'rules/a/b.rego:3:6 no number'],
    ['eval_cancel_error: context deadline exceeded', 'it took more than 5 s in OPA'],
    ['lib/gone.rego:3: eval_conflict_error: two outputs', 'lib/gone.rego:?:? two outputs'],
    ['something else\nin two lines', 'something else'],
    [
      '1 error occurred: 1:1: rego_type_error: function data.a.test_f used as reference, not called\n\tdata.a.test_f',
      'it is a function, and tests take no arguments',
    ],
  ])('OPA: %j', (error, expected) => {
    expect(words(opaError(error, FILES))).toBe(expected);
  });

  test.each([
    ['the policy broke: a/b.rego:3:1: var assignment conflict', 'rules/a/b.rego:3:1 var assignment conflict'],
    ['the policy broke: opa_arith_divide: invalid number', 'opa_arith_divide: invalid number'],
    ['the policy exceeded 10 s', 'exceeded 10 s'],
  ])('WebAssembly: %j', (error, expected) => {
    expect(words(wasmError(error, FILES))).toBe(expected);
  });
});

describe('the expression that a test failed at', () => {
  test.each([
    ['ends before the next one, whatever is in its texts', 4, 18, 'f(1, "}") == 2'],
    ['ends before the end of the body', 4, 34, 'true'],
    [
      'goes on in brackets and with its modifiers',
      5,
      11,
      'f([\n\t1,\n]) with input as 1\n\twith data.x as 2',
    ],
    ['ends with the text', 9, 2, 'not x'],
  ])('%s', (_, row, column, expected) => {
    const failure = { file: 'a/b.rego', row, column, text: '', got: null, expected: null, variables: {} };
    const { range } = placedFailure(failure, FILES).place;
    expect(TEXT.slice(range?.start.offset, range?.end.offset)).toBe(expected);
  });
});
