import { describe, expect, test } from 'vitest';
import { placeholders } from '../../src/findings/message.ts';
import type { Report } from '../../src/findings/report.ts';
import { builtInRules } from '../../src/rules.ts';
import { fileExamples, tenantExamples, type FileCase } from '../support/examples.ts';
import { lintFiles } from '../support/lint-files.ts';

const files = fileExamples();
const all = [...files, ...tenantExamples()];
const rules = new Map(builtInRules().catalogue.rules.map((rule) => [rule.id, rule]));

describe.each([...new Set(files.map(({ rule }) => rule))])('%s', (rule) => {
  const own = files.filter((example) => example.rule === rule);

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
});

test.each([...rules.keys()])('%s has at least two examples that fail and two that pass', (rule) => {
  const own = all.filter((example) => example.rule === rule);
  expect(own.filter((example) => example.expect === 'fail').length).toBeGreaterThanOrEqual(2);
  expect(own.filter((example) => example.expect === 'pass').length).toBeGreaterThanOrEqual(2);
});

test.each([...rules.keys()])(
  '%s: every placeholder of its message is an argument of every finding',
  (rule) => {
    const names = placeholders(rules.get(rule)?.message ?? '');
    for (const { args } of all.flatMap((example) => (example.rule === rule ? (example.findings ?? []) : [])))
      expect(Object.keys(args)).toEqual(expect.arrayContaining([...names]));
  },
);

async function lintExample(example: FileCase, source: string): Promise<Report> {
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
