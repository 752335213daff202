import { describe, expect, test } from 'vitest';
import { compareCodePoints } from '../../src/documents/code-points.ts';
import type { Report } from '../../src/findings/report.ts';
import type { ExampleStreams } from '../../src/policy/types.ts';
import { builtInRules } from '../../src/rules.ts';
import { canonicalJson } from '../../src/sources/canonical-json.ts';
import { tenantExamples, type TenantCase } from '../support/examples.ts';
import { scanTenant, TENANT } from '../support/scan-tenant.ts';

const examples = tenantExamples();
const { rules } = builtInRules().catalogue;
const inTenants = rules.filter(({ surfaces }) => surfaces.includes('tenant')).map(({ id }) => id);

test.each(inTenants)('%s has examples of tenants that fail, pass and are unknown', (rule) => {
  const own = examples.filter((example) => example.rule === rule);
  expect([...new Set(own.map((example) => example.expect))].sort()).toEqual(['fail', 'pass', 'unknown']);
});

test('no other rule has examples of tenants', () => {
  expect(examples.filter(({ rule }) => !inTenants.includes(rule))).toEqual([]);
});

describe.each([...new Set(examples.map(({ rule }) => rule))])('%s', (rule) => {
  const own = examples.filter((example) => example.rule === rule);
  const named = (outcome: TenantCase['expect']) =>
    own.filter((example) => example.expect === outcome).map((example) => [example.name, example] as const);

  test.each([...named('fail'), ...named('pass')])(`${rule}: %s`, async (_, example) => {
    const report = await scanExample(example, example.tenant);
    expect(outcomeOf(report, rule)?.status).toBe('evaluated');
    expect(findingsOf(report, rule)).toEqual(sorted(example.findings ?? []));
  });

  test.each(named('fail'))(`${rule}: the remedy closes "%s"`, async (_, example) => {
    expect(example.fixed, 'a failing example shows its remedy under `fixed`').toBeDefined();
    const report = await scanExample(example, { ...example.tenant, ...example.fixed });
    expect(outcomeOf(report, rule)?.status).not.toBe('failed');
    // The remedy may be to remove what the rule judges, but not to hide it.
    expect(missingOf(report, rule)).toEqual([]);
    expect(findingsOf(report, rule)).toEqual([]);
  });

  test.each(named('unknown'))(`${rule}: is skipped, not passed: %s`, async (_, example) => {
    const report = await scanExample(example, example.tenant);
    expect(findingsOf(report, rule)).toEqual([]);
    expect(missingOf(report, rule)).toEqual(
      expect.arrayContaining((example.missing ?? []).map(({ group }) => group)),
    );
    // Without what could not be read it would judge, so that nothing else is in its way.
    const whole = await scanExample({ ...example, missing: [] }, example.tenant);
    expect(missingOf(whole, rule)).toEqual([]);
  });
});

function scanExample(example: TenantCase, tenant: ExampleStreams): Promise<Report> {
  const [organization] = tenant['organization'] ?? [];
  return scanTenant({
    streams: tenant,
    missing: example.missing ?? [],
    ruleOptions: { [example.rule]: example.config ?? {} },
    header: { tenant: { id: organization?.id ?? TENANT, displayName: 'Larkspur Freight', cloud: 'global' } },
  });
}

function outcomeOf({ outcomes }: Report, id: string): Report['outcomes'][number] | undefined {
  return outcomes.find(({ rule }) => rule === id);
}

/** The groups for want of which a rule, or some of what it would judge, is skipped. */
function missingOf(report: Report, id: string): readonly string[] {
  const outcome = outcomeOf(report, id);
  if (outcome?.status === 'skipped') return outcome.reason === 'facts-missing' ? (outcome.missing ?? []) : [];
  if (outcome?.status !== 'evaluated') return [];
  return (outcome.skipped ?? []).flatMap(({ reason, missing = [] }) =>
    reason === 'facts-missing' ? missing : [],
  );
}

function findingsOf({ findings }: Report, rule: string): unknown {
  return sorted(
    findings
      .filter((finding) => finding.rule === rule)
      .map(({ path, args, message, resource }) => {
        expect(message).not.toMatch(/[{}[\]]|undefined|null/);
        return { resource: resource.ref, path, args };
      }),
  );
}

function sorted<T>(findings: readonly T[]): readonly T[] {
  return findings.toSorted((one, other) => compareCodePoints(canonicalJson(one), canonicalJson(other)));
}
