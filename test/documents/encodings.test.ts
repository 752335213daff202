import { describe, expect, test } from 'vitest';
import { decode } from '../../src/documents/decode.ts';
import { brief, outcome, problemsIn, timed } from './brief.ts';

function decoded(bytes: Uint8Array | readonly number[]): string {
  const result = decode('a.yaml', Buffer.from(bytes));
  return result.ok ? `text ${result.text}` : `${brief(result.problem)}: ${result.problem.message}`;
}

function utf32(text: string, bom: boolean): Buffer {
  const points = Array.from(bom ? `\ufeff${text}` : text, (character) => character.codePointAt(0) ?? 0);
  return Buffer.from(new Uint8Array(new Uint32Array(points).buffer));
}

describe('bytes', () => {
  test('E01 one byte order mark is dropped, and places count from after it', () => {
    expect(decoded([0xef, 0xbb, 0xbf, 0x7b, 0x7d])).toBe('text {}');
    expect(decoded([0xef, 0xbb, 0xbf])).toBe('text ');
    const result = decode('a.json', Buffer.from('\ufeff{"a":1,}'));
    expect(result.ok && problemsIn('json', result.text)).toEqual(['json-trailing-comma 1:7-8']);
  });

  test('E02 a second byte order mark and one in the middle are refused', () => {
    const result = decode('a.yaml', Buffer.from('\ufeff\ufeffa: 1'));
    expect(result.ok && problemsIn('yaml', result.text)).toEqual(['byte-order-mark-inside 1:1-2']);
    expect(problemsIn('yaml', 'a: 1\n\ufeffb: 2')).toEqual(['byte-order-mark-inside 2:1-2']);
    expect(problemsIn('json', '{"a\ufeff":1}')).toEqual(['byte-order-mark-inside 1:4-5']);
    expect(problemsIn('json', '\ufeff{}')).toEqual(['byte-order-mark-inside 1:1-2']);
  });

  test('E03 UTF-16 and UTF-32 are named, with and without a byte order mark', () => {
    const le = Buffer.from('a: 1\n', 'utf16le');
    const be = Buffer.from(le).swap16();
    const saysUtf16 = 'wrong-encoding: The file is UTF-16; save it as UTF-8.';
    const saysUtf32 = 'wrong-encoding: The file is UTF-32; save it as UTF-8.';
    expect(decoded(le)).toBe(saysUtf16);
    expect(decoded(be)).toBe(saysUtf16);
    expect(decoded([0xff, 0xfe, ...le])).toBe(saysUtf16);
    expect(decoded([0xfe, 0xff, ...be])).toBe(saysUtf16);
    expect(decoded(Buffer.from('é: ß\n', 'utf16le'))).toBe(saysUtf16);
    expect(decoded(utf32('a: 1', true))).toBe(saysUtf32);
    expect(decoded(utf32('a: 1', false))).toBe(saysUtf32);
    expect(decoded(utf32('a: 1', false).swap32())).toBe(saysUtf32);
    expect(decoded(utf32('a: 1', true).swap32())).toBe(saysUtf32);
  });

  test('E04 bytes that are not UTF-8 are told by their offset', () => {
    expect(decoded([0x61, 0x3a, 0x20, 0xff])).toBe('invalid-utf8 1:4-4: Byte 3 (0xFF) is not valid UTF-8.');
    expect(decoded([0x0a, 0xc0, 0xaf])).toBe('invalid-utf8 2:1-1: Byte 1 (0xC0) is not valid UTF-8.');
    expect(decoded([0xed, 0xa0, 0x80])).toBe('invalid-utf8 1:1-1: Byte 0 (0xED) is not valid UTF-8.');
    expect(decoded([0xef, 0xbb, 0xbf, 0x61, 0x80])).toBe(
      'invalid-utf8 1:2-2: Byte 4 (0x80) is not valid UTF-8.',
    );
  });

  test('E04 the offset is where a strict decoder stops', () => {
    const starts = [
      [0xe0, 0x9f, 0x80],
      [0xf0, 0x8f, 0x80, 0x80],
      [0xf4, 0x90, 0x80, 0x80],
      [0xf5, 0x80, 0x80, 0x80],
      [0xc2],
      [0xe2, 0x82],
      [0xf0, 0x9f, 0x98],
      [0xe2, 0x28, 0xa1],
      [0xf0, 0x28, 0x8c, 0xbc],
    ];
    const good = Buffer.from('é€😀\u07ff\u0800\ud7ff\ue000\u{10ffff}');
    for (const bad of starts) {
      const result = decode('a', Buffer.concat([good, Buffer.from(bad)]));
      expect(result.ok ? '' : result.problem.message).toMatch(new RegExp(`^Byte ${good.length} `));
    }
    expect(decoded(good)).toBe(`text ${good.toString()}`);
  });
});

describe('characters', () => {
  test('E05 raw control characters are refused in both languages', () => {
    expect(problemsIn('yaml', 'a: "x\0y"')).toEqual(['control-character 1:6-7']);
    expect(problemsIn('yaml', 'name: x\x1b[31m')).toEqual(['control-character 1:8-9']);
    expect(problemsIn('json', '{"a":"\x1b[31m"}')).toEqual(['control-character 1:7-8']);
    expect(problemsIn('json', '{"a":"\x7f"}')).toEqual(['control-character 1:7-8']);
    expect(problemsIn('json', '{"a":"\x9b31m"}')).toEqual(['control-character 1:7-8']);
    expect(problemsIn('json', '{"a":1}\0')).toEqual(['control-character 1:8-9']);
    expect(problemsIn('yaml', 'a: "\ufffe"')).toEqual(['control-character 1:5-6']);
    expect(outcome('json', '{"a":"\\u001b"}').data).toEqual([{ a: '\x1b' }]);
    expect(outcome('yaml', 'a: "\\x1b\\0"').data).toEqual([{ a: '\x1b\0' }]);
  });

  test('E06 CRLF ends a line, a lone CR is refused in both languages', () => {
    expect(outcome('yaml', 'a: 1\r\nb: 2\r\n').data).toEqual([{ a: 1, b: 2 }]);
    expect(problemsIn('yaml', 'a: 1\r\nb: *x\r\n')).toEqual(['yaml-alias 2:4-6']);
    expect(problemsIn('json', '{"a":1,\r\n"b":2,}')).toEqual(['json-trailing-comma 2:6-7']);
    expect(problemsIn('yaml', 'a: 1\rb: 2\r')).toEqual(['lone-carriage-return 1:5-6']);
    expect(problemsIn('yaml', 'a: 1\r\nb: 2\r')).toEqual(['lone-carriage-return 2:5-6']);
    expect(problemsIn('json', '{"a":1,\r"b":2}')).toEqual(['lone-carriage-return 1:8-9']);
  });

  test('E07 U+2028, U+2029 and U+0085 end no line', () => {
    for (const separator of ['\u2028', '\u2029', '\u0085']) {
      expect(problemsIn('yaml', `a: x${separator}b: 2`)).toEqual(['yaml-syntax 1:7-8']);
      expect(outcome('yaml', `a: x${separator}y\nb: "p${separator}q"`).data).toEqual([
        { a: `x${separator}y`, b: `p${separator}q` },
      ]);
      expect(outcome('json', `{"a":"x${separator}y"}`).data).toEqual([{ a: `x${separator}y` }]);
      expect(problemsIn('json', `{"a":"${separator}",}`)).toEqual(['json-trailing-comma 1:9-10']);
    }
  });

  test('E08 half a surrogate pair is refused, escaped or raw', () => {
    expect(problemsIn('json', '{"a":"\\ud800"}')).toEqual(['malformed-unicode 1:7-13']);
    expect(problemsIn('json', '{"a":"x\\uDC00\\uD83D","\\ud83d\\ud83d":1}')).toEqual([
      'malformed-unicode 1:8-14',
      'malformed-unicode 1:14-20',
      'malformed-unicode 1:23-29',
      'malformed-unicode 1:29-35',
    ]);
    expect(problemsIn('yaml', 'a: "\\ud800"\n"\\udc00": 1')).toEqual([
      'malformed-unicode 1:4-12',
      'malformed-unicode 2:1-9',
    ]);
    expect(problemsIn('json', '{"a":"\ud800"}')).toEqual(['malformed-unicode 1:7-8']);
    expect(problemsIn('yaml', 'a: \udc00')).toEqual(['malformed-unicode 1:4-5']);
    expect(outcome('json', '{"a":"\\ud83d\\ude00 😀"}').data).toEqual([{ a: '😀 😀' }]);
    expect(outcome('yaml', 'a: "\\ud83d\\ude00 😀 \\U0001F600"').data).toEqual([{ a: '😀 😀 😀' }]);
  });

  test('E09 text that deceives the eye arrives unchanged for the rules to judge', () => {
    const text = 'admin\u202etxt User\u200b.Read \u{e0041} \u0430';
    expect(outcome('json', JSON.stringify({ a: text })).data).toEqual([{ a: text }]);
    expect(outcome('yaml', `a: ${text}`).data).toEqual([{ a: text }]);
  });

  test('E10 a line of ten megabytes takes time in proportion', () => {
    const long = 'x'.repeat(10 * 1024 * 1024);
    expect(timed(() => outcome('json', JSON.stringify({ a: long })))).toBeLessThan(1000);
    expect(timed(() => outcome('yaml', `a: ${long}`))).toBeLessThan(3000);
  });

  test('E11 documents without keys and values', () => {
    for (const text of ['', ' ', '\n\n', '# x', '---', '---\n...\n', '# x\n---\n# y\n']) {
      expect(problemsIn('yaml', text)).toEqual(['empty-document']);
    }
    expect(problemsIn('json', '')).toEqual(['empty-document']);
    expect(problemsIn('json', ' \n')).toEqual(['empty-document']);
    for (const text of ['hello', 'null', '42', '~', '"x"']) {
      expect(problemsIn('yaml', text)).toEqual([`not-a-mapping 1:1-${text.length + 1}`]);
    }
    expect(problemsIn('yaml', '--- |\n  x\n')).toEqual(['not-a-mapping 1:5-2:4']);
    expect(problemsIn('json', ' 42\n')).toEqual(['not-a-mapping 1:2-4']);
    expect(outcome('json', '[]').data).toEqual([[]]);
    expect(outcome('yaml', '[]').data).toEqual([[]]);
  });
});
