import { describe, expect, test } from 'vitest';
import { load, problems, yaml } from './workspace.ts';

const FILE = 'agentid-lint.config.yaml';

describe('mistakes in YAML', () => {
  test.each([
    ['faliOn: high', '2:1 config-unknown-key: There is no key "faliOn" here. Did you mean "failOn"?'],
    [
      'manifests: [{ files: [a], relations: elsewhere }]',
      '2:27 config-unknown-key: There is no key "relations" here. Known here: files, as, relationships.',
    ],
    [
      'production: { tag: [live] }',
      '2:15 config-unknown-key: There is no key "tag" here. Did you mean "tags"?',
    ],
    [
      'overrides: [{ match: { paths: a }, rules: {} }]',
      '2:24 config-unknown-key: There is no key "paths" here. Did you mean "path"?',
    ],
    [
      'overrides: [{ match: {}, rules: {} }]',
      '2:22 config-invalid-value: "match" must have at least one of path, tenant, environment, blueprint. "agentid-lint config schema" prints what is.',
    ],
    [
      'overrides: [{ match: { path: a } }]',
      '2:13 config-missing-key: Item 1 of "overrides" needs the key "rules". Add "rules".',
    ],
    [
      'overrides: [{ match: { blueprint: [] }, rules: {} }]',
      '2:35 config-invalid-value: "blueprint" must have at least 1 item. "agentid-lint config schema" prints what is.',
    ],
    [
      'overrides: [{ match: { path: a }, rules: {}, failOn: low }]',
      '2:46 config-not-for-part: A threshold holds for a whole run, so that only an override by tenant alone can have one. Leave "tenant" as the only key of "match", or set "failOn" at the top of the config.',
    ],
    [
      'overrides: [{ match: { tenant: dev, path: a }, failOn: low }]\ntenants: { dev: { tenantId: a.example.com } }',
      '2:48 config-not-for-part: A threshold holds for a whole run, so that only an override by tenant alone can have one. Leave "tenant" as the only key of "match", or set "failOn" at the top of the config.',
    ],
    [
      'overrides: [{ match: { tenant: [dev, pord] }, failOn: low }]\ntenants: { dev: { tenantId: a.example.com }, prod: { tenantId: b.example.com } }',
      '2:38 config-unknown-tenant: There is no tenant "pord" in this config. Did you mean "prod"?',
    ],
    [
      'overrides: [{ match: { tenant: prod }, rules: {} }]',
      '2:32 config-unknown-tenant: There is no tenant "prod" in this config. Name it under "tenants", or write its GUID.',
    ],
    [
      'exemptPrincipals: [{ id: admin@contoso.com, reason: break glass }]',
      '2:26 config-invalid-principal: "admin@contoso.com" is neither an object id nor an application id. It is a GUID; the page of the principal in the Entra admin center shows it.',
    ],
    [
      'exemptPrincipals: [{ id: 6f1c0a52-93c4-4d5e-9a0b-2f7d8b1e4c31, reason: no }]',
      '2:72 config-invalid-value: "reason" must have at least 3 characters. "agentid-lint config schema" prints what is.',
    ],
    [
      'exemptPrincipals: [{ id: 6f1c0a52-93c4-4d5e-9a0b-2f7d8b1e4c31, reason: one }, { id: 6F1C0A52-93c4-4d5e-9a0b-2f7d8b1e4c31, reason: two }]',
      '2:85 config-duplicate-principal: The principal "6F1C0A52-93c4-4d5e-9a0b-2f7d8b1e4c31" is exempt twice: as item 1 and as item 2. Keep one of them.',
    ],
    [
      'waivers: { file: ../../waivers.yaml }',
      '2:18 config-outside: "../../waivers.yaml" is outside of the repository. Put it into the repository. Outside of one, put it beside or below this file.',
    ],
    [
      'baseline: /etc/passwd',
      '2:11 config-outside: "/etc/passwd" is outside of the repository. Put it into the repository. Outside of one, put it beside or below this file.',
    ],
    [
      'waivers: { requireAprover: true }',
      '2:12 config-unknown-key: There is no key "requireAprover" here. Did you mean "requireApprover"?',
    ],
    [
      'waivers: { maxDays: 0 }',
      '2:21 config-invalid-value: "maxDays" must be at least 1. "agentid-lint config schema" prints what is.',
    ],
    [
      'exemptPrinciples: []',
      '2:1 config-unknown-key: There is no key "exemptPrinciples" here. Did you mean "exemptPrincipals"?',
    ],
    [
      'rules: { credentials/secret-lifetime: { waivable: never } }',
      '2:51 config-invalid-value: "waivable" must be true or false. "agentid-lint config schema" prints what is.',
    ],
    [
      'failOn: hihg',
      '2:9 config-invalid-value: "failOn" must be one of critical, high, medium, low, info, none. Did you mean "high"?',
    ],
    [
      'failOn: error',
      '2:9 config-invalid-value: "failOn" must be one of critical, high, medium, low, info, none. "agentid-lint config schema" prints what is.',
    ],
    [
      'exclude: "**"',
      '2:10 config-invalid-value: "exclude" must be a list. "agentid-lint config schema" prints what is.',
    ],
    [
      'exclude: [a, 1]',
      '2:14 config-invalid-value: Item 2 of "exclude" must be text. "agentid-lint config schema" prints what is.',
    ],
    [
      'extends: strict',
      '2:10 config-invalid-value: "extends" must be a list. "agentid-lint config schema" prints what is.',
    ],
    [
      'rules:',
      '2:1 config-invalid-value: "rules" has no value; it must be a mapping. "agentid-lint config schema" prints what is.',
    ],
    [
      'manifests: [{ files: [] }]',
      '2:22 config-invalid-value: "files" must have at least 1 item. "agentid-lint config schema" prints what is.',
    ],
    [
      'manifests: [{ files: [a], as: application }]',
      '2:31 config-invalid-value: "as" must be one of blueprint, blueprintPrincipal, agentIdentity, agentUser. "agentid-lint config schema" prints what is.',
    ],
    [
      'overrides: [{ match: { path: 1 }, rules: {} }]',
      '2:30 config-invalid-value: "path" must be text or a list. "agentid-lint config schema" prints what is.',
    ],
    [
      'exclude: ["/etc/**"]',
      '2:11 config-invalid-glob: The pattern starts with /. Patterns are relative to the folder of the config.',
    ],
    [
      'manifests: [{ files: [a, "!b"] }]',
      '2:26 config-invalid-glob: The pattern is negated. List what is meant instead.',
    ],
    [
      'overrides: [{ match: { path: "+(a|aa)" }, rules: {} }]',
      '2:30 config-invalid-glob: The pattern has an extended pattern such as !(a|b). Write {a,b} for alternatives.',
    ],
    [
      'overrides: [{ match: { path: [a, "{b"] }, rules: {} }]',
      '2:34 config-invalid-glob: The pattern has a brace without its other half. Write [{] or [}] for the character itself.',
    ],
  ])('%s', async (text, expected) => {
    const [first] = await problems(yaml(text));
    expect(first).toBe(`${FILE}:${expected}`);
  });

  test('a missing version', async () => {
    expect(await problems({ [FILE]: 'failOn: high\n' })).toEqual([
      `${FILE}:1:1 config-missing-key: The config needs the key "version". Begin the config with version: 1.`,
    ]);
  });

  test('a version from the future', async () => {
    expect(await problems({ [FILE]: 'version: 2\n' })).toEqual([
      `${FILE}:1:10 config-invalid-value: "version" must be 1. A newer config needs a newer agentid-lint.`,
    ]);
  });

  test('all mistakes are told at once, in the order of the file', async () => {
    const text = 'exclude: [1]\nfoo: 1\nrules: { x/y: off }\nfailOn: loud\n';
    expect((await problems(yaml(text))).map((line) => line.split(': ', 1)[0])).toEqual([
      `${FILE}:2:11 config-invalid-value`,
      `${FILE}:3:1 config-unknown-key`,
      `${FILE}:4:10 config-unknown-rule`,
      `${FILE}:5:9 config-invalid-value`,
    ]);
  });
});

describe('mistakes in JSON and in package.json', () => {
  const text = `{
  "version": 1,
  "agentid": true,
  "rules": {
    "credentials/secret-lifetime": { "maxDays": 0 },
    "overrides": []
  },
  "exclude": ["a", "{b"]
}
`;
  const found = (file: string, line: number, indent: number) => [
    `${file}:${line + 2}:${indent + 1} config-unknown-key: There is no key "agentid" here. Known here: $schema, version, extends, manifests, exclude, failOn, production, rules, remoteRules, tenants, exemptPrincipals, waivers, baseline, overrides.`,
    `${file}:${line + 4}:${indent + 47} config-invalid-value: "maxDays" must be at least 1. "agentid-lint config schema" prints what is.`,
    `${file}:${line + 5}:${indent + 3} config-unknown-rule: There is no rule "overrides". "agentid-lint rules list" shows every rule.`,
  ];

  test('stand at the same places as in YAML', async () => {
    expect(await problems({ 'agentid-lint.config.json': text })).toEqual(
      found('agentid-lint.config.json', 1, 2),
    );
  });

  test('in package.json too', async () => {
    const inside = text.trimEnd().replaceAll('\n', '\n  ');
    const files = { 'package.json': `{\n  "name": "x",\n  "agentid-lint": ${inside}\n}\n` };
    expect(await problems(files)).toEqual(found('package.json', 3, 4));
  });

  test('patterns are looked at when the rest fits', async () => {
    const json = '{\n  "version": 1,\n  "exclude": ["a", "{b"]\n}\n';
    expect(await problems({ 'agentid-lint.config.json': json })).toEqual([
      'agentid-lint.config.json:3:20 config-invalid-glob: The pattern has a brace without its other half. Write [{] or [}] for the character itself.',
    ]);
  });

  test('a root that is no object, and a key that holds none', async () => {
    expect(await problems({ 'agentid-lint.config.json': '[]' })).toEqual([
      'agentid-lint.config.json:1:1 config-invalid-value: The config must be an object. "agentid-lint config schema" prints what is.',
    ]);
    expect(await problems({ 'package.json': '{ "agentid-lint": "strict" }' })).toEqual([
      'package.json:1:19 config-invalid-value: "agentid-lint" must be an object. "agentid-lint config schema" prints what is.',
    ]);
    expect(await problems({ 'package.json': '{ "agentid-lint": {} }' })).toEqual([
      'package.json:1:3 config-missing-key: "agentid-lint" needs the key "version". Begin the config with version: 1.',
    ]);
  });
});

describe('what the options of later rules may ask for', () => {
  test.each([
    [{ keyword: 'minLength', params: { limit: 1 } }, 'must have at least 1 character'],
    [{ keyword: 'maxLength', params: { limit: 256 } }, 'must have at most 256 characters'],
    [{ keyword: 'maxItems', params: { limit: 16 } }, 'must have at most 16 items'],
    [{ keyword: 'pattern', params: { pattern: '^[a-z]+$' } }, 'must match ^[a-z]+$'],
    [{ keyword: 'uniqueItems', params: { i: 0, j: 1 } }, 'must not have the same item twice'],
    [{ keyword: 'type', params: { type: 'boolean' } }, 'must be true or false'],
    [{ keyword: 'type', params: { type: 'number' } }, 'must be a number'],
    [{ keyword: 'multipleOf', params: { multipleOf: 2 } }, 'does not fit the schema (multipleOf)'],
  ])('%j', async (error, words) => {
    const validate = () => [{ ...error, instancePath: '/failOn' }];
    expect(await problems(yaml('failOn: high'), { validate })).toEqual([
      `${FILE}:2:9 config-invalid-value: "failOn" ${words}. "agentid-lint config schema" prints what is.`,
    ]);
  });
});

describe('hostile keys', () => {
  const KEYS = ['__proto__', 'constructor', 'toString', 'hasOwnProperty', 'toJSON'];

  test.each(KEYS)('Y16 J04 %s is an unknown key everywhere', async (key) => {
    const expected = ['config-unknown-key', 'config-unknown-rule', 'config-unknown-option'];
    const inYaml = `${key}: { failOn: none }\nrules:\n  ${key}: off\n  credentials/secret-lifetime:\n    ${key}: { maxDays: 1 }\n`;
    expect((await problems(yaml(inYaml))).map((line) => line.split(/[ :]+/)[3])).toEqual(expected);
    const inJson = `{ "version": 1, "${key}": {}, "rules": { "${key}": "off", "credentials/secret-lifetime": { "${key}": 1 } } }`;
    expect(
      (await problems({ 'agentid-lint.config.json': inJson })).map((line) => line.split(/[ :]+/)[3]),
    ).toEqual(expected);
    expect({}).not.toHaveProperty('failOn');
  });

  test('O10 a name in a message is cut short', async () => {
    const [line = ''] = await problems(yaml(`${'k'.repeat(200)}: 1`));
    expect(line).toContain(`"${'k'.repeat(60)}…"`);
  });

  test('O17 no value is ever repeated', async () => {
    const text =
      'failOn: canary1\nexclude: canary2\nrules:\n  credentials/secret-lifetime: { maxDays: canary3 }\nextends: [canary4]\n';
    const result = await load(yaml(text));
    expect(result.ok).toBe(false);
    expect(JSON.stringify(result)).not.toContain('canary');
    expect(JSON.stringify(await load(yaml('extends: [canary5]\nexclude: ["{canary6"]')))).not.toContain(
      'canary',
    );
  });
});
