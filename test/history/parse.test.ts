import { describe, expect, test } from 'vitest';
import { parseHistoryFile } from '../../src/history/parse.ts';
import { newFile } from '../../src/history/run.ts';
import { fileName } from '../../src/history/text.ts';
import { aRun, day, found, historyOf, suppressedBy, WHOLE } from './builders.ts';

const { name, text } = newFile(
  aRun(day(2), 'abc', [found('b', { suppressed: suppressedBy('inline') }), found('c')]),
  historyOf([aRun(day(1), 'a', [found('a')])]),
  WHOLE,
);

/** Of a text under the name that it would have, so that only its content is judged. */
function problemOf(changed: string): string {
  const parsed = parseHistoryFile(fileName({ now: day(2) }, changed), 'h/x.ndjson', changed);
  if (parsed.ok) return 'ok';
  const { code, message, uri, range } = parsed.problem;
  return `${uri ?? ''}:${range?.start.line ?? ''}: ${code}: ${message}`;
}

test('a file is read as it was written', () => {
  const parsed = parseHistoryFile(name, name, text);
  expect(parsed).toMatchObject({
    ok: true,
    file: {
      name,
      run: { now: day(2), states: 3 },
      states: [{ state: 'fixed' }, { kind: 'inline' }, { state: 'open' }],
    },
  });
});

test('S10 a file that was cut short is refused at every byte, under its own name and under any', () => {
  for (let end = 0; end < text.length; end += 1) {
    const part = text.slice(0, end);
    expect(parseHistoryFile(name, name, part).ok, String(end)).toBe(false);
    expect(problemOf(part), String(end)).toMatch(/^h\/x\.ndjson:\d+: history-truncated: /);
  }
});

test('S10 a file in which any byte was changed is refused', () => {
  for (let at = 0; at < text.length; at += 1) {
    const changed = `${text.slice(0, at)}${text[at] === '1' ? '2' : '1'}${text.slice(at + 1)}`;
    expect(parseHistoryFile(name, name, changed).ok, String(at)).toBe(false);
  }
});

describe('what agentid-lint does not write is refused with its place', () => {
  const lines = text.trimEnd().split('\n');
  const withLine = (number: number, from: string | RegExp, to: string) =>
    `${lines.map((line, index) => (index === number - 1 ? line.replace(from, to) : line)).join('\n')}\n`;
  test.each<[string, string, string]>([
    [
      'another version',
      withLine(1, '"version":1', '"version":2'),
      '1: history-other-version: It is not of version 1.',
    ],
    [
      'another format',
      '{"baseline":"agentid-lint"}\n',
      '1: history-other-format: The file is no run of a history.',
    ],
    ['no JSON', 'hello\nworld\n', '1: history-broken-line: The line is no JSON object.'],
    [
      'an unknown key',
      withLine(1, '"now"', '"extra":1,"now"'),
      '1: history-broken-line: It has a key that is not known.',
    ],
    [
      'a missing key',
      withLine(1, '"expired":0,', ''),
      '1: history-broken-line: The key "expired" is missing.',
    ],
    [
      'a key twice',
      withLine(1, '"expired":0', '"expired":1,"expired":0'),
      '1: history-broken-line: The line is not as agentid-lint writes it.',
    ],
    [
      'a moment without a zone',
      withLine(1, '12:00:00Z","source"', '12:00:00","source"'),
      '1: history-broken-line: The key "now" has no value that it can have.',
    ],
    [
      'an unknown key of a state',
      withLine(3, '"rule"', '"line":7,"rule"'),
      '3: history-broken-line: It has a key that is not known.',
    ],
    [
      'an unknown state',
      withLine(2, '"fixed"', '"gone"'),
      '2: history-broken-line: The key "state" has no value that it can have.',
    ],
    [
      'a suppression without its kind',
      withLine(3, ',"kind":"inline"', ''),
      '3: history-broken-line: What is suppressed, and nothing else, has a kind.',
    ],
    [
      'a state twice',
      withLine(4, /.*/, lines[2] ?? ''),
      '4: history-broken-line: Its fingerprint has a state already.',
    ],
    ['a broken line', withLine(3, '{', '['), '3: history-broken-line: The line is no JSON object.'],
    [
      'one state more than it says',
      `${text}${lines[1] ?? ''}\n`,
      '5: history-broken-line: More states follow than its first line says.',
    ],
    [
      'one state less than it says',
      `${lines.slice(0, 3).join('\n')}\n`,
      '3: history-truncated: The file ends after 2 of 3 states.',
    ],
    [
      'other line ends',
      text.replaceAll('\n', '\r\n'),
      '1: history-altered: Its line ends are not those that it was written with.',
    ],
  ])('%s', (_name, changed, problem) => {
    expect(problemOf(changed)).toBe(`h/x.ndjson:${problem}`);
  });

  test('another name', () => {
    expect(parseHistoryFile('2026-11-02T120000Z-00000000.ndjson', 'x', text)).toMatchObject({
      ok: false,
      problem: { code: 'history-altered' },
    });
  });
});
