import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, expect, test } from 'vitest';
import { projectRoot } from '../../scripts/lib/opa.mjs';
import { readTables } from '../../scripts/lib/tables.mjs';
import { PolicyEngine } from '../../src/policy/engine.ts';
import { compiled, REGO, testedByOpa, type RegoTest } from './opa.ts';

const tables = JSON.stringify(readTables());
let tested: readonly RegoTest[] = [];
let passed: ReadonlySet<string> = new Set();

/** A test that must not pass, in each way in which a test may not. */
const CONTROLS = ['test_false := false', 'test_undefined if false', 'test_nothing := data.oracle.nothing'];

beforeAll(() => {
  tested = testedByOpa(tables);
  const calls = tested.map((each) => callOf(each.package, each.name));
  const controls = CONTROLS.map((rule) => callOf('data.oracle', /^\w+/.exec(rule)?.[0] ?? ''));
  const module = ['package oracle', ...CONTROLS, ...controls, ...calls].join('\n\n');
  const engine = new PolicyEngine(
    compiled({ policies: REGO, module }, ['oracle/passed']),
    `{"agentid":{"tables":${tables}}}`,
  );
  passed = new Set(engine.evaluate('oracle/passed', '{}') as readonly string[]);
});

/** A test passes when it is true, and nothing else. */
function callOf(from: string, name: string): string {
  return `passed contains "${from}.${name}" if ${from}.${name} == true`;
}

test('every unit test passes in OPA', () => {
  expect(tested.filter(({ fail, error }) => fail === true || error !== undefined)).toEqual([]);
});

test('every unit test passes in our engine', () => {
  const names = tested.map((each) => `${each.package}.${each.name}`).sort();
  expect([...passed].sort()).toEqual(names);
  expect(new Set(names).size).toBe(tested.length);
});

test('every unit test that stands in a file was run', () => {
  const written = REGO.filter((file) => file.endsWith('_test.rego')).flatMap((file) => {
    const text = readFileSync(join(projectRoot, file), 'utf8');
    const from = /^package (\S+)$/m.exec(text)?.[1] ?? '';
    return [...text.matchAll(/^(test_\w+)/gm)].map(([, name = '']) => `data.${from}.${name}`);
  });
  expect(written.length).toBeGreaterThan(400);
  expect(tested.map((each) => `${each.package}.${each.name}`).sort()).toEqual([...new Set(written)].sort());
});
