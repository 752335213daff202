import { describe, expect, test } from 'vitest';
import { lintFiles, type LintFilesOptions } from '../support/lint-files.ts';
import { settingsWith } from '../support/settings.ts';
import {
  APP,
  BLUEPRINT,
  BOTH,
  HR,
  NO_OWNER,
  OBJECT,
  SECRET,
  SPONSOR,
  entry,
  json,
  notices,
  only,
  problems,
  rules,
  states,
  waivers,
} from './support.ts';

describe('a waiver', () => {
  test.each([
    ['file', 'file: hr.json'],
    ['application id', `appId: ${APP.toUpperCase()}`],
    ['object id', `id: ${OBJECT}`],
    ['unique name', 'uniqueName: hr-agent'],
  ])('by %s keeps the findings of its rule in its resource from counting', async (_by, object) => {
    const report = await lintFiles(
      { 'hr.json': HR },
      { ...BOTH, suppressions: waivers([entry(NO_OWNER, object)]) },
    );
    expect(states(report)).toEqual(['no-owner waiver', 'client-secret counts']);
    expect(report.findings[0]?.suppressed).toMatchObject({
      kind: 'waiver',
      reason: 'they said so',
      approvedBy: 'jane',
      ticket: null,
      created: '2026-01-01',
      expires: '2027-01-31',
      location: {
        uri: 'waivers.yaml',
        range: { start: { line: 3, column: 5, offset: 24 } },
      },
    });
    expect(report.suppressions).toEqual({
      waivers: { file: 'waivers.yaml', entries: 1 },
      baseline: null,
      inline: true,
      notices: [],
    });
  });

  test('by pointer and document is about that resource alone', async () => {
    const two = json({
      value: [1, 2].map((n) => ({
        '@odata.type': '#microsoft.graph.agentIdentityBlueprint',
        displayName: `b${n}`,
        sponsors: [SPONSOR],
      })),
    });
    const yaml = [
      'kind: agentIdentityBlueprint',
      'displayName: one',
      '---',
      'kind: agentIdentityBlueprint',
      'displayName: two',
      '',
    ].join('\n');
    const report = await lintFiles(
      { 'two.json': two, 'two.yaml': yaml },
      {
        ...only(NO_OWNER),
        suppressions: waivers([
          entry(NO_OWNER, 'file: two.json, pointer: /value/1'),
          entry(NO_OWNER, 'file: two.yaml, document: 2'),
        ]),
      },
    );
    expect(
      report.findings.map(({ resource, suppressed }) => [resource.name, suppressed?.kind ?? null]),
    ).toEqual([
      ['b1', null],
      ['b2', 'waiver'],
      ['one', null],
      ['two', 'waiver'],
    ]);
  });

  test('with a value is about that value alone, in whatever order and case its parts are', async () => {
    const values = [
      '{ keyId: 00000000-0000-4000-A000-0000000000C1, displayName: old }',
      '{ displayName: new }',
    ];
    for (const [value, expected] of [
      [values[0], 'waiver'],
      [values[1], 'counts'],
    ]) {
      const sources = waivers([entry(SECRET, 'file: hr.json', { value: `value: ${value},` })]);
      const report = await lintFiles({ 'hr.json': HR }, { ...only(SECRET), suppressions: sources });
      expect(states(report)).toEqual([`client-secret ${expected}`]);
    }
  });

  test('with a fingerprint is about that finding alone', async () => {
    const [finding] = (await lintFiles({ 'hr.json': HR }, only(SECRET))).findings;
    for (const [fingerprint, expected] of [
      [finding?.fingerprint, 'waiver'],
      [`v1:${'0'.repeat(32)}`, 'counts'],
    ]) {
      const sources = waivers([entry(SECRET, 'file: hr.json', { value: `fingerprint: "${fingerprint}",` })]);
      expect(states(await lintFiles({ 'hr.json': HR }, { ...only(SECRET), suppressions: sources }))).toEqual([
        `client-secret ${expected}`,
      ]);
    }
  });

  test.each([
    [
      '2026-12-31T23:59:59Z',
      ['no-owner waiver'],
      [
        'waivers.yaml:3 expiring waiver no-owner hr.json | It ends in less than a day, with 2026-12-31: hr.json.',
      ],
    ],
    [
      '2027-01-01T00:00:00Z',
      ['no-owner counts (waiver expired)'],
      [
        'waivers.yaml:3 expired waiver no-owner hr.json | It ended with 2026-12-31, so its finding counts again: hr.json.',
      ],
    ],
    ['2026-12-17T23:59:59Z', ['no-owner waiver'], []],
    [
      '2026-12-18T00:00:00Z',
      ['no-owner waiver'],
      ['waivers.yaml:3 expiring waiver no-owner hr.json | It ends in 14 days, with 2026-12-31: hr.json.'],
    ],
  ])('S09 until 2026-12-31 at %s', async (now, expected, told) => {
    const suppressions = waivers([entry(NO_OWNER, 'file: hr.json', { expires: '2026-12-31' })]);
    const report = await lintFiles({ 'hr.json': HR }, { ...only(NO_OWNER), now, suppressions });
    expect([states(report), notices(report)]).toEqual([expected, told]);
  });

  test('by two ways of naming one resource is a mistake, and then nothing is suppressed', async () => {
    const suppressions = waivers([entry(NO_OWNER, 'file: hr.json'), entry(NO_OWNER, `appId: ${APP}`)]);
    const report = await lintFiles({ 'hr.json': HR }, { ...only(NO_OWNER), suppressions });
    expect([states(report), problems(report), report.exitCode, report.verdict]).toEqual([
      ['no-owner counts'],
      ['waivers.yaml:4:5-174 waiver-overlap'],
      2,
      'error',
    ]);
    expect(report.exitReasons).toEqual([
      { code: 2, reason: '1 problem with what suppresses findings, so nothing is suppressed' },
    ]);
    expect(report.ledger.inputs.failed).toBe(0);
  });

  test('for a rule that may not be waived in that file is a mistake', async () => {
    const settings = settingsWith(rules, BOTH);
    const strict = {
      ...settings,
      rules: { ...settings.rules, [NO_OWNER]: { ...settings.rules[NO_OWNER]!, waivable: false } },
    };
    const report = await lintFiles(
      { 'hr.json': HR },
      {
        settingsFor: () => strict,
        suppressions: waivers([entry(NO_OWNER, 'file: hr.json'), entry(SECRET, 'file: hr.json')]),
      },
    );
    expect([states(report), problems(report)]).toEqual([
      ['no-owner counts', 'client-secret counts'],
      ['waivers.yaml:3:5-144 waiver-rule-not-waivable'],
    ]);
  });
});

describe('S10 a waiver that is not needed', () => {
  const fixed = json({ ...BLUEPRINT, owners: [SPONSOR] });

  test.each<[string, string, LintFilesOptions, readonly string[]]>([
    [
      'whose finding is gone',
      'file: hr.json',
      {},
      ['waivers.yaml:3 stale waiver no-owner hr.json | The rule finds nothing there any more: hr.json.'],
    ],
    [
      'whose resource is gone from its file',
      'file: hr.json, pointer: /value/0',
      {},
      [
        'waivers.yaml:3 stale waiver no-owner hr.json, /value/0 | There is no such resource in the file any more: hr.json, /value/0.',
      ],
    ],
    [
      'whose file is gone',
      'file: gone/it.json',
      {},
      ['waivers.yaml:3 stale waiver no-owner gone/it.json | The file is not there any more: gone/it.json.'],
    ],
    [
      'whose finding in a file that holds nothing is gone',
      'file: other.json',
      {},
      [
        'waivers.yaml:3 stale waiver no-owner other.json | There is no such resource in the file any more: other.json.',
      ],
    ],
    ['of a name that nothing here has, which may be elsewhere', 'uniqueName: somebody', {}, []],
    ['of a file that was not linted', 'file: bad.json', { paths: ['hr.json'] }, []],
    ['of a file that could not be read', 'file: bad.json', {}, []],
    ['of a rule that was not asked', 'file: hr.json', only(SECRET), []],
  ])('%s', async (_what, object, options, expected) => {
    const files = {
      'hr.json': fixed,
      'bad.json': '{"kind": "agentIdentityBlueprint",,}',
      'other.json': '{}',
    };
    const report = await lintFiles(files, {
      ...only(NO_OWNER),
      ...options,
      suppressions: waivers([entry(NO_OWNER, object)]),
    });
    expect(notices(report)).toEqual(expected);
    expect(report.exitReasons.filter(({ code }) => code === 2)).toEqual([]);
  });

  test('with another value than there is', async () => {
    const suppressions = waivers([entry(SECRET, 'file: hr.json', { value: 'value: 1,' })]);
    const report = await lintFiles({ 'hr.json': HR }, { ...only(SECRET), suppressions });
    expect(notices(report)).toEqual([
      'waivers.yaml:3 stale waiver client-secret hr.json | The rule finds no such thing there any more: hr.json.',
    ]);
  });
});
