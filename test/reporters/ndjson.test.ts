import { readFileSync } from 'node:fs';
import { Ajv2020, type SchemaObject } from 'ajv/dist/2020.js';
import addFormats from 'ajv-formats';
import { describe, expect, test } from 'vitest';
import type { Report } from '../../src/findings/report.ts';
import { json } from '../../src/reporters/json.ts';
import { ndjson } from '../../src/reporters/ndjson.ts';
import { CASES, holdsToGoldenFiles } from './cases.ts';
import { HOSTILE } from './hostile.ts';
import { aFailingReport, aFinding, aReport } from './report-builder.ts';

const accepts = lineSchema();
const cases = Object.entries(CASES).map(([name, report]) => [name, report()] as const);

describe('the whole report', () => {
  holdsToGoldenFiles('ndjson', 'ndjson', ndjson);
});

// A tenant whose times are no times is left out: the schema is right to refuse it.
test.each(cases.filter(([name]) => name !== 'hostile-tenant'))(
  'every line is of a form that the published schema describes: %s',
  (_name, report) => {
    const faults = recordsOf(report).flatMap((record) => (accepts(record) ? [] : (accepts.errors ?? [])));
    expect(faults).toEqual([]);
  },
);

test.each(cases)('what the records say is what the JSON report says: %s', (_name, report) => {
  const whole = JSON.parse(json(report, { color: false })) as Record<string, unknown>;
  const [run, ...records] = recordsOf(report);
  const { findings, outcomes, problems, resources, rules, suppressions, framework, ...rest } = whole;
  const { notices, ...used } = suppressions as { readonly notices: unknown };
  const typed = (type: string, list: unknown) =>
    (list as readonly object[]).map((record) => ({ type, ...record }));
  expect(framework).toBeNull();
  expect(rules).toHaveLength(report.rules.length);
  expect(run).toEqual({
    ...rest,
    ...{ type: 'run', format: 'ndjson-v1', suppressions: used, framework: null },
  });
  expect(records).toEqual([
    ...typed('problem', problems),
    ...typed('finding', findings),
    ...typed('notice', notices),
    ...typed('outcome', outcomes),
    ...typed('resource', resources),
  ]);
});

test('a framework is told by its controls, a line each', () => {
  const controls = [
    { id: 'NHI9', title: 'Reuse', url: null, status: 'notCovered', rules: [] },
    { id: 'NHI1', title: 'Leavers', url: null, status: 'notCovered', rules: [] },
  ] as const;
  const framework = { id: 'owasp-nhi', title: 'OWASP NHI', url: null };
  const records = recordsOf(aReport({ framework: { ...framework, controls } }));
  expect(records[0]).toMatchObject({ type: 'run', framework });
  expect(records.slice(-2)).toEqual(controls.map((control) => ({ type: 'control', ...control })));
  expect(records.every((record) => accepts(record))).toBe(true);
});

test('the first line tells the verdict, also when nothing was found', () => {
  expect(recordsOf(aReport())[0]).toMatchObject({ type: 'run', verdict: 'pass', exitCode: 0 });
});

test.each([
  [{ type: 'finding' }],
  [{ type: 'rumour' }],
  [{}],
  [{ ...recordsOf(aReport())[0], format: 'ndjson-v2' }],
])('the schema refuses %j', (record) => {
  expect(accepts(record)).toBe(false);
});

test('no text of a report makes a line of its own', () => {
  for (const message of HOSTILE) {
    const report = aFailingReport({ findings: [aFinding({ message })] });
    expect(ndjson(report, { color: false }).split(/\r\n|[\n\r\u2028\u2029\u0085]/)).toHaveLength(
      recordsOf(aFailingReport()).length + 1,
    );
  }
});

function recordsOf(report: Report): Record<string, unknown>[] {
  const text = ndjson(report, { color: false });
  expect(text.endsWith('}\n')).toBe(true);
  return text
    .slice(0, -1)
    .split('\n')
    .map((line) => JSON.parse(line) as Record<string, unknown>);
}

function lineSchema() {
  const ajv = new Ajv2020({ strict: true, allowUnionTypes: true });
  addFormats.default(ajv);
  const read = (name: string) =>
    JSON.parse(readFileSync(`schemas/${name}.schema.json`, 'utf8')) as SchemaObject;
  return ajv.addSchema(read('report')).compile(read('report-line'));
}
