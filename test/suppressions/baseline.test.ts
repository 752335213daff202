import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  END_MARK,
  entriesOf,
  HEADER,
  withEntries,
  withoutEntries,
  writeBaseline,
  type NewEntry,
} from '../../src/suppressions/baseline.ts';
import { BASELINE_PROBLEMS } from '../../src/suppressions/baseline-problems.ts';
import { readBaseline } from '../../src/suppressions/read-baseline.ts';
import { HOSTILE } from '../reporters/hostile.ts';
import { aFinding } from '../reporters/report-builder.ts';

const FIRST: NewEntry = {
  rule: 'accountability/blueprint-no-sponsor',
  resource: 'blueprint/quote-writer',
  at: '/sponsors',
  fingerprint: `v1:${'1'.repeat(32)}`,
};
const SECOND: NewEntry = {
  rule: 'permissions/too-many',
  resource: 'blueprint/agents/a.yaml#',
  at: '',
  fingerprint: `v1:${'2'.repeat(32)}`,
};
const FIRST_LINE =
  '{"rule":"accountability/blueprint-no-sponsor","resource":"blueprint/quote-writer","at":"/sponsors","fingerprint":"v1:11111111111111111111111111111111"}';
const SECOND_LINE =
  '{"rule":"permissions/too-many","resource":"blueprint/agents/a.yaml#","at":"","fingerprint":"v1:22222222222222222222222222222222"}';

const written = (...lines: string[]) => [HEADER, ...lines, END_MARK, ''].join('\n');

/** The entries of a text, or `line:column code: sentence` of each problem. */
function read(text: string): readonly unknown[] {
  const result = readBaseline('b.ndjson', text, '');
  if (result.ok) return [...result.baseline.entries.values()];
  return result.problems.map(
    ({ uri, range, code, message }) =>
      `${uri ?? ''}:${range?.start.line ?? '?'}:${range?.start.column ?? '?'} ${code}: ${message}`,
  );
}

describe('a baseline', () => {
  test('is a header, a sorted line an entry and an end mark', () => {
    expect(writeBaseline([SECOND, FIRST])).toBe(`${HEADER}\n${FIRST_LINE}\n${SECOND_LINE}\n${END_MARK}\n`);
    expect(writeBaseline([])).toBe(`${HEADER}\n${END_MARK}\n`);
  });

  test('is read again as it was written, with the line of each entry', () => {
    expect(read(writeBaseline([SECOND, FIRST]))).toEqual([
      { ...FIRST, line: 2 },
      { ...SECOND, line: 3 },
    ]);
    expect(read(writeBaseline([]))).toEqual([]);
  });

  test('has its lines in the order of code points, whatever that of UTF-16 is', () => {
    const named = (resource: string, digit: string): NewEntry => ({
      ...FIRST,
      resource,
      fingerprint: `v1:${digit.repeat(32)}`,
    });
    const text = writeBaseline([named('blueprint/😀', '1'), named('blueprint/～', '2')]);
    expect(text.split('\n').map((line) => line.includes('～'))).toEqual([false, true, false, false, false]);
  });

  test('keeps hostile names inert and whole', () => {
    const entries = HOSTILE.filter((text) => text !== '' && text.isWellFormed()).map((text, index) => ({
      ...FIRST,
      resource: text,
      fingerprint: `v1:${index.toString(16).padStart(32, '0')}`,
    }));
    const text = writeBaseline(entries);
    expect(/[^\n\P{Cc}]|[\p{Zl}\p{Zp}\p{Cf}]/u.test(text)).toBe(false);
    const back = readBaseline('b', text, '');
    expect(back.ok && [...back.baseline.entries.values()].map(({ resource }) => resource).sort()).toEqual(
      entries.map(({ resource }) => resource).sort(),
    );
  });

  test('may have CRLF, other spacing, another order of keys and of lines', () => {
    const loose = `{ "fingerprint": "${FIRST.fingerprint}", "at": "\\u002fsponsors", "resource": "blueprint/quote-writer", "rule": "accountability/blueprint-no-sponsor" }`;
    expect(read(written(SECOND_LINE, loose).replaceAll('\n', '\r\n'))).toEqual([
      { ...SECOND, line: 2 },
      { ...FIRST, line: 3 },
    ]);
  });

  test('gets more entries without a change of the lines it has', () => {
    const text = written(FIRST_LINE);
    expect(withEntries(text, [SECOND])).toBe(written(FIRST_LINE, SECOND_LINE));
    expect(withEntries(text, [])).toBe(text);
    expect(withEntries(text, [FIRST])).toBe(text);
    const crlf = text.replaceAll('\n', '\r\n');
    expect(withEntries(crlf, [SECOND])).toBe(written(FIRST_LINE, SECOND_LINE).replaceAll('\n', '\r\n'));
  });

  test('loses entries, and every other byte stays', () => {
    const loose = SECOND_LINE.replace('{', '{  ');
    const text = written(loose, FIRST_LINE).replace('\n', '\r\n');
    expect(withoutEntries(text, [{ line: 3 }])).toBe(text.replace(`${FIRST_LINE}\n`, ''));
    expect(withoutEntries(text, [])).toBe(text);
  });

  test('of 100,000 entries is read within a second', () => {
    const text = writeBaseline(
      Array.from({ length: 100_000 }, (_, index) => ({
        ...FIRST,
        resource: `agentIdentity/${index}`,
        fingerprint: `v1:${index.toString(16).padStart(32, '0')}`,
      })),
    );
    const before = performance.now();
    const result = readBaseline('b', text, '');
    const took = performance.now() - before;
    expect(result.ok && result.baseline.entries.size).toBe(100_000);
    expect(took).toBeLessThan(1000);
  });
});

test('S10 a baseline that was cut at any byte is refused, with a place', () => {
  for (const text of [written(FIRST_LINE, SECOND_LINE), written().replaceAll('\n', '\r\n')]) {
    for (let length = 0; length < text.length; length += 1) {
      const result = readBaseline('b', text.slice(0, length), '');
      expect(result.ok, `${length} bytes`).toBe(false);
      expect(!result.ok && result.problems[0]?.range).not.toBeNull();
    }
  }
});

test('no change of one byte is read as an entry more, or as one that was not there', () => {
  const text = written(FIRST_LINE, SECOND_LINE);
  const known = new Set(read(text).map((entry) => JSON.stringify(entry)));
  fc.assert(
    fc.property(fc.nat(text.length - 1), fc.integer({ min: 32, max: 126 }), (at, unit) => {
      const changed = text.slice(0, at) + String.fromCharCode(unit) + text.slice(at + 1);
      const result = readBaseline('b', changed, '');
      if (!result.ok) return;
      const entries = [...result.baseline.entries.values()];
      expect(entries).toHaveLength(2);
      expect(entries.filter((entry) => known.has(JSON.stringify(entry))).length).toBeGreaterThanOrEqual(1);
    }),
    { numRuns: 500 },
  );
});

describe('what is no baseline is refused', () => {
  const SAMPLES: readonly (readonly [string, string, readonly string[]])[] = [
    [
      'nothing',
      '',
      ['b.ndjson:1:1 baseline-other-format: This is no baseline: its first line is not the header of one.'],
    ],
    [
      'another JSON',
      '{"format":"json-v1"}\n',
      ['b.ndjson:1:1 baseline-other-format: This is no baseline: its first line is not the header of one.'],
    ],
    [
      'another version',
      written().replace('"version":1', '"version":2'),
      ['b.ndjson:1:1 baseline-other-version: The baseline is of version 2, and this reads 1.'],
    ],
    [
      'other fingerprints',
      written().replace('"v1"', '"v9"'),
      ['b.ndjson:1:1 baseline-unknown-fingerprint: This version does not know fingerprints of this kind.'],
    ],
    [
      'a header with more keys',
      written().replace('"version":1', '"version":1,"entries":3'),
      ['b.ndjson:1:1 baseline-unknown-key: There is no key "entries".'],
    ],
    [
      'no end mark',
      `${HEADER}\n${FIRST_LINE}\n`,
      [
        'b.ndjson:3:1 baseline-cut-short: The baseline is cut short: its last line must be the end mark, with a line break.',
      ],
    ],
    [
      'an end mark without a line break',
      written(FIRST_LINE).trimEnd(),
      [
        'b.ndjson:3:1 baseline-cut-short: The baseline is cut short: its last line must be the end mark, with a line break.',
      ],
    ],
    [
      'entries behind the end mark',
      `${written()}${FIRST_LINE}\n`,
      ['b.ndjson:3:1 baseline-text-after-end: There is more after the end mark.'],
    ],
    [
      'a conflict of a merge',
      written(FIRST_LINE, '<<<<<<< HEAD', SECOND_LINE, '=======', '>>>>>>> theirs'),
      ['b.ndjson:3:1 baseline-merge-conflict: A merge has left a conflict here.'],
    ],
    [
      'two entries that are the same, however they are written',
      written(FIRST_LINE, FIRST_LINE.replace('{', '{ ')),
      ['b.ndjson:3:1 baseline-duplicate-entry: The same entry twice.'],
    ],
    [
      'a key twice',
      written(FIRST_LINE.replace('{', '{"rule":"a/b",')),
      ['b.ndjson:2:15 duplicate-key: The key "rule" stands here a second time.'],
    ],
    [
      'a line that is no JSON, and one with no object',
      written('rule', '[]'),
      [
        'b.ndjson:2:1 json-syntax: A word that is no JSON value.',
        'b.ndjson:3:1 baseline-invalid-line: The line is no entry.',
      ],
    ],
    [
      'keys that are missing or not known',
      written(
        '{"rule":"a/b","resource":"blueprint/x","line":3,"fingerprint":"v1:11111111111111111111111111111111"}',
      ),
      [
        'b.ndjson:2:1 baseline-missing-key: The key "at" is missing.',
        'b.ndjson:2:40 baseline-unknown-key: There is no key "line".',
      ],
    ],
    [
      'values that are not possible',
      written(
        FIRST_LINE.replace('"/sponsors"', '3'),
        FIRST_LINE.replace('/sponsors', 'sponsors'),
        FIRST_LINE.replace('v1:1', 'v1:G'),
        FIRST_LINE.replace('v1:1', 'v2:1'),
        FIRST_LINE.replace('blueprint/quote-writer', ''),
      ),
      [
        'b.ndjson:2:1 baseline-invalid-value: An entry has texts only, and only "at" may be empty.',
        'b.ndjson:3:1 baseline-invalid-value: "at" is no JSON Pointer: it is empty or begins with "/".',
        'b.ndjson:4:1 baseline-invalid-value: A fingerprint is "v1:" and 32 hex digits in lower case.',
        'b.ndjson:5:1 baseline-unknown-fingerprint: This version does not know fingerprints of this kind.',
        'b.ndjson:6:1 baseline-invalid-value: An entry has texts only, and only "at" may be empty.',
      ],
    ],
    [
      'a line that is far too long',
      written(FIRST_LINE.replace('quote', `"${'q'.repeat(1024 * 1024)}`)),
      ['b.ndjson:2:1 baseline-line-too-long: The line is too long for an entry.'],
    ],
    [
      'control characters',
      written(FIRST_LINE.replace('quote', '\u0007')),
      ['b.ndjson:2:69 control-character: A raw control character, U+0007.'],
    ],
  ];

  test.each(SAMPLES)('%s', (_name, text, expected) => {
    expect(read(text)).toEqual(expected);
  });

  test('and of a thousand faulty lines, twenty are told of', () => {
    expect(read(written(...Array.from({ length: 1000 }, () => '[]')))).toHaveLength(20);
  });
});

test('every problem says what to do', () => {
  for (const { title, hint } of Object.values(BASELINE_PROBLEMS)) {
    expect(title).toMatch(/[.]$/);
    expect(hint).toMatch(/[.]$/);
  }
});

test('files are seen from the root of the repository, wherever it was written and is read', () => {
  const finding = aFinding({
    resource: { kind: 'blueprint', ref: 'blueprint/a.yaml[1]#/0', name: 'a' },
  });
  const text = writeBaseline(entriesOf([finding], 'team/agents'));
  expect(text).toContain('"resource":"blueprint/team/agents/a.yaml[1]#/0"');
  const seenFrom = (base: string) => {
    const read = readBaseline('b', text, base);
    return read.ok ? [...read.baseline.entries.values()].map(({ resource }) => resource) : read.problems;
  };
  expect(['team/agents', '', 'team', 'other'].map(seenFrom)).toEqual([
    ['blueprint/a.yaml[1]#/0'],
    ['blueprint/team/agents/a.yaml[1]#/0'],
    ['blueprint/agents/a.yaml[1]#/0'],
    ['blueprint/../team/agents/a.yaml[1]#/0'],
  ]);
});
