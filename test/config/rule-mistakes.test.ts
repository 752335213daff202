import { describe, expect, test } from 'vitest';
import { RULES } from './fixtures.ts';
import { load, loaded, loadIn, problems, warnings, workspace, yaml } from './workspace.ts';

const FILE = 'agentid-lint.config.yaml';

describe('mistakes in rules', () => {
  const NONE = '"agentid-lint config schema" prints what is.';

  test.each([
    [
      'acountability/no-owner: off',
      '3:3 config-unknown-rule: There is no rule "acountability/no-owner". Did you mean "accountability/no-owner"?',
    ],
    [
      'my/rule: off',
      '3:3 config-unknown-rule: There is no rule "my/rule". "agentid-lint rules list" shows every rule.',
    ],
    [
      'credentials/client-secret: hihg',
      '3:30 config-invalid-value: "credentials/client-secret" must be one of off, critical, high, medium, low, info, or a mapping of settings. Did you mean "high"?',
    ],
    [
      'credentials/client-secret: false',
      `3:30 config-invalid-value: "credentials/client-secret" must be one of off, critical, high, medium, low, info, or a mapping of settings. ${NONE}`,
    ],
    [
      'credentials/client-secret: [high, {}]',
      `3:30 config-invalid-value: "credentials/client-secret" must be one of off, critical, high, medium, low, info, or a mapping of settings. ${NONE}`,
    ],
    [
      'credentials/secret-lifetime: { maxDay: 3 }',
      '3:34 config-unknown-option: credentials/secret-lifetime has no option "maxDay". Did you mean "maxDays"?',
    ],
    [
      'credentials/long-secret: { limit: 3 }',
      '3:30 config-unknown-option: credentials/secret-lifetime has no option "limit". Known here: severity, severityInProduction, waivable, allowInline, maxDays, allow.',
    ],
    [
      'credentials/client-secret: { serverity: off }',
      '3:32 config-unknown-option: credentials/client-secret has no option "serverity". Did you mean "severity"?',
    ],
    [
      'credentials/secret-lifetime: { severity: warn }',
      `3:44 config-invalid-value: "severity" must be one of off, critical, high, medium, low, info. ${NONE}`,
    ],
    [
      'credentials/secret-lifetime: { severityInProduction: off }',
      `3:56 config-invalid-value: "severityInProduction" must be one of critical, high, medium, low, info. ${NONE}`,
    ],
    [
      'credentials/secret-lifetime: { maxDays: 0 }',
      `3:43 config-invalid-value: "maxDays" must be at least 1. ${NONE}`,
    ],
    [
      'credentials/secret-lifetime: { maxDays: 9999 }',
      `3:43 config-invalid-value: "maxDays" must be at most 3650. ${NONE}`,
    ],
    [
      'credentials/secret-lifetime: { maxDays: "90" }',
      `3:43 config-invalid-value: "maxDays" must be a whole number. ${NONE}`,
    ],
    [
      'credentials/secret-lifetime: { allow: legacy }',
      `3:41 config-invalid-value: "allow" must be a list. ${NONE}`,
    ],
    [
      'credentials/secret-lifetime: { allow: [legacy, partners] }',
      '3:50 config-invalid-value: Item 2 of "allow" must be one of legacy, partner. Did you mean "partner"?',
    ],
    [
      'credentials/client-secret: { severity: off, severityInProduction: high }',
      '3:47 config-contradiction: A rule that is off has no severity in production. Off means nowhere. Set severity to info, or remove severityInProduction.',
    ],
  ])('%s', async (text, expected) => {
    expect(await problems(yaml(`rules:\n  ${text}`))).toEqual([`${FILE}:${expected}`]);
  });

  test('overrides are checked in the same way', async () => {
    const text = `overrides:\n  - match: { path: a }\n    rules:\n      x/y: off\n      credentials/secret-lifetime: { maxDays: 0, min: 1 }\n`;
    expect(await problems(yaml(text))).toEqual([
      `${FILE}:5:7 config-unknown-rule: There is no rule "x/y". "agentid-lint rules list" shows every rule.`,
      `${FILE}:6:47 config-invalid-value: "maxDays" must be at least 1. ${NONE}`,
      `${FILE}:6:50 config-unknown-option: credentials/secret-lifetime has no option "min". Known here: severity, severityInProduction, waivable, allowInline, maxDays, allow.`,
    ]);
  });

  test('an old name is taken for the rule, with a warning', async () => {
    const files = yaml('rules:\n  credentials/long-secret: { maxDays: 30 }\n');
    expect(await loaded(files)).toMatchObject({
      rules: { 'credentials/secret-lifetime': { options: { maxDays: 30 } } },
      sources: { '/rules/credentials~1secret-lifetime/maxDays': `${FILE}:3:30` },
    });
    expect(await warnings(files)).toEqual([
      `${FILE}:3:3 config-rule-renamed: The rule credentials/long-secret is now called credentials/secret-lifetime. Write credentials/secret-lifetime.`,
    ]);
  });

  test('a rule under both of its names is an error with both places', async () => {
    const result = await load(
      yaml('rules:\n  accountability/ownerless: low\n  accountability/no-owner: off\n'),
    );
    expect(result).toMatchObject({
      ok: false,
      problems: [
        {
          code: 'config-duplicate-rule',
          message: 'accountability/no-owner and accountability/ownerless are the same rule.',
          range: { start: { line: 4, column: 3 } },
          related: [{ message: 'The other one.', range: { start: { line: 3, column: 3 } } }],
        },
      ],
    });
  });

  test('a rule that the schema has and the catalogue has not is unknown too', async () => {
    const cwd = workspace({ '.git/': '', ...yaml('rules: { credentials/client-secret: off }') });
    expect(await loadIn(cwd, { rules: RULES.slice(0, 1) })).toMatchObject({
      ok: false,
      problems: [{ code: 'config-unknown-rule', range: { start: { line: 2, column: 10 } } }],
    });
  });
});
