import { readFileSync } from 'node:fs';
import { Ajv2020, type SchemaObject } from 'ajv/dist/2020.js';
import addFormats from 'ajv-formats';
import { describe, expect, test } from 'vitest';
import type { Report } from '../../src/findings/report.ts';
import { compact } from '../../src/reporters/compact.ts';
import { json } from '../../src/reporters/json.ts';
import { pretty } from '../../src/reporters/pretty.ts';
import { FACT_GROUPS, isList, RESOURCE_KINDS } from '../../src/model/vocabulary.ts';
import { GROUP_WORDS, KIND_WORDS, LISTS } from '../../src/reporters/tenant-words.ts';
import { HOSTILE } from './hostile.ts';
import {
  aTenantReport,
  emptyTenant,
  hostileTenant,
  incompleteTenant,
  manyTenantFindings,
  oneTenantFinding,
} from './tenant-reports.ts';

const reports: readonly (readonly [what: string, golden: string, report: Report])[] = [
  ['a tenant in which nothing is wrong', 'clean', aTenantReport()],
  ['a finding says which object it is in and what the object may do', 'one', oneTenantFinding()],
  ['findings in many objects', 'many', manyTenantFindings()],
  ['what was not read is told with the permission that would help', 'incomplete', incompleteTenant()],
  ['S05 no agents is no pass', 'empty', emptyTenant()],
  ['O01 names that attack the terminal are shown, not obeyed', 'hostile', hostileTenant()],
];

describe('for people', () => {
  test.each(reports)('%s', async (_what, golden, report) => {
    await expect(pretty(report, { color: false })).toMatchFileSnapshot(`golden/pretty-tenant-${golden}.txt`);
  });

  test('U3 an incomplete scan says so in its first line', () => {
    const [first] = pretty(incompleteTenant(), { color: false }).split('\n');
    expect(first).toBe('incomplete: 2 rules lack facts; this is not the whole answer');
  });

  test('the page in the portal is a link', () => {
    expect(pretty(oneTenantFinding(), { color: true })).toContain('\u001b]8;;https://entra.microsoft.com/');
  });
});

describe('for grep', () => {
  test.each(reports)('%s', async (_what, golden, report) => {
    await expect(compact(report, { color: false })).toMatchFileSnapshot(
      `golden/compact-tenant-${golden}.txt`,
    );
  });
});

describe('for programs', () => {
  const schema = JSON.parse(readFileSync('schemas/report.schema.json', 'utf8')) as SchemaObject;
  const ajv = new Ajv2020({ strict: true, allowUnionTypes: true });
  addFormats.default(ajv);
  const accepts = ajv.compile(schema);

  test.each(reports)('%s', async (_what, golden, report) => {
    await expect(json(report, { color: false })).toMatchFileSnapshot(`golden/json-tenant-${golden}.json`);
  });

  test.each(reports.filter(([, golden]) => golden !== 'hostile'))(
    'the schema takes %s',
    (_what, _, report) => {
      accepts(JSON.parse(json(report, { color: false })));
      expect(accepts.errors ?? []).toEqual([]);
    },
  );
});

test.each(HOSTILE)('O01 nothing of a tenant reaches the terminal or the log as it is: %j', (evil) => {
  const report = hostileTenant(evil);
  for (const text of [pretty(report, { color: false }), compact(report, { color: false })]) {
    expect(text).not.toMatch(/[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u2028-\u202e]/);
    expect(text).not.toMatch(/^\s*::/m);
    expect(text).not.toMatch(/##\w*\[/);
  }
});

test('every kind and group has words', () => {
  expect(Object.keys(KIND_WORDS)).toEqual(Object.keys(RESOURCE_KINDS));
  expect(Object.keys(GROUP_WORDS)).toEqual([...FACT_GROUPS]);
});

test('of lists it is not said what they are of', () => {
  expect([...LISTS].toSorted()).toEqual(FACT_GROUPS.filter(isList).toSorted());
});
