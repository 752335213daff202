import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import type { Report } from '../../src/findings/report.ts';
import type { SuppressionPolicy } from '../../src/suppressions/types.ts';
import { lintFiles } from '../support/lint-files.ts';
import { settingsWith } from '../support/settings.ts';
import {
  BLUEPRINT,
  BOTH,
  HR,
  NO_OWNER,
  POLICY,
  SECRET,
  SPONSOR,
  UNTIL,
  entry,
  json,
  notices,
  only,
  problems,
  rules,
  states,
  waivers,
} from './support.ts';

const YAML = (...lines: readonly string[]) =>
  `${['kind: agentIdentityBlueprint', 'displayName: hr', 'sponsors:', `  - id: ${SPONSOR.id}`, '    "@odata.type": "#microsoft.graph.user"', ...lines].join('\n')}\n`;

describe('a suppression beside a finding', () => {
  const ignore = (rule: string, rest = `${UNTIL} they said so`) => `# agentid-lint-ignore ${rule} ${rest}`;

  test.each<[string, string, readonly string[]]>([
    [
      'on its line',
      YAML('passwordCredentials:', `  - displayName: old ${ignore(SECRET)}`),
      ['no-owner counts', 'client-secret inline'],
    ],
    [
      'above it',
      YAML('passwordCredentials:', `  ${ignore(SECRET)}`, '  - displayName: old'),
      ['no-owner counts', 'client-secret inline'],
    ],
    [
      'above it, with blank lines and others between',
      YAML('passwordCredentials:', `  ${ignore(SECRET)}`, '', '  # words', '  - displayName: old'),
      ['no-owner counts', 'client-secret inline'],
    ],
    [
      'above the file',
      `${ignore(NO_OWNER)}\n---\n${YAML('passwordCredentials:', '  - displayName: old')}`,
      ['no-owner inline', 'client-secret counts'],
    ],
    ['two above each other', `${ignore(SECRET)}\n${ignore(NO_OWNER)}\n${YAML()}`, ['no-owner inline']],
    [
      'below it',
      YAML('passwordCredentials:', '  - displayName: old', ignore(SECRET)),
      ['no-owner counts', 'client-secret counts'],
    ],
    [
      'in a text',
      YAML('description: |', `  ${ignore(SECRET)}`, 'passwordCredentials:', '  - displayName: old'),
      ['no-owner counts', 'client-secret counts'],
    ],
    [
      'of another rule',
      YAML('passwordCredentials:', `  - displayName: old ${ignore('credentials/certificate-lifetime')}`),
      ['no-owner counts', 'client-secret counts'],
    ],
  ])('as a comment %s', async (_where, text, expected) => {
    for (const written of [text, text.replaceAll('\n', '\r\n')]) {
      const report = await lintFiles({ 'hr.yaml': written }, BOTH);
      expect([states(report), problems(report)]).toEqual([expected, []]);
    }
  });

  test('as a comment in one of several documents, and in what is piped in', async () => {
    const one = YAML();
    const text = `${one}---\n${ignore(NO_OWNER)}\n${one}`;
    const report = await lintFiles(
      {},
      { ...only(NO_OWNER), stdin: { uri: 'piped.yaml', bytes: Buffer.from(text) } },
    );
    expect(states(report)).toEqual(['no-owner counts', 'no-owner inline']);
    expect(report.findings[1]?.suppressed).toEqual({
      kind: 'inline',
      reason: 'they said so',
      approvedBy: null,
      ticket: null,
      created: null,
      expires: '2027-01-31',
      location: {
        uri: 'piped.yaml',
        range: {
          start: { line: 7, column: 1, offset: one.length + 4 },
          end: { line: 7, column: 76, offset: one.length + 79 },
        },
      },
    });
  });

  const key = (value: unknown) => ({ 'x-agentid-lint-ignore': value });

  test.each<[string, unknown, readonly string[]]>([
    [
      'in the object that it is about',
      {
        ...BLUEPRINT,
        passwordCredentials: [{ displayName: 'old', ...key(`${SECRET} ${UNTIL} they said so`) }],
      },
      ['no-owner counts', 'client-secret inline'],
    ],
    [
      'beside what is missing',
      { ...BLUEPRINT, ...key([`${NO_OWNER} ${UNTIL} they said so`]) },
      ['no-owner inline', 'client-secret counts'],
    ],
    [
      'further out than the object around',
      { ...BLUEPRINT, ...key([`${SECRET} ${UNTIL} they said so`]) },
      ['no-owner counts', 'client-secret counts'],
    ],
    [
      'in the bare answer of Graph',
      {
        value: [
          {
            '@odata.type': '#microsoft.graph.agentIdentityBlueprint',
            displayName: 'x',
            ...key(`${NO_OWNER} ${UNTIL} they said so`),
          },
        ],
      },
      ['no-owner inline'],
    ],
  ])('as a key %s', async (_where, value, expected) => {
    const report = await lintFiles({ 'hr.json': json(value) }, BOTH);
    expect([states(report), problems(report)]).toEqual([expected, []]);
  });

  test('does not hold with --no-inline, and then nobody reads it', async () => {
    const suppressions = { waivers: null, baseline: null, inline: false, policy: POLICY };
    const text = `# agentid-lint-ignore nothing\n${json({ ...BLUEPRINT, ...key(7) })}`.replace(/^.*\n/, '');
    const report = await lintFiles({ 'hr.json': text }, { ...BOTH, suppressions });
    expect([states(report), problems(report), report.suppressions.inline]).toEqual([
      ['no-owner counts', 'client-secret counts'],
      [],
      false,
    ]);
  });

  test.each<[string, SuppressionPolicy, readonly string[]]>([
    [`${NO_OWNER} they said so`, POLICY, ['hr.yaml:1:1-59 inline-no-end']],
    [`${NO_OWNER} they said ${UNTIL}`, POLICY, ['hr.yaml:1:57-73 inline-no-end']],
    [`${NO_OWNER} ${UNTIL}`, POLICY, ['hr.yaml:1:1-63 inline-no-reason']],
    [`${NO_OWNER} ${UNTIL} --`, POLICY, ['hr.yaml:1:64-66 inline-no-reason']],
    [`${NO_OWNER} until=2027-02-30 they said so`, POLICY, ['hr.yaml:1:53-63 inline-invalid-date']],
    [`${NO_OWNER} until=2027-01-31T12:00:00 they said so`, POLICY, ['hr.yaml:1:53-72 inline-invalid-date']],
    [`${NO_OWNER} until= they said so`, POLICY, ['hr.yaml:1:47-53 inline-malformed']],
    [
      `${NO_OWNER} utnil=2027-01-31 they said so`,
      POLICY,
      ['hr.yaml:1:47-63 inline-malformed', 'hr.yaml:1:1-76 inline-no-end'],
    ],
    [`${NO_OWNER} ${UNTIL} ${UNTIL} they said so`, POLICY, ['hr.yaml:1:64-80 inline-malformed']],
    [`accountability/no-ownr ${UNTIL} they said so`, POLICY, ['hr.yaml:1:23-45 inline-unknown-rule']],
    ['', POLICY, ['hr.yaml:1:1-22 inline-malformed']],
    [
      `${NO_OWNER} ${UNTIL} they said so`,
      { ...POLICY, requireApprover: true },
      ['hr.yaml:1:1-76 inline-no-approver'],
    ],
    [
      `${NO_OWNER} ${UNTIL} approved-by=jane ticket=S-1 they said so`,
      { ...POLICY, requireApprover: true, maxDays: 69 },
      [],
    ],
    [`${NO_OWNER} ${UNTIL} they said so`, { ...POLICY, maxDays: 68 }, ['hr.yaml:1:53-63 inline-too-long']],
    [
      `${NO_OWNER} ${UNTIL} abc8Q~abcdefghijklmnopqrstuvwxyzABCDEFG`,
      POLICY,
      ['hr.yaml:1:1-103 inline-secret'],
    ],
  ])('S08 that reads "%s"', async (text, policy, expected) => {
    const suppressions = { waivers: null, baseline: null, inline: true, policy };
    const report = await lintFiles(
      { 'hr.yaml': `# agentid-lint-ignore ${text}\n${YAML()}` },
      { ...only(NO_OWNER), suppressions },
    );
    expect([problems(report).toSorted(), states(report), report.exitCode === 2]).toEqual([
      expected.toSorted(),
      [expected.length === 0 ? 'no-owner inline' : 'no-owner counts'],
      expected.length > 0,
    ]);
  });

  test('S08 in a key that is no text', async () => {
    const report = await lintFiles(
      { 'hr.json': json({ ...BLUEPRINT, ...key(['accountability/none until=2027-01-31 they said so', 7]) }) },
      only(NO_OWNER),
    );
    expect(problems(report)).toEqual([
      'hr.json:20:6-25 inline-unknown-rule',
      'hr.json:21:5-6 inline-malformed',
    ]);
  });

  test.each<[object, string]>([
    [{ allowInline: false }, 'inline-not-allowed'],
    [{ waivable: false }, 'inline-rule-not-waivable'],
  ])('where the settings of its rule are %j is a mistake', async (setting, code) => {
    const settings = settingsWith(rules, only(NO_OWNER));
    const strict = {
      ...settings,
      rules: { ...settings.rules, [NO_OWNER]: { ...settings.rules[NO_OWNER]!, ...setting } },
    };
    const fixed = YAML('owners:', `  - id: ${SPONSOR.id}`);
    for (const text of [YAML(), fixed]) {
      const report = await lintFiles(
        { 'hr.yaml': `${ignore(NO_OWNER)}\n${text}` },
        { settingsFor: () => strict },
      );
      expect(problems(report)).toEqual([`hr.yaml:1:1-76 ${code}`]);
    }
  });

  test.each<[string, string, readonly string[]]>([
    [
      'that is over',
      `${ignore(NO_OWNER, 'until=2026-11-22 they said so')}\n${YAML()}`,
      [
        'hr.yaml:1 expired inline no-owner hr.yaml, line 2 | It ended with 2026-11-22, so its finding counts again: hr.yaml, line 2.',
      ],
    ],
    [
      'that is about nothing',
      `${YAML()}${ignore(NO_OWNER)}\n`,
      ['hr.yaml:6 stale inline no-owner hr.yaml | Nothing that is judged stands there: hr.yaml.'],
    ],
    [
      'whose finding is gone',
      `${ignore(SECRET)}\n${YAML()}`,
      [
        'hr.yaml:1 stale inline client-secret hr.yaml, line 2 | The rule finds nothing there any more: hr.yaml, line 2.',
      ],
    ],
    ['of a rule that is off', `${ignore('accountability/single-sponsor')}\n${YAML()}`, []],
  ])('%s is told', async (_what, text, expected) => {
    expect(notices(await lintFiles({ 'hr.yaml': text }, BOTH))).toEqual(expected);
  });

  test('gives way to a waiver', async () => {
    const suppressions = waivers([entry(NO_OWNER, 'file: hr.yaml')]);
    const report = await lintFiles(
      { 'hr.yaml': `${ignore(NO_OWNER)}\n${YAML()}` },
      { ...only(NO_OWNER), suppressions },
    );
    expect([states(report), notices(report)]).toEqual([['no-owner waiver'], []]);
  });
});

test('a key that suppresses findings changes neither fingerprints nor anything else that a rule sees', async () => {
  const shapes = ['graph/get-expanded.json', 'graph/create-body.json'].map((name) =>
    readFileSync(new URL(`../manifest/fixtures/${name}`, import.meta.url), 'utf8'),
  );
  for (const text of [...shapes, HR]) {
    const marked = json(
      JSON.parse(text, (_key, value: unknown) =>
        typeof value === 'object' && value !== null && !Array.isArray(value)
          ? { ...value, 'x-agentid-lint-ignore': `${NO_OWNER} ${UNTIL} they said so` }
          : value,
      ),
    );
    const [plain, with_] = [await lintFiles({ 'a.json': text }), await lintFiles({ 'a.json': marked })];
    const told = ({ findings }: Report) =>
      findings
        .map(({ rule, fingerprint, path, args }) => ({ rule, fingerprint, path, args }))
        .toSorted((a, b) => (a.fingerprint < b.fingerprint ? -1 : 1));
    expect(plain.findings.length).toBeGreaterThan(0);
    expect(told(with_)).toEqual(told(plain));
    expect(with_.problems).toEqual([]);
  }
});
