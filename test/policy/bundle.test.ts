import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { loadBundle, loadExamples } from '../../src/policy/bundle.ts';
import { dataText } from '../../src/policy/data.ts';
import { PolicyEngine } from '../../src/policy/engine.ts';
import { PolicyError } from '../../src/policy/policy-error.ts';
import { builtInExamples, builtInRules, findRule } from '../../src/rules.ts';
import { dataOf } from '../support/subjects.ts';

const BUILT_IN = fileURLToPath(new URL('../../policies/bundle/', import.meta.url));
let folder = '';

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'agentid-lint-bundle-'));
  cpSync(BUILT_IN, folder, { recursive: true });
});

afterEach(() => {
  rmSync(folder, { recursive: true });
});

test('a whole bundle is loaded as it was built', () => {
  const bundle = loadBundle(folder);
  expect(bundle.digest).toMatch(/^sha256:[0-9a-f]{64}$/);
  expect(bundle.catalogue).toEqual(JSON.parse(readFileSync(join(BUILT_IN, 'catalogue.json'), 'utf8')));
  expect(bundle).toEqual(builtInRules());
  expect(Object.keys(loadExamples(folder))).toEqual(bundle.catalogue.rules.map(({ id }) => id));
});

test('the data of a policy is one JSON document with tables, options, look-ups and the moment of the run', () => {
  const data = dataOf();
  const bundle = loadBundle(folder);
  expect(JSON.parse(dataText(bundle, data))).toEqual({
    agentid: {
      tables: JSON.parse(bundle.tables) as unknown,
      options: data.options,
      known: data.known,
      run: { now: data.now },
    },
  });
});

describe('a bundle that is not what it should be is refused', () => {
  test.each(['manifest.json', 'catalogue.json', 'tables.json', 'policy.wasm'])('without %s', (name) => {
    rmSync(join(folder, name));
    const message = `policy bundle: cannot read ${name}; reinstall the package`;
    expect(() => loadBundle(folder)).toThrow(new PolicyError('bundle', message));
  });

  test('without examples, when they are asked for', () => {
    rmSync(join(folder, 'examples.json'));
    expect(loadBundle(folder).catalogue.rules.length).toBeGreaterThan(0);
    expect(() => loadExamples(folder)).toThrow(
      'policy bundle: cannot read examples.json; reinstall the package',
    );
  });

  test.each([
    ['manifest.json', ''],
    ['manifest.json', 'null'],
    ['manifest.json', '{"digest":"sha256:"}'],
    ['manifest.json', '{"rules":39}'],
    ['catalogue.json', ''],
    ['catalogue.json', 'null'],
    ['catalogue.json', '{"version":1}'],
    ['catalogue.json', '{"version":2,"rules":[]}'],
    ['catalogue.json', '{"version":1,"rules":[]}'],
  ])('with %s that says %s', (name, text) => {
    writeFileSync(join(folder, name), text);
    const message = `policy bundle: ${name} is damaged; reinstall the package`;
    expect(() => loadBundle(folder)).toThrow(new PolicyError('bundle', message));
  });

  test('with the end of the tables or the policy cut off, when it is used', () => {
    for (const name of ['tables.json', 'policy.wasm']) {
      const whole = readFileSync(join(BUILT_IN, name));
      writeFileSync(join(folder, name), whole.subarray(0, whole.length / 2));
      const bundle = loadBundle(folder);
      expect(() => new PolicyEngine(bundle.wasm, dataText(bundle, dataOf()))).toThrow(PolicyError);
      writeFileSync(join(folder, name), whole);
    }
  });
});

describe('a rule is found', () => {
  const { rules } = builtInRules().catalogue;

  test('by its id', () => {
    expect(findRule(rules, 'accountability/no-owner')?.id).toBe('accountability/no-owner');
  });

  test('by a former id', () => {
    const renamed = rules.map((rule) =>
      rule.id === 'accountability/no-owner' ? { ...rule, aliases: ['old/name'] } : rule,
    );
    expect(findRule(renamed, 'old/name')?.id).toBe('accountability/no-owner');
  });

  test('by nothing else', () => {
    expect(findRule(rules, 'no-owner')).toBeUndefined();
    expect(findRule(rules, 'constructor')).toBeUndefined();
  });

  test('with its examples, or none', () => {
    expect(builtInExamples('accountability/no-owner').map((example) => example.expect)).toContain('fail');
    expect(builtInExamples('accountability/nothing')).toEqual([]);
    expect(builtInExamples('constructor')).toEqual([]);
  });
});
