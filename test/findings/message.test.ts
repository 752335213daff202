import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { placeholders, renderMessage } from '../../src/findings/message.ts';

describe('a placeholder', () => {
  test.each([
    ['text', '{name} has no sponsor', { name: 'invoice-bot' }, 'invoice-bot has no sponsor'],
    ['a number', '{days} days', { days: 1.5 }, '1.5 days'],
    ['zero', '{count} sponsors', { count: 0 }, '0 sponsors'],
    ['a flag', 'protected is {flag}', { flag: false }, 'protected is false'],
    ['a list', 'reaches {data}', { data: ['mail', 'files', 'chats'] }, 'reaches mail, files, chats'],
    ['a list of one', 'reaches {data}', { data: ['mail'] }, 'reaches mail'],
    ['an empty list', 'reaches <{data}>', { data: [] }, 'reaches <>'],
    ['null', 'says <{word}>', { word: null }, 'says <>'],
    ['nothing', 'says <{word}>', {}, 'says <>'],
    ['the same argument twice', '{a}{a} {a}', { a: 'x' }, 'xx x'],
    ['other arguments as well', '{a}', { a: 'x', b: 'y' }, 'x'],
  ])('is replaced by %s', (_, template, args, message) => {
    expect(renderMessage(template, args)).toBe(message);
  });

  test.each([['{}'], ['{a b}'], ['{1}'], ['{a.b}'], ['{ a }'], ['{{}}'], ['{'], ['}{'], ['{a-b}']])(
    'is not %s',
    (template) => {
      expect(renderMessage(template, { a: 'x', b: 'y' })).toBe(template);
      expect(placeholders(template)).toEqual([]);
    },
  );

  test('is the inner of two pairs of braces', () => {
    expect(renderMessage('{{a}}', { a: 'x' })).toBe('{x}');
  });

  test('takes no property that every object inherits', () => {
    expect(renderMessage('<{constructor}{toString}>', {})).toBe('<>');
    expect(renderMessage('a[ {constructor}]', {})).toBe('a');
  });
});

describe('a segment', () => {
  const template = '{permission} reaches {data}[, blocked by {blocker}][; narrower: {narrower}]';
  const args = { permission: 'Mail.Read', data: 'mail' };

  test.each([
    [
      'both told',
      { blocker: 'Microsoft', narrower: ['Mail.ReadBasic'] },
      ', blocked by Microsoft; narrower: Mail.ReadBasic',
    ],
    ['one null', { blocker: null, narrower: ['Mail.ReadBasic'] }, '; narrower: Mail.ReadBasic'],
    ['one empty', { blocker: 'Microsoft', narrower: [] }, ', blocked by Microsoft'],
    ['one empty text, one missing', { blocker: '' }, ''],
    ['zero and false are told', { blocker: 0, narrower: false }, ', blocked by 0; narrower: false'],
  ])('is left out when an argument is not told: %s', (_, more, rest) => {
    expect(renderMessage(template, { ...args, ...more })).toBe(`Mail.Read reaches mail${rest}`);
  });

  test('with two arguments needs both', () => {
    expect(renderMessage('x[ {a} and {b}]', { a: '1', b: '2' })).toBe('x 1 and 2');
    expect(renderMessage('x[ {a} and {b}]', { a: '1' })).toBe('x');
    expect(renderMessage('x[ {a} and {b}]', { b: '2' })).toBe('x');
  });

  test('without an argument is always there', () => {
    expect(renderMessage('x[ y]', {})).toBe('x y');
    expect(renderMessage('x[]', {})).toBe('x');
  });

  test('does not nest: the inner one counts, and the outer marks stay', () => {
    expect(renderMessage('[a {a}[ b {b}]]', { a: 'x' })).toBe('[a x]');
    expect(renderMessage('[a {a}[ b {b}]]', { a: 'x', b: 'y' })).toBe('[a x b y]');
  });

  test.each([['a]'], ['[a'], [']['], ['a ] b [ c']])('is not %s', (template_) => {
    expect(renderMessage(template_, {})).toBe(template_);
  });
});

describe('what an argument says', () => {
  test.each([
    '{b}',
    '{a}',
    '[x]',
    '[ {b}]',
    'a[',
    ']',
    '$&',
    '$1',
    "$'",
    '$$',
    '\\',
    '\n::error::x',
    '😀',
    '\u202e',
  ])('stands there as it is: %j', (text) => {
    expect(renderMessage('{a} and {b}[, {c}]', { a: text, b: 'second', c: text })).toBe(
      `${text} and second, ${text}`,
    );
    expect(renderMessage('{list}', { list: [text, text] })).toBe(`${text}, ${text}`);
  });

  const word = fc.oneof(fc.string(), fc.constantFrom('{a}', '{b}', '[', ']', '{', '}', '$&', '[{a}]'));
  const text = fc.array(word, { maxLength: 4 }).map((parts) => parts.join(''));

  test('stands there as it is, whatever it is', () => {
    fc.assert(
      fc.property(text, text, text, (a, b, c) => {
        const message = renderMessage('1{a}2{b}3[{c}4]5', { a, b, c });
        expect(message).toBe(`1${a}2${b}3${c === '' ? '' : `${c}4`}5`);
      }),
      { seed: 1, numRuns: 500 },
    );
  });
});

describe('an argument that nobody would read to its end is cut', () => {
  test.each([
    ['text', 'x'.repeat(1_001), `${'x'.repeat(1_000)}…`],
    ['a list', Array.from({ length: 500 }, () => 'ab'), `${'ab, '.repeat(250)}…`],
    ['a character of two halves', `${'x'.repeat(999)}😀`, `${'x'.repeat(999)}…`],
    ['nothing else', 'x'.repeat(1_000), 'x'.repeat(1_000)],
  ])('%s', (_, text, words) => {
    expect(renderMessage('{text}!', { text })).toBe(`${words}!`);
  });
});

test('the placeholders of a template are named in order, in segments too', () => {
  expect(placeholders('{b} is {a}[ for {c}], {b}')).toEqual(['b', 'a', 'c', 'b']);
  expect(placeholders('nothing')).toEqual([]);
});

test('a long template is rendered in linear time', () => {
  for (const part of ['[', ']', '{', '{a}', '[{a}', '[]']) {
    expect(renderMessage(part.repeat(50_000), { a: 'x' })).toBeTypeOf('string');
  }
}, 2_000);
