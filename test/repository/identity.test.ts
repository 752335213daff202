import { execFileSync } from 'node:child_process';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { describe, expect, test } from 'vitest';
import { PROFILES } from '../../src/config/profiles.ts';
import { placeholders } from '../../src/findings/message.ts';
import { RESOURCE_KINDS } from '../../src/model/vocabulary.ts';
import type { OptionSchema, RuleMetadata } from '../../src/policy/types.ts';
import { builtInRules } from '../../src/rules.ts';
import { fileExamples, tenantExamples } from '../support/examples.ts';
import { read, readJson, repositoryFiles, ROOT } from './files.ts';

const files = repositoryFiles();
const { rules } = builtInRules().catalogue;
const examples = [...fileExamples(), ...tenantExamples()];
const NO_DOMAINS = ['lib', 'data', 'bundle'];

/** `policies/<domain>/<rule>.rego`, without the ending. */
const policies = files.flatMap((file) => {
  const match = /^policies\/([^/]+)\/([^/]+)\.rego$/.exec(file);
  const [, domain = '', name = ''] = match ?? [];
  return match === null || NO_DOMAINS.includes(domain) || name.endsWith('_test') ? [] : [{ domain, name }];
});

const idOf = ({ domain, name }: { readonly domain: string; readonly name: string }): string =>
  `${domain}/${name.replaceAll('_', '-')}`;

/** What rules share, such as the arguments of every finding about a permission. */
const library = files
  .filter((file) => /^policies\/lib\/.*\.rego$/.test(file))
  .map(read)
  .join('\n');

function accepts(schema: OptionSchema, value: unknown): boolean {
  return new Ajv2020({ strict: true }).validate(schema, value);
}

test('there are rules', () => {
  expect(policies.length).toBeGreaterThanOrEqual(39);
});

describe.each(policies.map((policy) => [idOf(policy), policy] as const))('%s', (id, { domain, name }) => {
  test('has a unit test, examples and a page of its own', () => {
    expect(files).toContain(`policies/${domain}/${name}_test.rego`);
    expect(files).toContain(`policies/${domain}/${name}.examples.yaml`);
    expect(files).toContain(`docs/rules/${id}.md`);
  });

  test('is the package that its path says, and so is its test', () => {
    const packageOf = (file: string) => /^package (\S+)$/m.exec(read(file))?.[1];
    expect(packageOf(`policies/${domain}/${name}.rego`)).toBe(`agentid.${domain}.${name}`);
    expect(packageOf(`policies/${domain}/${name}_test.rego`)).toBe(`agentid.${domain}.${name}_test`);
  });

  test('is in the bundle, and judges something that files or tenants can hold', () => {
    const rule = rules.find((each) => each.id === id);
    expect(rule?.surfaces.some((surface) => surface !== 'drift')).toBe(true);
    expect(rule?.appliesTo.every((kind) => Object.hasOwn(RESOURCE_KINDS, kind))).toBe(true);
  });

  // What the examples find is compared in test/policies/.
  test('has examples that fail and that pass', () => {
    const own = examples.filter((example) => example.rule === id);
    expect(own.map((example) => example.expect)).toEqual(expect.arrayContaining(['fail', 'pass']));
  });
});

test('the bundle has no other rules, each once, in the order of their ids', () => {
  expect(rules.map(({ id }) => id)).toEqual(policies.map(idOf).sort());
});

test('nothing in policies belongs to a rule that is not there', () => {
  const stems = new Set(policies.map(({ domain, name }) => `policies/${domain}/${name}`));
  const strays = files.filter(
    (file) =>
      /^policies\/[^/]+\/[^/]+$/.test(file) &&
      !NO_DOMAINS.includes(file.split('/')[1] ?? '') &&
      !stems.has(file.replace(/(?:_test)?\.rego$|\.examples\.yaml$/, '')),
  );
  expect(strays).toEqual([]);
});

describe.each(rules.map((rule) => [rule.id, rule] as const))('%s says', (id, rule) => {
  test('in its message only what its policy tells', () => {
    const source = read(`policies/${id.replaceAll('-', '_')}.rego`);
    for (const name of placeholders(rule.message)) expect(source + library).toContain(`"${name}":`);
  });

  test('its message in marks that mean something', () => {
    const left = rule.message
      .replaceAll(/\[([^\][]*)\]/g, (_, segment: string) => {
        expect(placeholders(segment), 'a segment without an argument is never left out').not.toEqual([]);
        return segment;
      })
      .replaceAll(/\{[A-Za-z][A-Za-z0-9]*\}/g, '');
    expect(left).not.toMatch(/[{}[\]]/);
  });

  test('defaults for its options that fit them', () => {
    for (const [name, schema] of Object.entries(rule.options)) {
      expect(accepts(schema, schema.default), `${name}: ${JSON.stringify(schema.default)}`).toBe(true);
    }
  });

  test('its options by the names that its policy and its page use', () => {
    const source = read(`policies/${id.replaceAll('-', '_')}.rego`);
    const page = read(`docs/rules/${id}.md`);
    for (const name of Object.keys(rule.options)) {
      expect(source).toMatch(new RegExp(String.raw`\.${name}\b|"${name}"`));
      expect(page).toContain(`\`${name}\``);
    }
  });

  test('former ids that no other rule has', () => {
    const others = rules.filter((other) => other.id !== id).flatMap((other) => [other.id, ...other.aliases]);
    for (const alias of rule.aliases) expect([...others, id]).not.toContain(alias);
  });
});

describe('profiles', () => {
  const entries = Object.entries(PROFILES).flatMap(([name, profile]) =>
    Object.entries<{ readonly set: { readonly options: Readonly<Record<string, unknown>> } }>(
      profile.rules,
    ).map(([id, { set }]) => [name, id, set.options] as const),
  );

  test('set something', () => {
    expect(entries.length).toBeGreaterThan(0);
  });

  test.each(entries)('%s sets %s to what the rule takes', (_, id, options) => {
    const rule = rules.find((each): each is RuleMetadata => each.id === id);
    expect(rule?.id).toBe(id);
    for (const [name, value] of Object.entries(options)) {
      const schema = rule?.options[name];
      expect(schema, name).toBeDefined();
      if (schema !== undefined)
        expect(accepts(schema, value), `${name}: ${JSON.stringify(value)}`).toBe(true);
    }
  });
});

test('the schema of config files has every rule with its options', () => {
  const schema = readJson('schemas/config.schema.json') as {
    readonly $defs: {
      readonly rules: { readonly properties: Readonly<Record<string, { readonly properties: object }>> };
    };
  };
  const { properties } = schema.$defs.rules;
  expect(Object.keys(properties).filter((name) => name.includes('/'))).toEqual(
    rules.flatMap(({ id, aliases }) => [id, ...aliases]),
  );
  for (const { id, options } of rules) {
    expect(Object.keys(properties[id]?.properties ?? {})).toEqual([
      'severity',
      'severityInProduction',
      'waivable',
      'allowInline',
      ...Object.keys(options),
    ]);
  }
});

test('the pages of the rules are current', () => {
  expect(
    execFileSync(process.execPath, ['scripts/build-docs.mjs', '--check'], { cwd: ROOT, encoding: 'utf8' }),
  ).toBe('');
});
