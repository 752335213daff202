import { describe, expect, test } from 'vitest';
import { DOCUMENT_PROBLEMS } from '../../src/documents/problem-codes.ts';
import { languageOf } from '../../src/documents/language.ts';
import { parseText } from '../../src/documents/parse.ts';
import { outcome, problemsIn, timed } from './brief.ts';

const json = (text: string) => problemsIn('json', text);
const data = (text: string) => {
  const { data: found, problems } = outcome('json', text);
  expect(problems).toEqual([]);
  return found;
};

describe('J01 what other dialects allow', () => {
  test.each([
    ['{"a":1,}', 'json-trailing-comma 1:7-8'],
    ['[1, 2,\n]', 'json-trailing-comma 1:6-7'],
    ['// c\n{}', 'json-comment 1:1-5'],
    ['{"a":1 /* c\n */}', 'json-comment 1:8-2:4'],
    ['{"a":1 # c\n}', 'json-comment 1:8-11'],
    ['{"a":1} // c', 'json-comment 1:9-13'],
    ['{"a": /* c', 'json-comment 1:7-11'],
    ["{'a':1}", 'json-single-quotes 1:2-5'],
    ['{"a":\'b c\'}', 'json-single-quotes 1:6-11'],
    ['{a:1}', 'json-unquoted-key 1:2-3'],
    ['{"a":1, äöü-b:1}', 'json-unquoted-key 1:9-14'],
    ['{"a":undefined}', 'json-syntax 1:6-15'],
    ['{"a":NaN}', 'json-syntax 1:6-9'],
    ['{"a":True}', 'json-syntax 1:6-10'],
    ['{"a":+1}', 'json-syntax 1:6-7'],
    ['{"a":.5}', 'json-syntax 1:6-7'],
    ['{"a":1.}', 'json-bad-number 1:6-8'],
    ['{"a":0x10}', 'json-bad-number 1:6-10'],
    ['{"a":1_000}', 'json-bad-number 1:6-11'],
    ['{"a":-}', 'json-bad-number 1:6-7'],
    ['{"a":017}', 'leading-zero 1:6-9'],
  ])('J01 %j', (text, expected) => {
    expect(json(text)).toEqual([expected]);
  });
});

describe('J02 duplicate keys', () => {
  test('J02 every one is named with both places', () => {
    expect(json('{"a":1,"a":2}')).toEqual(['duplicate-key 1:8-11 (1:2-5)']);
    expect(json('{"x":[{"b":1,\n"b":2}],"x":3,"\\u0078":4}')).toEqual([
      'duplicate-key 2:1-4 (1:8-11)',
      'duplicate-key 2:9-12 (1:2-5)',
      'duplicate-key 2:15-23 (1:2-5)',
    ]);
    expect(json('{"__proto__":1,"__proto__":2}')).toEqual(['duplicate-key 1:16-27 (1:2-13)']);
    expect(json('{"":1,"":2}')).toEqual(['duplicate-key 1:7-9 (1:2-4)']);
  });

  test('J02 a name is repeated in the message only when it looks like a name', () => {
    const messages = (text: string) =>
      parseText({ uri: 'a', text, language: 'json' }).problems.map(({ message }) => message);
    expect(messages('{"@odata.type":1,"@odata.type":2}')).toEqual([
      'The key "@odata.type" stands here a second time.',
    ]);
    expect(messages('{"a b":1,"a b":2}')).toEqual(['This key stands here a second time.']);
  });

  test('J02 the same key in different objects is no duplicate', () => {
    expect(data('[{"a":{"a":1}},{"a":2}]')).toEqual([[{ a: { a: 1 } }, { a: 2 }]]);
  });

  test('J02 a hundred thousand duplicates take no time', () => {
    const text = `{${'"a":1,'.repeat(100_000)}"a":1}`;
    expect(timed(() => json(text))).toBeLessThan(1000);
    expect(json(text)).toHaveLength(20);
  });
});

describe('J03 nesting', () => {
  test('J03 64 levels are read, 65 are refused where they begin', () => {
    const deep = (depth: number) => `${'['.repeat(depth)}1${']'.repeat(depth)}`;
    expect(data(deep(64))).toHaveLength(1);
    expect(json(deep(65))).toEqual(['too-deep 1:65-66']);
    expect(json(`${'{"a":'.repeat(65)}1${'}'.repeat(65)}`)).toEqual(['too-deep 1:321-322']);
    expect(data(`["${'['.repeat(100)}"]`)).toHaveLength(1);
  });

  test('J03 a million brackets take no time', () => {
    for (const text of ['['.repeat(1e6), '{"a":'.repeat(1e6), '[{"a":'.repeat(1e6)]) {
      expect(timed(() => json(text))).toBeLessThan(1000);
      expect(json(text)).toEqual([expect.stringMatching(/^too-deep 1:/)]);
    }
  });
});

test('J04 __proto__ is an own key and changes no prototype', () => {
  const [found] = data('{"__proto__":{"x":1}}');
  expect(Object.entries(found as object)).toEqual([['__proto__', { x: 1 }]]);
  expect(Object.getPrototypeOf(found)).toBe(Object.prototype);
});

test('J05 numbers that readers round are refused', () => {
  expect(json('{"n":9007199254740993}')).toEqual(['number-not-exact 1:6-22']);
  expect(json('[-0, 1e400, 1e-400, -0.0e1, 123456789012345678901234567890]')).toEqual([
    'number-not-exact 1:2-4',
    'number-not-exact 1:6-11',
    'number-not-exact 1:13-19',
    'number-not-exact 1:21-27',
    'number-not-exact 1:29-59',
  ]);
  expect(
    data('[9007199254740991, -9007199254740991, 0.1, 1e3, 0e0, 1.7976931348623157, "9007199254740993"]'),
  ).toEqual([[9007199254740991, -9007199254740991, 0.1, 1000, 0, 1.7976931348623157, '9007199254740993']]);
});

test('J06 text after the document is refused', () => {
  expect(json('{"a":1}x')).toEqual(['json-trailing-text 1:8-9']);
  expect(json('{}{}')).toEqual(['json-trailing-text 1:3-4']);
  expect(json('{"a":1}\n\n]')).toEqual(['json-trailing-text 3:1-2']);
  expect(data(' {"a":1} \n')).toEqual([{ a: 1 }]);
});

test('J07 a truncated file is told where it ends and what is open', () => {
  expect(json('{"a": [1, 2')).toEqual(['json-truncated 1:12-12 (1:7-8)']);
  expect(json('{"a":\n')).toEqual(['json-truncated 2:1-1 (1:1-2)']);
  expect(json('{"a": "x')).toEqual(['json-truncated 1:9-9 (1:7-8)']);
  expect(json('{"a": "x\\')).toEqual(['json-truncated 1:10-10']);
  expect(json('{"a": tru')).toEqual(['json-truncated 1:10-10']);
  expect(json('{"a"')).toEqual(['json-truncated 1:5-5 (1:1-2)']);
});

test('J08 control characters and bad escapes have their place', () => {
  expect(json('"\u0000"')).toEqual(['control-character 1:2-3']);
  expect(json('{"a": "x\u0007"}')).toEqual(['control-character 1:9-10']);
  expect(json('{"a": "x\ty"}')).toEqual(['json-line-break-in-string 1:9-10']);
  expect(json('{"a": "x\ny"}')).toEqual(['json-line-break-in-string 1:9-9']);
  expect(json('{"a": "x\r\ny"}')).toEqual(['json-line-break-in-string 1:9-9']);
  expect(json('{"a": "\\x41"}')).toEqual(['json-bad-escape 1:8-10']);
  expect(json('{"a": "\\u12G4"}')).toEqual(['json-bad-escape 1:8-14']);
  expect(data('{"a": "\\"\\\\\\/\\b\\f\\n\\r\\t\\u0041\\ud83d\\ude00"}')).toEqual([
    { a: '"\\/\b\f\n\r\tA😀' },
  ]);
});

describe('J09 the extension decides', () => {
  test('J09 YAML in a .json file is refused as what it is', () => {
    for (const text of ['a: 1\nb: 2', '- a', '---\na: 1', '%YAML 1.2\n---\n', 'display-name: x']) {
      expect(json(text)).toEqual(['json-looks-like-yaml 1:1-2']);
    }
  });

  test('J09 JSON in a .yaml file is read as JSON', () => {
    const text = '{"a": [1, "x\\/y"],\n\t"b": null}';
    const { documents, problems } = parseText({ uri: 'a.yaml', text, language: 'yaml' });
    expect(problems).toEqual([]);
    expect(documents.map(({ data: found, language, index }) => [found, language, index])).toEqual([
      [{ a: [1, 'x/y'], b: null }, 'yaml', 0],
    ]);
    expect(problemsIn('yaml', '{"a": 1, "a": 2, "n": 9007199254740993}')).toEqual([
      'duplicate-key 1:10-13 (1:2-5)',
      'number-not-exact 1:23-39',
    ]);
  });

  test('J09 names end in .json in any case, everything else is YAML', () => {
    expect(['a.json', 'A.JSON', 'a.yaml', 'a.yml', 'a', 'json', 'a.json.txt'].map(languageOf)).toEqual([
      'json',
      'json',
      'yaml',
      'yaml',
      'yaml',
      'yaml',
      'yaml',
    ]);
  });
});

describe('structure', () => {
  test.each([
    ['{"a" 1}', 'json-missing-colon 1:6-7'],
    ['{"a":1 "b":2}', 'json-missing-comma 1:8-9'],
    ['[1 2]', 'json-missing-comma 1:4-5'],
    ['[{} {}]', 'json-missing-comma 1:5-6'],
    ['{"a":[1}', 'json-syntax 1:8-9 (1:6-7)'],
    ['{"a":1]', 'json-syntax 1:7-8 (1:1-2)'],
    ['[1:2]', 'json-syntax 1:3-4'],
    ['[,1]', 'json-syntax 1:2-3'],
    ['[1,,2]', 'json-syntax 1:4-5'],
    ['{,}', 'json-syntax 1:2-3'],
    ['{"a":}', 'json-syntax 1:6-7'],
    ['{1:2}', 'json-syntax 1:2-3'],
    [']', 'json-syntax 1:1-2'],
  ])('%j', (text, expected) => {
    expect(json(text)).toEqual([expected]);
  });
});

describe('the table of problems', () => {
  const texts = Object.entries(DOCUMENT_PROBLEMS);

  test('codes are kebab-case, and every one has a sentence and a hint', () => {
    for (const [code, { title, hint }] of texts) {
      expect(code).toMatch(/^[a-z0-9]+(?:-[a-z0-9]+)*$/);
      expect(title).toMatch(/^[A-Z].*[.]$/);
      expect(hint).toMatch(/^[A-Z].*[.]$/);
    }
  });

  test('no two codes say the same', () => {
    expect(new Set(texts.map(([, { title }]) => title)).size).toBe(texts.length);
  });
});
