import { describe, expect, test } from 'vitest';
import type { EffectiveRule } from '../../src/config/config.ts';
import { renderMessage } from '../../src/findings/message.ts';
import type { LintRequest } from '../../src/lint/request.ts';
import { lintFiles, type LintFilesOptions } from '../support/lint-files.ts';
import { bundle } from '../support/subjects.ts';

const NO_SPONSOR = 'accountability/blueprint-no-sponsor';

function blueprint(properties: Readonly<Record<string, unknown>>): string {
  return JSON.stringify(
    { kind: 'agentIdentityBlueprint', displayName: 'lf-invoice-prd', ...properties },
    null,
    2,
  );
}

/** Only this rule, set like this. */
function only(rule: string, set: Partial<EffectiveRule> = {}): LintRequest['settingsFor'] {
  const rules = bundle.catalogue.rules.map(({ id, severity, options }) => {
    const defaults = Object.fromEntries(
      Object.entries(options).map(([name, schema]) => [name, schema.default]),
    );
    const setting = {
      severity,
      severityInProduction: null,
      waivable: true,
      allowInline: true,
      options: defaults,
    };
    return [id, id === rule ? { ...setting, ...set } : { ...setting, severity: 'off' as const }] as const;
  });
  return () => ({ key: 'only', rules: Object.fromEntries(rules) });
}

test('a finding has its words, severity, place and related places', async () => {
  const federated = [{ name: 'ci', issuer: 'https://issuer.example', subject: 'agent', audiences: [] }];
  const one = blueprint({ displayName: 'one', federatedIdentityCredentials: federated });
  const two = blueprint({ displayName: 'two', federatedIdentityCredentials: federated });
  const report = await lintFiles(
    { 'agents/a.json': one, 'agents/b.json': two },
    { settingsFor: only('credentials/fic-shared') },
  );
  const [finding] = report.findings;
  const rule = bundle.catalogue.rules.find(({ id }) => id === 'credentials/fic-shared');
  const args = { credential: 'ci', issuer: 'https://issuer.example', subject: 'agent', blueprints: ['two'] };
  expect(report.findings).toHaveLength(2);
  expect(finding).toEqual({
    rule: 'credentials/fic-shared',
    severity: 'medium',
    message: renderMessage(rule?.message ?? '', args),
    remediation: rule?.remediation,
    resource: { kind: 'blueprint', ref: 'blueprint/agents/a.json#', name: 'one' },
    owner: 0,
    location: {
      kind: 'file',
      uri: 'agents/a.json',
      pointer: '/federatedIdentityCredentials/0/subject',
      range: { start: { line: 8, column: 18, offset: 183 }, end: { line: 8, column: 25, offset: 190 } },
      snippet: [{ number: 8, text: '      "subject": "agent",' }],
    },
    path: ['federatedIdentityCredentials', 0, 'subject'],
    args,
    related: [
      {
        message: 'also trusted by two',
        location: {
          kind: 'file',
          uri: 'agents/b.json',
          pointer: '/federatedIdentityCredentials/0/subject',
          range: { start: { line: 8, column: 18, offset: 183 }, end: { line: 8, column: 25, offset: 190 } },
          snippet: [{ number: 8, text: '      "subject": "agent",' }],
        },
      },
    ],
    fingerprint: expect.stringMatching(/^v1:[0-9a-f]{32}$/) as unknown,
    suppressed: null,
    formerFingerprints: [],
    expired: null,
  });
});

describe('the severity of a finding', () => {
  const severities = async (set: Partial<EffectiveRule>, options: LintFilesOptions = {}) => {
    const files = {
      'dev.json': blueprint({ environment: 'dev' }),
      'prod.json': blueprint({ environment: 'Production' }),
    };
    const report = await lintFiles(files, { settingsFor: only(NO_SPONSOR, set), ...options });
    return report.findings.map(({ location, severity }) => [location.uri, severity]);
  };

  test('is what the settings say', async () => {
    expect(await severities({})).toEqual([
      ['dev.json', 'high'],
      ['prod.json', 'high'],
    ]);
    expect(await severities({ severity: 'low' })).toEqual([
      ['dev.json', 'low'],
      ['prod.json', 'low'],
    ]);
  });

  test('is another in production, if the settings say so', async () => {
    expect(await severities({ severity: 'low', severityInProduction: 'critical' })).toEqual([
      ['dev.json', 'low'],
      ['prod.json', 'critical'],
    ]);
  });

  test("is nobody's when the rule is off, in production too", async () => {
    expect(await severities({ severity: 'off' })).toEqual([]);
    expect(await severities({ severity: 'off', severityInProduction: 'critical' })).toEqual([]);
  });

  test("is the rule's own when the settings say nothing of it", async () => {
    expect(await severities({}, { settingsFor: () => ({ key: '', rules: {} }) })).toContainEqual([
      'dev.json',
      'high',
    ]);
  });

  test('decides the verdict', async () => {
    const files = { 'a.json': blueprint({}) };
    const code = async (set: Partial<EffectiveRule>, options: LintFilesOptions) =>
      (await lintFiles(files, { settingsFor: only(NO_SPONSOR, set), ...options })).exitCode;
    expect(await code({ severity: 'medium' }, { failOn: 'high' })).toBe(0);
    expect(await code({ severity: 'medium' }, { failOn: 'medium' })).toBe(1);
    expect(await code({ severity: 'critical' }, { failOn: 'none' })).toBe(0);
  });
});

test('settings may differ from file to file', async () => {
  const files = { 'a.json': blueprint({}), 'sandbox/b.json': blueprint({}) };
  const settingsFor: LintRequest['settingsFor'] = (target) =>
    target.uri?.startsWith('sandbox/') === true
      ? { ...only(NO_SPONSOR, { severity: 'off' })(target), key: 'sandbox' }
      : only(NO_SPONSOR)(target);
  const report = await lintFiles(files, { settingsFor });
  expect(report.findings.map(({ location }) => location.uri)).toEqual(['a.json']);
  expect(report.outcomes.find(({ rule }) => rule === NO_SPONSOR)).toEqual({
    rule: NO_SPONSOR,
    status: 'evaluated',
    subjects: 1,
    failing: 1,
    skipped: [{ reason: 'off', subjects: 1 }],
  });
});

describe('resources of one run', () => {
  const state = (id: string) => JSON.stringify({ agentBlueprintId: id, completed: true });
  const id = (number: number) => `11111111-2222-4333-8444-${String(number).padStart(12, '0')}`;
  const fleet = (count: number) =>
    Object.fromEntries(
      Array.from({ length: count }, (_, index) => [
        `agents/${String(index).padStart(3, '0')}.json`,
        blueprint({ appId: id(index) }),
      ]),
    );

  test('are all asked whether one of them has an id', async () => {
    const mismatches = async (number: number) => {
      const files = { ...fleet(40), 'agents/a365.generated.config.json': state(id(number)) };
      const { findings, problems } = await lintFiles(files, { settingsFor: only('repository/id-mismatch') });
      expect(problems).toEqual([]);
      return findings.map(({ args }) => args['id']);
    };
    expect(await mismatches(0)).toEqual([]);
    expect(await mismatches(39)).toEqual([]);
    expect(await mismatches(40)).toEqual([id(40)]);
  });

  test.each([
    ['in another case', 'Invoice Bot', 'INVOICE BOT'],
    ['in Greek', 'ΠΡΑΚΤΟΡΑΣ', 'Πρακτορασ'],
    ['with a dotted capital I', 'İZMİR', 'İzmir'],
  ])('are found to share a name %s', async (_, one, other) => {
    const files = {
      'a.json': blueprint({ appId: id(1), displayName: one }),
      'b.json': blueprint({ appId: id(2), displayName: other }),
    };
    const { findings } = await lintFiles(files, { settingsFor: only('metadata/naming') });
    expect(findings.flatMap(({ related }) => related.map(({ location }) => location.uri)).sort()).toEqual([
      'a.json',
      'b.json',
    ]);
  });
});

test('the places of a file are let go of, and found again when asked for', async () => {
  const files = Object.fromEntries(
    Array.from({ length: 3 }, (_, index) => [
      `${index}.yaml`,
      `kind: agentIdentityBlueprint\ndisplayName: "Test ${index}"\n`,
    ]),
  );
  const { findings } = await lintFiles(files);
  for (const { location } of findings) {
    expect(location.range).not.toBeNull();
    expect(location.snippet.length).toBeGreaterThan(0);
  }
  expect(new Set(findings.map(({ location }) => location.uri))).toEqual(new Set(Object.keys(files)));
});
