import { readFileSync } from 'node:fs';
import { Ajv2020, type SchemaObject, type ValidateFunction } from 'ajv/dist/2020.js';
import addFormats from 'ajv-formats';
import { describe, expect, test } from 'vitest';
import type { Report } from '../../src/findings/report.ts';
import { json } from '../../src/reporters/json.ts';
import { CASES, holdsToGoldenFiles } from './cases.ts';
import {
  aFailingReport,
  aFinding,
  aProblem,
  aReport,
  reportOfEverything,
  reportOfSources,
  SECRET,
} from './report-builder.ts';

const schema = JSON.parse(readFileSync('schemas/report.schema.json', 'utf8')) as SchemaObject;
const accepts = compile(schema);
const describesEveryKey = compile(closed(schema));

/** A tenant whose times are no times is left out: the schema is right to refuse it. */
const reports: readonly (readonly [name: string, report: Report])[] = [
  ...Object.entries(CASES)
    .filter(([name]) => name !== 'hostile-tenant')
    .map(([name, report]) => [name, report()] as const),
  ['sources', reportOfSources()],
  ['outcomes and args of every form', everyForm()],
];

describe('the whole report', () => {
  holdsToGoldenFiles('json', 'json', json);

  test('of several sources', async () => {
    await expect(json(reportOfSources(), { color: false })).toMatchFileSnapshot('golden/json/sources.json');
  });
});

describe('the published schema', () => {
  test.each(reports)('accepts: %s', (_name, report) => {
    expect(errorsOf(accepts, parsed(report))).toEqual([]);
  });

  test.each(reports)('describes every key that is written: %s', (_name, report) => {
    expect(errorsOf(describesEveryKey, parsed(report))).toEqual([]);
  });

  test('has a description for every key, its own or that of the form that it refers to', () => {
    const bare = objectSchemas(schema).flatMap(({ properties }) =>
      Object.entries(properties as Record<string, object>).flatMap(([key, value]) =>
        ['description', '$ref', 'const'].some((word) => word in value) ? [] : [key],
      ),
    );
    expect(bare).toEqual([]);
  });

  test('every key that it describes is required, so a reader may count on it', () => {
    const optional = objectSchemas(schema).flatMap(({ properties, required }) => {
      const named = new Set(Array.isArray(required) ? required : []);
      return Object.keys(properties as object).filter((key) => !named.has(key));
    });
    // A run over files has no tenant to tell about, few severities have a budget, and few lines are too long.
    expect(optional).toEqual(['tenant', 'critical', 'high', 'medium', 'low', 'info', 'cut']);
  });

  test('lets a later version add keys', () => {
    const report = parsed(aFailingReport());
    expect(errorsOf(accepts, { ...report, addedLater: { any: 'thing' } })).toEqual([]);
  });

  test.each(['format', 'verdict', 'findings', 'outcomes', 'problems', 'ledger', 'summary', 'exitCode'])(
    'refuses a report without %s',
    (key) => {
      const report = parsed(reportOfEverything());
      const without = Object.fromEntries(Object.entries(report).filter(([name]) => name !== key));
      expect(errorsOf(accepts, without)).toEqual([`must have required property '${key}'`]);
    },
  );

  test.each([
    ['format', 'json-v2'],
    ['verdict', 'passed'],
    ['failOn', 'warning'],
    ['now', 'yesterday'],
    ['exitCode', -1],
    ['findings', [{}]],
    ['outcomes', [{ rule: 'a/b', status: 'unknown' }]],
  ])('refuses %s: %j', (key, value) => {
    expect(errorsOf(accepts, { ...parsed(aReport()), [key]: value })).not.toEqual([]);
  });
});

test('colour changes nothing', () => {
  expect(json(reportOfEverything(), { color: true })).toBe(json(reportOfEverything(), { color: false }));
});

test('offsets into the text, which nobody has, are not told', () => {
  expect(json(aFailingReport(), { color: false })).not.toMatch(/"offset"/);
});

test('E08 lone surrogates become U+FFFD, everything else keeps its value', () => {
  const message = 'a\ud800b \u0000\u001b\u009b\u2028\u202e\u{e0041} ##[x] "\\" 🧾';
  const report = parsed(
    aFailingReport({ findings: [aFinding({ message, args: { name: message, list: [message] } })] }),
  );
  const expected = message.replace('\ud800', '\ufffd');
  expect(report).toMatchObject({
    findings: [{ message: expected, args: { name: expected, list: [expected] } }],
  });
});

test('Y16 args may be called like properties of every object', () => {
  const args = JSON.parse('{"__proto__":"a","constructor":"b","toJSON":"c"}') as Record<string, string>;
  const text = json(aFailingReport({ findings: [aFinding({ args })] }), { color: false });
  expect(text).toContain(
    '"args": {\n        "__proto__": "a",\n        "constructor": "b",\n        "toJSON": "c"\n      }',
  );
});

test('10,000 findings are written in a moment', () => {
  const findings = Array.from({ length: 10_000 }, () => aFinding());
  const started = performance.now();
  json(aFailingReport({ findings }), { color: false });
  expect(performance.now() - started).toBeLessThan(3000);
});

function everyForm(): Report {
  const rule = SECRET.id;
  return aFailingReport({
    findings: [aFinding({ args: { text: 'a', number: 1.5, yes: true, nothing: null, list: ['a', 'b'] } })],
    framework: aFramework(),
    problems: [aProblem(), { code: 'too-many-files', message: 'too many', uri: null, range: null }],
    outcomes: [
      { rule, status: 'evaluated', subjects: 1, failing: 0, skipped: [{ reason: 'off', subjects: 1 }] },
      {
        rule,
        status: 'evaluated',
        subjects: 1,
        failing: 0,
        skipped: [{ reason: 'facts-missing', subjects: 1, missing: ['owners'] }],
      },
      { rule, status: 'skipped', reason: 'not-applicable' },
      { rule, status: 'skipped', reason: 'declared-elsewhere', missing: ['sponsors'] },
      { rule, status: 'failed', error: 'stopped' },
    ],
  });
}

function aFramework(): NonNullable<Report['framework']> {
  const said = {
    rule: SECRET.id,
    status: 'incomplete',
    source: 'https://example.org/nhi7',
    evaluated: 3,
    passed: 3,
    failed: 0,
    skipped: 1,
    suppressed: 0,
    reason: 'facts are missing',
  } as const;
  return {
    id: 'owasp-nhi',
    title: 'OWASP NHI',
    url: null,
    controls: [
      { id: 'NHI7', title: 'Long-lived secrets', url: null, status: 'incomplete', rules: [said] },
      { id: 'NHI9', title: 'Reuse', url: 'https://example.org/nhi9', status: 'notCovered', rules: [] },
    ],
  };
}

function parsed(report: Report): Record<string, unknown> {
  return JSON.parse(json(report, { color: false })) as Record<string, unknown>;
}

function errorsOf(validate: ValidateFunction, value: unknown): (string | undefined)[] {
  return validate(value) ? [] : (validate.errors ?? []).map((error) => error.message);
}

function compile(against: SchemaObject): ValidateFunction {
  const ajv = new Ajv2020({ strict: true, allowUnionTypes: true });
  addFormats.default(ajv);
  return ajv.compile(against);
}

/** The schema with every object closed to keys that it does not describe. */
function closed(original: SchemaObject): SchemaObject {
  const copy = structuredClone(original);
  for (const object of objectSchemas(copy)) {
    object['additionalProperties'] = false;
  }
  return copy;
}

function objectSchemas(value: unknown): Record<string, unknown>[] {
  if (typeof value !== 'object' || value === null) {
    return [];
  }
  const inside = Object.values(value).flatMap(objectSchemas);
  const isObjectSchema = 'type' in value && value.type === 'object' && 'properties' in value;
  return isObjectSchema ? [value, ...inside] : inside;
}
