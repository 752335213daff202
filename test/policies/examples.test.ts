import { describe, expect, test } from 'vitest';
import { placeholders } from '../../src/findings/message.ts';
import type { Report } from '../../src/findings/report.ts';
import { builtInRules } from '../../src/rules.ts';
import { allExamples, type ExampleCase } from '../support/examples.ts';
import { lintFiles } from '../support/lint-files.ts';

const examples = allExamples();
const rules = new Map(builtInRules().catalogue.rules.map((rule) => [rule.id, rule]));

describe.each([...new Set(examples.map(({ rule }) => rule))])('%s', (rule) => {
  const own = examples.filter((example) => example.rule === rule);

  test.each(own.map((example) => [example.name, example] as const))(`${rule}: %s`, async (_, example) => {
    const report = await lintExample(example, example.source);
    expect(findingsOf(report, rule)).toEqual(example.expect === 'fail' ? example.findings : []);
  });

  test.each(
    own
      .filter(({ expect: outcome }) => outcome === 'fail')
      .map((example) => [example.name, example] as const),
  )(`${rule}: the remedy closes "%s"`, async (_, example) => {
    if (example.fixedByRemoval === true) {
      expect(builtInRules().catalogue.rules.find(({ id }) => id === rule)?.remediation).toMatch(
        /^Remove the file/,
      );
      return;
    }
    expect(example.fixed, 'a failing example shows its remedy under `fixed`').toBeTypeOf('string');
    const report = await lintExample(example, example.fixed ?? '');
    expect(findingsOf(report, rule)).toEqual([]);
    expect(report.ledger.resources.judged).toBeGreaterThan(0);
  });

  test(`${rule}: has failing and passing examples`, () => {
    expect(own.filter(({ expect: outcome }) => outcome === 'fail').length).toBeGreaterThanOrEqual(2);
    expect(own.filter(({ expect: outcome }) => outcome === 'pass').length).toBeGreaterThanOrEqual(2);
  });

  test(`${rule}: every placeholder of its message is an argument of every finding`, () => {
    const names = placeholders(rules.get(rule)?.message ?? '');
    for (const { args } of own.flatMap(({ findings }) => findings ?? [])) {
      expect(Object.keys(args)).toEqual(expect.arrayContaining([...names]));
    }
  });
});

async function lintExample(example: ExampleCase, source: string): Promise<Report> {
  const companions = Object.fromEntries(
    (example.companions ?? []).map((companion) => [companion.file, companion.source]),
  );
  const report = await lintFiles(
    { ...companions, [example.file]: source },
    {
      ruleOptions: { [example.rule]: example.config ?? {} },
      ...(example.relationships === undefined ? {} : { relationships: example.relationships }),
    },
  );
  expect(report.problems).toEqual([]);
  const outcome = report.outcomes.find(({ rule }) => rule === example.rule);
  expect(outcome?.status).not.toBe('failed');
  // An example that its rule never judged would prove nothing.
  if (example.relationships !== 'elsewhere') expect(outcome?.status).toBe('evaluated');
  return report;
}

function findingsOf(report: Report, rule: string): unknown {
  return report.findings
    .filter((finding) => finding.rule === rule)
    .map(({ path, args, message, location }) => {
      expect(message).not.toMatch(/[{}[\]]|undefined|null/);
      expect(location.range).not.toBeNull();
      return { path, args };
    });
}
