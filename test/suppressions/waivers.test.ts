import { describe, expect, test } from 'vitest';
import type { Problem } from '../../src/documents/problem.ts';
import { decode } from '../../src/documents/decode.ts';
import { readWaivers, type WaiversWorld } from '../../src/suppressions/waivers.ts';

const world: WaiversWorld = {
  rules: [
    { id: 'accountability/no-owner', aliases: ['accountability/ownerless'], waivable: true },
    { id: 'credentials/client-secret', aliases: [], waivable: true },
    { id: 'credentials/secret-value-in-file', aliases: [], waivable: false },
  ],
  policy: { maxDays: 90, requireApprover: true, warnBeforeDays: 14 },
  now: '2026-11-23T12:00:00Z',
  base: '',
};

const ENTRY = [
  '  - rule: accountability/no-owner',
  '    object: { file: agents/hr.json }',
  '    reason: The owner is on leave until January.',
  '    approvedBy: jane@contoso.com',
  '    created: 2026-11-20',
  '    expires: 2027-01-31',
];

function fileWith(...entries: readonly (readonly string[])[]): string {
  return ['version: 1', 'waivers:', ...entries.flat(), ''].join('\n');
}

/** The usual entry with some lines in other words. */
function entryWith(changes: { readonly [start: string]: string | readonly string[] }): string[] {
  return ENTRY.flatMap((line) => {
    const change = Object.entries(changes).find(([start]) => line.trim().replace('- ', '').startsWith(start));
    return change === undefined ? [line] : [change[1]].flat().map((words) => line.slice(0, 4) + words);
  });
}

function read(text: string, over: Partial<WaiversWorld> = {}) {
  return readWaivers({ uri: '.agentid-lint/waivers.yaml', text, world: { ...world, ...over } });
}

/** Problems as `line:column-column code: words | hint`. */
function problemsOf(text: string, over: Partial<WaiversWorld> = {}): readonly string[] {
  const result = read(text, over);
  return result.ok ? [] : result.problems.map(told);
}

function told({ code, message, hint, range, related }: Problem): string {
  const { start, end } = range ?? {};
  const others = (related ?? []).map(({ range: { start: at } }) => ` (${at.line}:${at.column})`).join('');
  const to = end?.line === start?.line ? `${end?.column}` : `${end?.line}:${end?.column}`;
  return `${start?.line}:${start?.column}-${to} ${code}: ${message} | ${hint}${others}`;
}

describe('a waivers file', () => {
  test('gives every entry with all that it says', () => {
    const text = fileWith(ENTRY, [
      '  - rule: accountability/ownerless',
      '    object: { file: ./agents/../agents/all.yaml, document: 2, pointer: /value/0 }',
      '    kind: blueprint',
      '    value: { b: [1, 2], a: null }',
      '    reason: another good reason',
      '    approvedBy: Jane',
      '    ticket: SEC-12',
      '    created: 2026-11-20T12:00:00+02:00',
      '    expires: 2027-01-31T12:00:00+02:00',
    ]);
    expect(read(text)).toMatchObject({
      ok: true,
      file: {
        uri: '.agentid-lint/waivers.yaml',
        entries: [
          {
            rule: 'accountability/no-owner',
            object: { by: 'file', uri: 'agents/hr.json', index: 0, pointer: '' },
            kind: null,
            value: null,
            fingerprint: null,
            ends: Date.UTC(2027, 1, 1) / 1000,
            suppression: {
              kind: 'waiver',
              reason: 'The owner is on leave until January.',
              approvedBy: 'jane@contoso.com',
              ticket: null,
              created: '2026-11-20',
              expires: '2027-01-31',
              location: {
                uri: '.agentid-lint/waivers.yaml',
                range: {
                  start: { line: 3, column: 5, offset: 24 },
                  end: { line: 8, column: 24, offset: 220 },
                },
              },
            },
          },
          {
            rule: 'accountability/no-owner',
            object: { by: 'file', uri: 'agents/all.yaml', index: 1, pointer: '/value/0' },
            kind: 'blueprint',
            value: { json: { b: [1, 2], a: null } },
            fingerprint: null,
            ends: Date.UTC(2027, 0, 31, 10) / 1000,
            suppression: {
              kind: 'waiver',
              reason: 'another good reason',
              approvedBy: 'Jane',
              ticket: 'SEC-12',
              created: '2026-11-20T10:00:00Z',
              expires: '2027-01-31T10:00:00Z',
              location: { uri: '.agentid-lint/waivers.yaml' },
            },
          },
        ],
      },
    });
  });

  test.each([
    ['agents/hr.json', '', 'agents/hr.json'],
    ['agents/hr.json', 'agents', 'hr.json'],
    ['agents/hr.json', 'tools/lint', '../../agents/hr.json'],
    ['a/b/c.json', 'a/x', '../b/c.json'],
    ['agents', 'agents', '../agents'],
  ])('%s seen from %s is %s', (file, base, uri) => {
    const result = read(fileWith(entryWith({ object: `object: { file: ${file} }` })), { base });
    expect(result).toMatchObject({ ok: true, file: { entries: [{ object: { uri } }] } });
  });

  test.each([
    ['id: 1234ABCD-0000-4000-A000-000000000001', { by: 'id', value: '1234abcd-0000-4000-a000-000000000001' }],
    [
      'appId: 1234ABCD-0000-4000-A000-000000000001',
      { by: 'appId', value: '1234abcd-0000-4000-a000-000000000001' },
    ],
    ['uniqueName: HR-agent', { by: 'uniqueName', value: 'HR-agent' }],
  ])('names its object by %s', (written, object) => {
    const result = read(fileWith(entryWith({ object: `object: { ${written} }` })));
    expect(result).toMatchObject({ ok: true, file: { entries: [{ object }] } });
  });

  test.each([
    ['no entries', 'version: 1\nwaivers: []\n'],
    ['line breaks of Windows', fileWith(ENTRY).replaceAll('\n', '\r\n')],
    ['JSON', '{"version": 1, "waivers": []}\n'],
    [
      'created and expires on one day',
      fileWith(entryWith({ created: 'created: 2026-11-23', expires: 'expires: 2026-11-23' })),
    ],
    [
      'a waiver that has expired',
      fileWith(entryWith({ created: 'created: 2026-01-01', expires: 'expires: 2026-01-31' })),
    ],
    [
      'just as many days as there may be',
      fileWith(entryWith({ created: 'created: 2026-11-01', expires: 'expires: 2027-01-30' })),
    ],
    ['created tomorrow, as it is in the east', fileWith(entryWith({ created: 'created: 2026-11-24' }))],
    [
      'a leap day',
      fileWith(entryWith({ created: 'created: 2028-02-01', expires: 'expires: 2028-02-29' })),
      '2028-02-10T00:00:00Z',
    ],
    [
      'two values of one resource',
      fileWith(
        entryWith({ object: ['object: { file: a.json }', 'value: 1'] }),
        entryWith({ object: ['object: { file: a.json }', 'value: 2'] }),
      ),
    ],
    [
      'two kinds of one name',
      fileWith(
        entryWith({ object: ['object: { uniqueName: a }', 'kind: blueprint'] }),
        entryWith({ object: ['object: { uniqueName: a }', 'kind: agentUser'] }),
      ),
    ],
    ['two rules for one resource', fileWith(ENTRY, entryWith({ rule: 'rule: credentials/client-secret' }))],
  ])('may have %s', (_what, text, now = world.now) => {
    expect(problemsOf(text, { now })).toEqual([]);
  });
});

describe('S08 a waivers file that cannot be used says where and why', () => {
  test.each<[string, string, readonly string[], Partial<WaiversWorld>?]>([
    ['nothing', '', ['undefined:undefined-undefined empty-document', '1:1-1 waiver-cut-short']],
    [
      'another version',
      'version: 2\nwaivers: []\n',
      ['1:10-11 waiver-invalid-value: "version" must be 1. | A newer file needs a newer agentid-lint.'],
    ],
    [
      'no version',
      'waivers: []\n',
      ['1:1-12 waiver-missing-key: The file needs the key "version". | Begin the file with version: 1.'],
    ],
    [
      'no list',
      'version: 1\nwaivers:\n',
      [
        '2:1-8 waiver-invalid-value: "waivers" has no value; it must be a list. | docs/suppressing.md lists what is.',
      ],
    ],
    ['a key twice', 'version: 1\nwaivers: []\nwaivers: []\n', ['3:1-8 duplicate-key']],
    ['an anchor', 'version: 1\nwaivers: &a []\n', ['2:10-12 yaml-anchor']],
    ['a tab', 'version: 1\nwaivers:\n\t- a\n', ['3:1-2 yaml-syntax']],
    [
      'two documents',
      `${fileWith(ENTRY)}---\n${fileWith(ENTRY)}`,
      [
        '10:1-17:24 waiver-several-documents: A waivers file is one document. | Remove the line "---", and keep one list.',
      ],
    ],
    [
      'an unknown key',
      fileWith([...ENTRY, '    expries: 2027-01-31']),
      ['9:5-12 waiver-unknown-key: There is no key "expries" here. | Did you mean "expires"?'],
    ],
    [
      'an unknown key of the object',
      fileWith(entryWith({ object: 'object: { fille: a.json }' })),
      ['4:15-20 waiver-unknown-key: There is no key "fille" here. | Did you mean "file"?'],
    ],
    [
      'a key that is missing',
      fileWith(entryWith({ approvedBy: [] })),
      ['3:5-7:24 waiver-missing-key: Entry 1 needs the key "approvedBy". | Add "approvedBy".'],
    ],
    [
      'an object in words',
      fileWith(entryWith({ object: 'object: agents/hr.json' })),
      ['4:13-27 waiver-invalid-value: "object" must be a mapping. | docs/suppressing.md lists what is.'],
    ],
    [
      'an object without a name',
      fileWith(entryWith({ object: 'object: {}' })),
      [
        '4:13-15 waiver-invalid-object: The object is not named. | Name it by one of file, id, appId and uniqueName.',
      ],
    ],
    [
      'an object with two names',
      fileWith(entryWith({ object: 'object: { file: a.json, id: b }' })),
      [
        '4:13-36 waiver-invalid-object: The object is named in several ways: file, id. | Name it by one of file, id, appId and uniqueName.',
      ],
    ],
    [
      'a document of no file',
      fileWith(entryWith({ object: 'object: { id: b, document: 2 }' })),
      [
        '4:22-30 waiver-invalid-object: "document" says where in a file, and no file is named. | Name it by one of file, id, appId and uniqueName.',
      ],
    ],
    [
      'the zeroth document',
      fileWith(entryWith({ object: 'object: { file: b, document: 0 }' })),
      ['4:34-35 waiver-invalid-value: "document" must be at least 1. | docs/suppressing.md lists what is.'],
    ],
    [
      'an absolute file',
      fileWith(entryWith({ object: 'object: { file: /a.json }' })),
      [
        '4:21-28 waiver-invalid-object: "file" must be a relative path with forward slashes. | Write it as seen from the folder of the config file, else from the one that .agentid-lint is in.',
      ],
    ],
    [
      'backslashes',
      fileWith(entryWith({ object: String.raw`object: { file: a\b.json }` })),
      [
        '4:21-29 waiver-invalid-object: "file" must be a relative path with forward slashes. | Write it as seen from the folder of the config file, else from the one that .agentid-lint is in.',
      ],
    ],
    [
      'no JSON Pointer',
      fileWith(entryWith({ object: 'object: { file: a, pointer: value }' })),
      [
        '4:33-38 waiver-invalid-object: "pointer" must be a JSON Pointer: empty, or like /value/0. | Leave it out when the document is the resource.',
      ],
    ],
    [
      'an unknown kind',
      fileWith(entryWith({ object: ['object: { id: a }', 'kind: bluprint'] })),
      [
        '5:11-19 waiver-invalid-value: "kind" must be one of blueprint, blueprintPrincipal, agentIdentity, agentUser, agent365Config, agent365GeneratedConfig, toolingManifest, appPackageManifest, agenticUserTemplate, organization, conditionalAccessPolicy, riskyAgent. | Did you mean "blueprint"?',
      ],
    ],
    [
      'an unknown rule',
      fileWith(entryWith({ rule: 'rule: accountability/no-ownr' })),
      [
        '3:11-33 waiver-unknown-rule: There is no rule "accountability/no-ownr". | Did you mean "accountability/no-owner"?',
      ],
    ],
    [
      'a rule that may not be waived',
      fileWith(entryWith({ rule: 'rule: credentials/secret-value-in-file' })),
      [
        '3:11-43 waiver-rule-not-waivable: Findings of credentials/secret-value-in-file may not be waived. | Remove the entry and fix what the rule finds.',
      ],
    ],
    [
      'a reason that says nothing',
      fileWith(entryWith({ reason: 'reason: ok.' })),
      [
        '5:13-16 waiver-no-reason: The reason says nothing. | Say why the risk is accepted, in words that a reviewer understands.',
      ],
    ],
    [
      'nobody who approved',
      fileWith(entryWith({ approvedBy: 'approvedBy: " "' })),
      ['6:17-20 waiver-invalid-value: "approvedBy" must not be empty. | docs/suppressing.md lists what is.'],
    ],
    [
      'a time without zone',
      fileWith(entryWith({ expires: 'expires: 2027-01-31T12:00:00' })),
      [
        '8:14-33 waiver-invalid-date: "expires" has no zone. | Write a date like 2027-01-31, which holds through that day in UTC, or a time like 2027-01-31T12:00:00Z.',
      ],
    ],
    [
      'a day that is not',
      fileWith(entryWith({ expires: 'expires: 2027-02-29' })),
      [
        '8:14-24 waiver-invalid-date: "expires" is no day of the calendar. | Write a date like 2027-01-31, which holds through that day in UTC, or a time like 2027-01-31T12:00:00Z.',
      ],
    ],
    [
      'a moment that is not',
      fileWith(entryWith({ expires: 'expires: 2027-01-31T25:00:00Z' })),
      [
        '8:14-34 waiver-invalid-date: "expires" is no moment of the calendar. | Write a date like 2027-01-31, which holds through that day in UTC, or a time like 2027-01-31T12:00:00Z.',
      ],
    ],
    [
      'no date',
      fileWith(entryWith({ created: 'created: yesterday' })),
      [
        '7:14-23 waiver-invalid-date: "created" is neither a date nor a time. | Write a date like 2027-01-31, which holds through that day in UTC, or a time like 2027-01-31T12:00:00Z.',
      ],
    ],
    [
      'a number for a date',
      fileWith(entryWith({ created: 'created: 20261120' })),
      ['7:14-22 waiver-invalid-value: "created" must be text. | docs/suppressing.md lists what is.'],
    ],
    [
      'a day to come',
      fileWith(entryWith({ created: 'created: 2026-11-25' })),
      [
        '7:14-24 waiver-not-yet: "created" is in the future. | Write the day on which the waiver is approved.',
      ],
    ],
    [
      'an end before the beginning',
      fileWith(entryWith({ expires: 'expires: 2026-11-19' })),
      [
        '8:14-24 waiver-ends-before-it-begins: "expires" is before "created". | Write the last day of the waiver under "expires".',
      ],
    ],
    [
      'too many days',
      fileWith(entryWith({ created: 'created: 2026-11-01', expires: 'expires: 2027-01-31' })),
      [
        '8:14-24 waiver-too-long: The waiver is for 91 days; the config allows 90. | Choose an earlier end. "waivers.maxDays" in the config says how many days there may be.',
      ],
    ],
    [
      'a value after the end',
      fileWith([...ENTRY, '    value: 1', '    kind: blueprint']),
      [
        '9:5-10 waiver-after-expires: "value" must stand before "expires". | Move "expires" to the end of the entry: so a file that was cut short never waives more.',
        '10:5-9 waiver-after-expires: "kind" must stand before "expires". | Move "expires" to the end of the entry: so a file that was cut short never waives more.',
      ],
    ],
    [
      'a fingerprint of another version',
      fileWith(entryWith({ object: ['object: { id: a }', 'fingerprint: v9:00'] })),
      [
        '5:18-23 waiver-unknown-fingerprint: This version does not know fingerprints of this kind. | A fingerprint is "v1:" and 32 hex digits; reports as JSON have it.',
      ],
    ],
    [
      'no fingerprint',
      fileWith(entryWith({ object: ['object: { id: a }', 'fingerprint: v1:00'] })),
      [
        '5:18-23 waiver-invalid-value: A fingerprint is "v1:" and 32 hex digits in lower case. | docs/suppressing.md lists what is.',
      ],
    ],
    [
      'value and fingerprint',
      fileWith(entryWith({ object: ['object: { id: a }', 'value: 1', `fingerprint: v1:${'0'.repeat(32)}`] })),
      [
        '6:5-16 waiver-contradiction: A waiver names a value or a fingerprint, not both. | Keep one of them: a fingerprint knows its value.',
      ],
    ],
    [
      'a secret',
      fileWith(entryWith({ reason: 'reason: it is abc8Q~abcdefghijklmnopqrstuvwxyzABCDEFG' })),
      [
        '5:13-58 waiver-secret: This holds what looks like a secret. | Remove it, and replace the secret: everybody who reads the file has seen it.',
      ],
    ],
    [
      'the same twice',
      fileWith(ENTRY, ENTRY),
      [
        '9:5-14:24 waiver-overlap: Two waivers are about the same findings of accountability/no-owner. | Keep one of them: nobody could tell which reason and which end hold. (3:5)',
      ],
    ],
    [
      'the same value in another order',
      fileWith(
        entryWith({ object: ['object: { file: a.json }', 'value: { a: 1, b: [1, 2] }'] }),
        entryWith({ object: ['object: { file: ./a.json }', 'value: { b: [2, 1], a: 1 }'] }),
      ),
      [
        '10:5-16:24 waiver-overlap: Two waivers are about the same findings of accountability/no-owner. | Keep one of them: nobody could tell which reason and which end hold. (3:5)',
      ],
    ],
    [
      'a value of what is waived anyway',
      fileWith(ENTRY, entryWith({ object: ['object: { file: agents/hr.json }', 'value: 1'] })),
      [
        '9:5-15:24 waiver-overlap: Two waivers are about the same findings of accountability/no-owner. | Keep one of them: nobody could tell which reason and which end hold. (3:5)',
      ],
    ],
    [
      'the old name of a rule',
      fileWith(ENTRY, entryWith({ rule: 'rule: accountability/ownerless' })),
      [
        '9:5-14:24 waiver-overlap: Two waivers are about the same findings of accountability/no-owner. | Keep one of them: nobody could tell which reason and which end hold. (3:5)',
      ],
    ],
    [
      'no line break at the end',
      fileWith(ENTRY).slice(0, -1),
      [
        '8:24-24 waiver-cut-short: The file does not end with a line break, as if it were cut short. | Look whether its end is missing; then add a line break.',
      ],
    ],
  ])('%s', (_what, text, expected, over = {}) => {
    const found = problemsOf(text, over);
    // Of problems that a document as such has, the words are not ours.
    expect(
      found.map((line, at) => (expected[at]?.includes(': ') === true ? line : line.split(': ')[0])),
    ).toEqual(expected);
  });

  test('tells everything that is wrong at once', () => {
    const text = fileWith(entryWith({ rule: 'rule: nobody/knows', expires: 'expires: 2027-02-30' }));
    expect(problemsOf(text.trimEnd()).map((line) => line.split(': ')[0])).toEqual([
      '3:11-23 waiver-unknown-rule',
      '8:14-24 waiver-invalid-date',
      '8:24-24 waiver-cut-short',
    ]);
  });
});

describe('S08 a waivers file that was cut anywhere', () => {
  const whole = fileWith(
    ENTRY,
    entryWith({
      object: ['object:', '  file: agents/äll.yaml', '  document: 2', '  pointer: /value/1'],
      reason: ['reason: |', '  several lines', '  of words'],
    }),
    entryWith({ object: ['object: { uniqueName: hr }', 'kind: blueprint', 'value:', '  a: 1', '  b: 2'] }),
  );

  test.each([
    ['LF', whole],
    ['CRLF', whole.replaceAll('\n', '\r\n')],
    [
      'JSON',
      `${JSON.stringify({ version: 1, waivers: [{ rule: 'accountability/no-owner', object: { id: 'a' }, value: 1, reason: 'because', approvedBy: 'x', created: '2026-11-20', expires: '2027-01-31' }] }, null, 1)}\n`,
    ],
  ])('waives nothing more than it did: %s', (_what, text) => {
    const all = read(text);
    if (!all.ok) throw new Error(JSON.stringify(all.problems));
    const bytes = Buffer.from(text);
    for (let length = 0; length < bytes.length; length += 1) {
      const decoded = decode('w', bytes.subarray(0, length));
      if (!decoded.ok) continue;
      const part = read(decoded.text);
      if (part.ok)
        expect(all.file.entries.slice(0, part.file.entries.length)).toMatchObject(
          part.file.entries.map(({ rule, object, kind, value, fingerprint, ends }) => ({
            rule,
            object,
            kind,
            value,
            fingerprint,
            ends,
          })),
        );
    }
  });
});
