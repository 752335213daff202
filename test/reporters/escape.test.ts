import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { joinLines, visible, visibleCharacters, visibleJson } from '../../src/reporters/escape.ts';

describe('visible', () => {
  // The texts themselves are kept out of the names of the tests, which a CI log prints.
  test.each([
    ['plain text', 'plain text', 'plain text'],
    ['nothing', '', ''],
    ['letters of any script', 'Grüße, 請求書, مرحبا, 🧾', 'Grüße, 請求書, مرحبا, 🧾'],
    ['combining marks', 'cafe\u0301', 'cafe\u0301'],
    ['backslashes', String.raw`C:\x1b stays`, String.raw`C:\x1b stays`],
    ['hashes and brackets apart', 'a # b ## c [d] #[e]', 'a # b ## c [d] #[e]'],
    ['colons', '::error::stays in a line', '::error::stays in a line'],
    ['C0', 'two\nlines\tand\ra\0', String.raw`two\x0alines\x09and\x0da\x00`],
    ['ESC, C1 and DEL', '\u001b[31mred\u009b0m\u007f', String.raw`\x1b[31mred\x9b0m\x7f`],
    ['soft hyphen', 'soft\u00adhyphen', String.raw`soft\xadhyphen`],
    ['bidirectional controls', 'admin\u202etxt\u2066', String.raw`admin\u{202e}txt\u{2066}`],
    ['zero width', 'User\u200b.Read\ufeff', String.raw`User\u{200b}.Read\u{feff}`],
    ['tags and variation selectors', 'a\u{e0041}b\u{e01ef}', String.raw`a\u{e0041}b\u{e01ef}`],
    ['format controls', '\u{1d173}\u{1bca0}\u{13430}', String.raw`\u{1d173}\u{1bca0}\u{13430}`],
    ['the neighbours of format controls', '\u{1d172}\u{1bc9f}\u{1342f}', '\u{1d172}\u{1bc9f}\u{1342f}'],
    ['a lone surrogate', '\ud800', String.raw`\u{d800}`],
    [
      'lone surrogates around a pair',
      '\udc00\ud83d\ud83e\uddfe\uddfe',
      String.raw`\u{dc00}\u{d83d}🧾\u{ddfe}`,
    ],
    ['commands of the GitHub runner', 'x ##[error]y ##[x', String.raw`x ##\x5berror]y ##\x5bx`],
    ['crowded commands', '###[a]##[[b]', String.raw`###\x5ba]##\x5b[b]`],
    ['commands of Azure Pipelines', '##vso[task.complete]', String.raw`##vso\x5btask.complete]`],
    ['a command behind zero width', '##\u200b[x', String.raw`##\u{200b}[x`],
  ])('%s', (_what, text, shown) => {
    expect(visible(text)).toBe(shown);
  });

  test('E09 O01 nothing that Unicode calls a control, a separator of lines, a surrogate or ignorable is left', () => {
    const left: string[] = [];
    for (let codePoint = 0; codePoint <= 0x10ffff; codePoint++) {
      const character = String.fromCodePoint(codePoint);
      if (UNSEEN.test(character) && visible(character) === character) {
        left.push(codePoint.toString(16));
      }
    }
    expect(left).toEqual([]);
  });

  test('letters, marks, numbers, punctuation and symbols of every script stay as they are', () => {
    const changed: string[] = [];
    for (let codePoint = 0x20; codePoint <= 0x10ffff; codePoint++) {
      const character = String.fromCodePoint(codePoint);
      if (
        /[\p{L}\p{M}\p{N}\p{P}\p{S}]/u.test(character) &&
        !UNSEEN.test(character) &&
        visible(character) !== character
      ) {
        changed.push(codePoint.toString(16));
      }
    }
    expect(changed).toEqual([]);
  });

  test('O04 no text keeps the mark of a runner command', () => {
    fc.assert(
      fc.property(fc.string({ unit: fc.constantFrom('#', '[', 'v', ']', ' ', '\u200b', '\n') }), (text) => {
        expect(visible(text)).not.toMatch(/##\w*\[|\n/);
      }),
    );
  });

  test('character by character it shows the same', () => {
    fc.assert(
      fc.property(fc.string({ unit: UNITS }), (text) => {
        const characters = visibleCharacters(text);
        expect(characters.map(({ source }) => source).join('')).toBe(text);
        expect(characters.map(({ shown }) => shown).join('')).toBe(visible(text));
      }),
    );
  });
});

test.each([
  ['no lines', [], ''],
  ['an empty line', [''], '\n'],
  ['commands', ['a::b', ':: c', '  ::d', '\t::e', ':f'], 'a::b\n\\x3a: c\n  \\x3a:d\n\t\\x3a:e\n:f\n'],
  ['a command in colour', ['\u001b[1;31m::error::\u001b[0m'], '\u001b[1;31m\\x3a:error::\u001b[0m\n'],
])('O03 joinLines makes one text in which no line begins a command: %s', (_what, lines, text) => {
  expect(joinLines(lines)).toBe(text);
});

describe('visibleJson', () => {
  test.each([
    ['plain text', 'plain'],
    ['unseen characters', '\u009b \u2028 \u202e \u{e0041} \ufeff'],
    ['commands', '##[error] ###[ ##vso[x'],
    ['commands among escapes', '\\##["##[\\"'],
  ])('the value stays the same and its text hides nothing: %s', (_what, value) => {
    const text = visibleJson(JSON.stringify([value]));
    expect(JSON.parse(text)).toEqual([value]);
    expect(text).not.toMatch(/##\w*\[/);
    expect(text).not.toMatch(UNSEEN);
  });

  test('any JSON keeps its value', () => {
    fc.assert(
      fc.property(fc.jsonValue({ stringUnit: UNITS }), (value) => {
        const json = JSON.stringify(value, null, 2);
        const wellFormed: unknown = JSON.parse(json.replaceAll(/\\ud[89a-f][\da-f]{2}/g, '\ufffd'));
        expect(JSON.parse(visibleJson(json))).toEqual(wellFormed);
      }),
    );
  });
});

test.each([
  ['pairs stay', 'well formed 🧾', 'well formed 🧾'],
  ['a leading surrogate', 'a\ud800', 'a\ufffd'],
  ['surrogates around a pair', '\udc00\ud83d🧾\ud83d', '\ufffd\ufffd🧾\ufffd'],
  ['what only looks like an escape stays', '\\ud800 \\\\ud800', '\\ud800 \\\\ud800'],
  ['both beside each other', '\\\ud800\\ud800\n\udfff', '\\\ufffd\\ud800\n\ufffd'],
])('E08 visibleJson gives U+FFFD for lone surrogates: %s', (_what, value, expected) => {
  expect(JSON.parse(visibleJson(JSON.stringify({ [value]: value })))).toEqual({ [expected]: expected });
});

test('the searches are linear', () => {
  const long = [
    '#'.repeat(1_000_000),
    `##${'a'.repeat(1_000_000)}`,
    '##a'.repeat(300_000),
    ' '.repeat(1_000_000),
  ];
  const started = performance.now();
  long.forEach((text) => visible(text));
  joinLines(long.map((text) => `${text}::`));
  expect(performance.now() - started).toBeLessThan(3000);
});

const UNSEEN =
  /[\p{Cc}\p{Zl}\p{Zp}\p{Cs}\p{Bidi_Control}\p{Default_Ignorable_Code_Point}\ufff9-\ufffb\u2800]/u;

/** Characters that meet in bad ways. */
const UNITS = fc.constantFrom(
  'a',
  '"',
  '\\',
  '\n',
  '日',
  '🧾',
  '\ud83d',
  '\uddfe',
  '#',
  '[',
  '\u200b',
  '\u{e0041}',
);
