import { describe, expect, test } from 'vitest';
import type { Language } from '../../src/documents/document.ts';
import { parseText } from '../../src/documents/parse.ts';
import { toPointer, type Path } from '../../src/documents/pointer.ts';
import type { ParsedDocument } from '../../src/documents/source-document.ts';
import { TextLines } from '../../src/documents/text-lines.ts';
import { briefRange } from './brief.ts';

function documentOf(text: string, language: Language = 'yaml', index = 0): ParsedDocument {
  const { documents, problems } = parseText({ uri: 'a', text, language });
  expect(problems).toEqual([]);
  const document = documents[index];
  if (document === undefined) throw new Error('no document');
  return document;
}

/** Where a path is located: its text on one line and its range, with a ~ when it is that of an ancestor. */
function place(text: string, path: Path, language: Language = 'yaml', index = 0): string {
  const { range, exact } = documentOf(text, language, index).locate(path);
  const found = text.slice(range.start.offset, range.end.offset).replaceAll('\n', '⏎');
  return `${exact ? '' : '~'}${found} @${briefRange(range)}`;
}

function keyPlace(text: string, path: Path, language: Language = 'yaml'): string {
  const { range, exact } = documentOf(text, language).locateKey(path);
  return `${exact ? '' : '~'}${text.slice(range.start.offset, range.end.offset).replaceAll('\n', '⏎')}`;
}

describe('JSON', () => {
  const text = '{\n  "a": [1, "x", {"b": null}],\n  "c d": {},\n  "\\u0065": -1.5e3\n}\n';

  test('values stand with their quotes and brackets', () => {
    expect(place(text, [], 'json')).toBe(`${text.trim().replaceAll('\n', '⏎')} @1:1-5:2`);
    expect(place(text, ['a'], 'json')).toBe('[1, "x", {"b": null}] @2:8-29');
    expect(place(text, ['a', 1], 'json')).toBe('"x" @2:12-15');
    expect(place(text, ['a', 2, 'b'], 'json')).toBe('null @2:23-27');
    expect(place(text, ['c d'], 'json')).toBe('{} @3:10-12');
    expect(place(text, ['e'], 'json')).toBe('-1.5e3 @4:13-19');
  });

  test('keys stand with their quotes, list items and the root stand for themselves', () => {
    expect(keyPlace(text, ['a'], 'json')).toBe('"a"');
    expect(keyPlace(text, ['e'], 'json')).toBe('"\\u0065"');
    expect(keyPlace(text, ['a', 1], 'json')).toBe('"x"');
    expect(keyPlace(text, ['a', 2, 'b'], 'json')).toBe('"b"');
    expect(keyPlace(text, [], 'json')).toBe(text.trim().replaceAll('\n', '⏎'));
  });

  test('an absent path stands at the key of its nearest parent, or at the whole of one without a key', () => {
    expect(place(text, ['a', 7], 'json')).toBe('~"a" @2:3-6');
    expect(place(text, ['a', 2, 'b', 'c', 0], 'json')).toBe('~"b" @2:18-21');
    expect(place(text, ['a', 2, 'nope'], 'json')).toBe('~{"b": null} @2:17-28');
    expect(place(text, ['c d', 'toString'], 'json')).toBe('~"c d" @3:3-8');
    expect(place(text, ['nope'], 'json')).toBe(`~${text.trim().replaceAll('\n', '⏎')} @1:1-5:2`);
    expect(keyPlace(text, ['c d', 'x'], 'json')).toBe('~"c d"');
    expect(place('[1]', [1], 'json')).toBe('~[1] @1:1-4');
  });

  test('keys that JavaScript has plans for are found', () => {
    const odd = '{"__proto__":{"constructor":1},"1":"x","":2}';
    expect(place(odd, ['__proto__', 'constructor'], 'json')).toBe('1 @1:29-30');
    expect(place(odd, [1], 'json')).toBe('"x" @1:36-39');
    expect(place(odd, [''], 'json')).toBe('2 @1:43-44');
    expect(place(odd, ['toString'], 'json')).toBe(`~${odd} @1:1-45`);
  });
});

describe('YAML', () => {
  test('scalars stand with their quotes and block indicators, without the line break after them', () => {
    const text =
      "a: one two  # c\nb: \"q\\n\"\nc: 'it''s'\nd: |+ # c\n  x\n  y\n\ne: >-\n\n  z\nf: one\n  two\ng: 1\n";
    expect(place(text, ['a'])).toBe('one two @1:4-11');
    expect(place(text, ['b'])).toBe('"q\\n" @2:4-9');
    expect(place(text, ['c'])).toBe("'it''s' @3:4-11");
    expect(place(text, ['d'])).toBe('|+ # c⏎  x⏎  y @4:4-6:4');
    expect(place(text, ['e'])).toBe('>-⏎⏎  z @8:4-10:4');
    expect(place(text, ['f'])).toBe('one⏎  two @11:4-12:6');
    expect(place(text, ['g'])).toBe('1 @13:4-5');
  });

  test('block mappings run from the first key to the end of the last value, lists from the first dash', () => {
    const text = '# c\na:\n  b: 1\n  c:\n    - x\n    -\n      y: 2 # c\n\n  # end\nz: 3\n';
    expect(place(text, ['a'])).toBe('b: 1⏎  c:⏎    - x⏎    -⏎      y: 2 @3:3-7:11');
    expect(place(text, ['a', 'c'])).toBe('- x⏎    -⏎      y: 2 @5:5-7:11');
    expect(place(text, ['a', 'c', 1])).toBe('y: 2 @7:7-11');
    expect(place(text, [])).toBe('a:⏎  b: 1⏎  c:⏎    - x⏎    -⏎      y: 2 # c⏎⏎  # end⏎z: 3 @2:1-10:5');
    expect(keyPlace(text, ['a', 'c', 1, 'y'])).toBe('y');
    expect(keyPlace(text, ['a', 'c', 1])).toBe('y: 2');
  });

  test('flow collections stand with their brackets, single pairs without', () => {
    const text = 'a: [x, {b: 1 , c} , # ]\n  "]" ,\n ]\nd: {}\ne: [ ]\nf: [p: 1, q: ]\n';
    expect(place(text, ['a'])).toBe('[x, {b: 1 , c} , # ]⏎  "]" ,⏎ ] @1:4-3:3');
    expect(place(text, ['a', 1])).toBe('{b: 1 , c} @1:8-18');
    expect(place(text, ['a', 1, 'c'])).toBe('c @1:16-17');
    expect(place(text, ['d'])).toBe('{} @4:4-6');
    expect(place(text, ['e'])).toBe('[ ] @5:4-7');
    expect(place(text, ['f', 0])).toBe('p: 1 @6:5-9');
    expect(place(text, ['f', 1])).toBe('q @6:11-12');
    expect(place(text, ['f'])).toBe('[p: 1, q: ] @6:4-15');
  });

  test('an empty value stands at its key, in a list at its dash', () => {
    const text = 'a:\nb: # - c\n  -\n  - x\n  # - c\n  -\nc:\n- \n- |\n  t\n-';
    expect(place(text, ['a'])).toBe('a @1:1-2');
    expect(place(text, ['b', 0])).toBe('- @3:3-4');
    expect(place(text, ['b', 2])).toBe('- @6:3-4');
    expect(place(text, ['b'])).toBe('-⏎  - x⏎  # - c⏎  - @3:3-6:4');
    expect(place(text, ['c', 0])).toBe('- @8:1-2');
    expect(place(text, ['c', 1])).toBe('|⏎  t @9:3-10:4');
    expect(place(text, ['c', 2])).toBe('- @11:1-2');
    expect(place(text, ['a', 'x'])).toBe('~a @1:1-2');
  });

  test('explicit keys and quoted keys stand as they are written', () => {
    const text = '? "a b"\n: 1\n? c\n: - x\n';
    expect(keyPlace(text, ['a b'])).toBe('"a b"');
    expect(place(text, ['a b'])).toBe('1 @2:3-4');
    expect(place(text, ['c', 0])).toBe('x @4:5-6');
    expect(place(text, [])).toBe('? "a b"⏎: 1⏎? c⏎: - x @1:1-4:6');
  });

  test('documents of a stream have their own places in the common text', () => {
    const text = '---\na: 1\n...\n# c\n--- # d\nb: |\n  x\n---\n- y\n';
    expect(place(text, ['a'], 'yaml', 0)).toBe('1 @2:4-5');
    expect(place(text, ['b'], 'yaml', 1)).toBe('|⏎  x @6:4-7:4');
    expect(place(text, [0], 'yaml', 2)).toBe('y @9:3-4');
    expect(place(text, ['b'], 'yaml', 2)).toBe('~- y @9:1-4');
  });

  test('lines end with LF or CRLF, and columns count UTF-16 units', () => {
    expect(place('a: 1\r\n\r\nb: "😀" # x\r\nc: {d: é}\r\n', ['c', 'd'])).toBe('é @4:8-9');
    expect(place('a: "😀😀"\nb: x', ['a'])).toBe('"😀😀" @1:4-10');
  });

  test('JSON in a .yaml file has the places of JSON', () => {
    expect(place('{"a": [1, "x"]}', ['a', 1])).toBe('"x" @1:11-14');
    expect(place('---\n{"a": [1, "x"]}', ['a', 1])).toBe('"x" @2:11-14');
  });
});

describe('wide collections', () => {
  const length = 40_000;
  const items = Array.from({ length }, (_, index) => index);

  test('a thousand places in a list or mapping of forty thousand take no time', () => {
    const list = documentOf(JSON.stringify(items), 'json');
    const mapping = documentOf(
      JSON.stringify(Object.fromEntries(items.map((item) => [`k${item}`, item]))),
      'json',
    );
    const start = performance.now();
    for (let item = 0; item < length; item += 40) {
      expect(list.locate([item]).exact).toBe(true);
      expect(mapping.locate([`k${item}`]).exact).toBe(true);
    }
    expect(list.locate([length]).exact).toBe(false);
    expect(list.locate(['x']).exact).toBe(false);
    expect(mapping.locate(['k']).exact).toBe(false);
    expect(performance.now() - start).toBeLessThan(1000);
  });

  test('the last of many is the right one', () => {
    const text = JSON.stringify(items.slice(0, 100));
    expect(place(text, [15], 'json')).toMatch(/^15 @/);
    expect(place(text, [16], 'json')).toMatch(/^16 @/);
    expect(place(text, [99], 'json')).toMatch(/^99 @/);
    expect(place(text, [100], 'json')).toMatch(/^~\[/);
  });
});

test('lines are given without their break, and empty where there is none', () => {
  const document = documentOf('{"a":\r\n1}\n', 'json');
  expect([0, 1, 2, 3, 4].map((line) => document.line(line))).toEqual(['', '{"a":', '1}', '', '']);
  expect(new TextLines('\n\r\nx').range(0, 4)).toEqual({
    start: { line: 1, column: 1, offset: 0 },
    end: { line: 3, column: 2, offset: 4 },
  });
});

test('a document that forgot its places finds them again', () => {
  for (const [text, language] of [
    ['{"a":{"b":1}}', 'json'],
    ['a:\n  b: 1\n', 'yaml'],
  ] as const) {
    const document = documentOf(text, language);
    const before = [document.locate(['a', 'b']), document.line(1), document.secretRanges()];
    document.forget();
    document.forget();
    expect([document.locate(['a', 'b']), document.line(1), document.secretRanges()]).toEqual(before);
  }
});

test('a path is written as a JSON pointer', () => {
  expect(toPointer([])).toBe('');
  expect(toPointer(['a/b', 0, '~1', ''])).toBe('/a~1b/0/~01/');
});
