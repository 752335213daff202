import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { validateConfig } from '../../schemas/generated/config.mjs';
import { loadConfig } from '../../src/config/load.ts';
import { withRules, type JsonSchema } from '../../src/config/rules-schema.ts';
import { PROFILES, type Profile } from '../../src/config/profiles.ts';
import { SEVERITIES } from '../../src/model/vocabulary.ts';
import type { Catalogue } from '../../src/policy/types.ts';
import { RULES } from './fixtures.ts';
import { noLoader, workspace, yaml } from './workspace.ts';

function read(path: string): unknown {
  return JSON.parse(readFileSync(new URL(`../../${path}`, import.meta.url), 'utf8'));
}

// The file is our own build's.
const catalogue = read('policies/bundle/catalogue.json') as Catalogue;

const EMPTY = { $defs: { rules: {} } };

describe('the schema of config files', () => {
  test('has the settings of every rule, also under its old names', () => {
    const settings = (options: object) => ({
      type: ['string', 'object'],
      $ref: '#/$defs/severityOrSettings',
      properties: {
        severity: { description: 'How much a finding counts; off does not run the rule.' },
        severityInProduction: {
          description: 'Used instead of severity for resources that carry a production marker.',
        },
        waivable: {
          description:
            'Whether its findings may be waived, recorded in a baseline or suppressed beside them.',
        },
        allowInline: { description: 'Whether its findings may be suppressed beside them.' },
        ...options,
      },
      additionalProperties: false,
    });
    const owner = settings({});
    const sponsor = settings(RULES[1].options);
    expect(
      withRules(
        { title: 't', $defs: { severity: {}, rules: { type: 'object' } } },
        { rules: RULES.slice(0, 2) },
      ),
    ).toEqual({
      title: 't',
      $defs: {
        severity: {},
        rules: {
          type: 'object',
          additionalProperties: false,
          properties: {
            'accountability/no-owner': { description: 'Blueprint has no owner. Default: medium.', ...owner },
            'accountability/ownerless': {
              ...owner,
              description: 'Old name of accountability/no-owner.',
              deprecated: true,
            },
            'accountability/single-sponsor': {
              description: 'Only one person is sponsor. Default: info.',
              ...sponsor,
            },
          },
          patternProperties: {
            '^(?!(?:accountability)/)[a-z][a-z0-9]*/[a-z0-9]+(?:-[a-z0-9]+)*$': {
              description: expect.stringContaining('An own rule.') as unknown,
              type: ['string', 'object'],
              $ref: '#/$defs/severityOrSettings',
              properties: owner.properties,
            },
          },
        },
      },
    });
  });

  test.each([
    ['severity', 'x/y: an option cannot be called severity'],
    ['toString', 'x/y: an option cannot be called toString'],
  ])('refuses an option called %s', (name, message) => {
    const rule = {
      id: 'x/y',
      title: 'X',
      severity: 'low',
      aliases: [],
      options: { [name]: { type: 'string' } },
    };
    expect(() => withRules(EMPTY, { rules: [rule] })).toThrow(message);
  });

  test('refuses an old name that is another rule', () => {
    const rule = { title: 'X', severity: 'low', options: {} };
    const rules = [
      { ...rule, id: 'x/y', aliases: [] },
      { ...rule, id: 'x/z', aliases: ['x/y'] },
    ];
    expect(() => withRules(EMPTY, { rules })).toThrow('two rules are called x/y');
  });

  test('has the severities of the vocabulary', () => {
    expect(read('schemas/config.base.json')).toMatchObject({
      properties: { failOn: { enum: [...SEVERITIES, 'none'] } },
      $defs: { severity: { enum: [...SEVERITIES] }, severityOrOff: { enum: ['off', ...SEVERITIES] } },
    });
  });

  test('the published one is made of the base and the catalogue', () => {
    const base = read('schemas/config.base.json');
    expect(read('schemas/config.schema.json')).toEqual(withRules(base as JsonSchema, catalogue));
  });
});

describe('the built-in rules', () => {
  test('every profile sets only options that its rules have, to values that they take', () => {
    const known = new Set(catalogue.rules.map(({ id }) => id));
    const profiles: readonly Profile[] = Object.values(PROFILES);
    for (const { rules } of profiles) {
      const written = Object.entries(rules)
        .filter(([id]) => known.has(id))
        .map(([id, { set }]): [string, object] => {
          const { options, ...severities } = set;
          return [id, { ...severities, ...options }];
        });
      expect(validateConfig({ version: 1, rules: Object.fromEntries(written) })).toEqual([]);
    }
  });

  test('a config is held against the built-in rules when nothing else is said', async () => {
    const cwd = workspace({ '.git/': '', ...yaml('rules: { no/rule: off }') });
    expect(await loadConfig({ cwd, rules: catalogue.rules, openLoader: noLoader })).toMatchObject({
      ok: false,
      problems: [{ code: 'config-unknown-rule', range: { start: { line: 2, column: 10 } } }],
    });
  });
});
