import { createHash } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import type { PolicyBundle } from '../../src/policy/bundle.ts';
import { PolicyError } from '../../src/policy/policy-error.ts';
import { lintFiles, type LintFilesOptions } from '../support/lint-files.ts';
import { bundle as builtIn } from '../support/subjects.ts';
import { foreignBundle, handMade, ownRules, ruleWith } from '../policy/foreign.ts';
import { forEver, policyModule } from '../policy/wasm-module.ts';

function blueprint(displayName: string): string {
  return JSON.stringify({ kind: 'agentIdentityBlueprint', displayName }, null, 2);
}

const FILES = {
  'a.json': blueprint('acme-a'),
  'b.json': blueprint('two answers'),
  'c.json': blueprint('plain'),
};
const own = ownRules();
const CONFLICT =
  'policy acme/conflict (from ./rules) broke: test/policy/fixtures/own-rules/conflict.rego:6:1: var assignment conflict';

function judged(bundles: readonly PolicyBundle[], options: LintFilesOptions = {}) {
  return lintFiles(FILES, { bundles, ...options });
}

describe('the rules of a folder beside the built-in ones', () => {
  test('find what they find, and change nothing of what those find', async () => {
    const [alone, both] = await Promise.all([judged([builtIn]), judged([builtIn, own])]);
    const isOwn = ({ rule }: { readonly rule: string }) => rule.startsWith('acme/');
    expect(both.findings.filter((finding) => !isOwn(finding))).toEqual(alone.findings);
    expect(both.findings.filter(isOwn)).toMatchObject(
      ['b.json', 'c.json'].map((uri, index) => {
        const name = ['two answers', 'plain'][index] ?? '';
        const end = 18 + name.length + 2;
        return {
          rule: 'acme/named',
          severity: own.catalogue.rules[1]?.severity,
          message: `acme/named says ${name}`,
          remediation: own.catalogue.rules[1]?.remediation,
          resource: { kind: 'blueprint', ref: `blueprint/${uri}#`, name },
          location: {
            kind: 'file',
            uri,
            pointer: '/displayName',
            range: {
              start: { line: 3, column: 18, offset: 55 },
              end: { line: 3, column: end, offset: 37 + end },
            },
            snippet: [{ number: 3, text: `  "displayName": "${name}"` }],
          },
          path: ['displayName'],
          args: { name },
          related: [],
          fingerprint: expect.stringMatching(/^v1:[0-9a-f]{32}$/) as unknown,
        };
      }),
    );
    expect(both.outcomes.filter((outcome) => !isOwn(outcome))).toEqual(alone.outcomes);
    expect(both.outcomes.filter(isOwn)).toEqual([
      { rule: 'acme/conflict', status: 'failed', error: CONFLICT },
      { rule: 'acme/named', status: 'evaluated', subjects: 3, failing: 2 },
      { rule: 'acme/product', status: 'evaluated', subjects: 3, failing: 0 },
      { rule: 'acme/ranges', status: 'evaluated', subjects: 3, failing: 0 },
    ]);
  });

  test('are told in the report, with the one that broke, its source and every evaluation', async () => {
    const [alone, both] = await Promise.all([judged([builtIn]), judged([builtIn, own])]);
    expect(both.exitReasons).toEqual([{ code: 10, reason: CONFLICT }, ...alone.exitReasons]);
    expect([both.verdict, both.exitCode]).toEqual(['error', 10]);
    expect(both.tool.policies).toEqual([
      { source: builtIn.source, digest: builtIn.digest, rules: builtIn.catalogue.rules.length },
      { source: { kind: 'folder', name: './rules' }, digest: own.digest, rules: 4 },
    ]);
    const digest = createHash('sha256').update(`${builtIn.digest}\n${own.digest}\n`).digest('hex');
    expect(both.tool.policyDigest).toBe(`sha256:${digest}`);
    expect(both.ledger.resources).toEqual({ total: 3, judged: 3, failed: 0 });
    const { evaluations } = alone.ledger;
    expect(both.ledger.evaluations).toEqual({
      ...evaluations,
      pairs: evaluations.pairs + 12,
      evaluated: evaluations.evaluated + 11,
      failed: 1,
    });
  });

  test('are described with the others in the order of their ids', async () => {
    const references = [{ title: 'Acme', url: 'https://acme.example/costs' }];
    const rules = [ruleWith('accountability/zzz', { references }), ...own.catalogue.rules.slice(1)];
    const { rules: described } = await judged([builtIn, { ...own, catalogue: { version: 1, rules } }]);
    const ids = described.map(({ id }) => id);
    expect(ids).toEqual(ids.toSorted());
    const told = described.filter(({ source }) => source === './rules').map(({ id, url }) => [id, url]);
    expect(told).toEqual([
      ['accountability/zzz', 'https://acme.example/costs'],
      ...own.catalogue.rules.slice(1).map(({ id, references: [first] }) => [id, first?.url ?? null]),
    ]);
  });

  test('are judged the same each time', async () => {
    const [once, again] = await Promise.all([judged([builtIn, own]), judged([builtIn, own])]);
    expect(JSON.stringify(once)).toBe(JSON.stringify(again));
  });

  test('judge by the options and severities that they are given', async () => {
    const settingsFor: LintFilesOptions['settingsFor'] = () => ({
      key: '',
      rules: {
        'acme/named': {
          severity: 'critical',
          severityInProduction: null,
          waivable: true,
          allowInline: true,
          options: {},
        },
        'acme/conflict': {
          severity: 'off',
          severityInProduction: null,
          waivable: true,
          allowInline: true,
          options: {},
        },
      },
    });
    const { findings, outcomes, exitReasons } = await judged([own], { settingsFor });
    expect(findings.map(({ severity }) => severity)).toEqual(['critical', 'critical']);
    expect(outcomes[0]).toEqual({ rule: 'acme/conflict', status: 'skipped', reason: 'off' });
    expect(exitReasons).toEqual([{ code: 1, reason: 'findings at or above "high"' }]);
  });
});

describe('when nothing judges', () => {
  const loop = handMade({ whole: forEver, rules: { 'acme/loop': forEver } });

  test('P03 because the only policy never ends, no resource counts as judged', async () => {
    const report = await judged([loop], { limits: { call: 300 } });
    const reason = '3 resources could not be judged: policy acme/loop (from ./rules) exceeded 0.3 s';
    expect(report.exitReasons).toEqual([{ code: 10, reason }]);
    expect(report.ledger.resources).toEqual({ total: 3, judged: 0, failed: 3 });
    expect(report.ledger.evaluations).toEqual({
      pairs: 3,
      evaluated: 0,
      failed: 3,
      notApplicable: 0,
      skipped: 0,
    });
  });

  test('P03 but the built-in rules do, they are reported', async () => {
    const [alone, both] = await Promise.all([
      judged([builtIn]),
      judged([builtIn, loop], { limits: { call: 300 } }),
    ]);
    expect(both.findings).toEqual(alone.findings);
    expect(both.ledger.resources).toEqual(alone.ledger.resources);
    expect(both.exitReasons[0]).toEqual({
      code: 10,
      reason: 'policy acme/loop (from ./rules) exceeded 0.3 s',
    });
  });

  test('because there are no rules, that is an error', async () => {
    const report = await judged([]);
    expect(report.exitReasons).toEqual([{ code: 3, reason: 'no rule that is on applies to what was found' }]);
  });
});

describe('a source with many rules that break', () => {
  test('gives a few reasons and a number', async () => {
    const ids = Array.from({ length: 6 }, (_, index) => `acme/rule-${index}`);
    const trap = [0x00];
    const bundle = handMade({ whole: trap, rules: Object.fromEntries(ids.map((id) => [id, trap])) });
    const { exitReasons } = await judged([builtIn, bundle]);
    expect(exitReasons.filter(({ code }) => code === 10).map(({ reason }) => reason)).toEqual([
      'policy acme/rule-0 (from ./rules) broke: unreachable',
      'policy acme/rule-1 (from ./rules) broke: unreachable',
      'policy acme/rule-2 (from ./rules) broke: unreachable',
      '3 more policies (from ./rules) failed',
    ]);
  });
});

describe('a bundle that cannot be used ends the run before anything is judged', () => {
  const stagesOf = async (bundles: readonly PolicyBundle[]) => {
    const stages: string[] = [];
    const run = judged(bundles, { onStage: (stage) => stages.push(stage) });
    const fault = await run.then(
      () => null,
      (cause: unknown) => cause,
    );
    return { fault, stages };
  };

  test('P14 for what it imports, before a file is read', async () => {
    const bundle = foreignBundle(policyModule({ imports: ['env', 'opa_evil'] }), ['acme/evil']);
    expect(await stagesOf([builtIn, own, bundle])).toEqual({
      fault: new PolicyError('bundle', './rules: the policy imports env.opa_evil, which is not provided'),
      stages: [],
    });
  });

  test('P08 P13 for the built-in functions that it needs', async () => {
    const bundle = foreignBundle(policyModule({ builtins: '{"http.send":0}' }), []);
    const message = './rules: the policy needs built-in functions that are not provided: http.send';
    expect(await stagesOf([builtIn, bundle])).toEqual({
      fault: new PolicyError('bundle', message),
      stages: ['read', 'prepare'],
    });
  });

  test('for a rule that another bundle has', async () => {
    const bundle = foreignBundle(policyModule(), ['accountability/no-owner']);
    expect(await stagesOf([builtIn, bundle])).toEqual({
      fault: new PolicyError('bundle', 'the rule accountability/no-owner is in both built-in and ./rules'),
      stages: [],
    });
  });
});
