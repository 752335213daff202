import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { FACT_GROUPS, RESOURCE_KINDS } from '../../src/model/vocabulary.ts';
import type { RuleMetadata } from '../../src/policy/types.ts';
import { builtInRules } from '../../src/rules.ts';
import { problemsOfRule } from '../../src/sources/rule-metadata.ts';

/** Names as a message lists them. */
function oneOf(names: readonly string[]): string {
  return `${names.slice(0, -1).join(', ')} or ${names.at(-1) ?? ''}`;
}

const RULE: RuleMetadata = {
  id: 'acme/team-tag',
  title: 'No team tag',
  description: 'Every agent carries the tag of its team.',
  severity: 'low',
  wave: 1,
  appliesTo: ['blueprint'],
  requires: [],
  surfaces: ['manifest'],
  message: 'agent "{name}" has no tag of a team',
  remediation: 'Add a tag.',
  controls: [{ framework: 'acme-2026', id: 'T-1' }],
  references: [{ title: 'Tags', url: 'https://acme.example/tags#team' }],
  options: {
    teams: {
      type: 'array',
      description: 'The teams that there are.',
      default: [],
      items: { type: 'string' },
    },
  },
  since: '1.0.0',
  aliases: ['acme/tag'],
};

function withOption(schema: unknown): unknown {
  return { ...RULE, options: { limit: schema } };
}

describe('metadata that is right', () => {
  test.each(builtInRules().catalogue.rules)('$id', (rule) => {
    expect(problemsOfRule(rule)).toEqual([]);
  });

  test.each<[string, unknown]>([
    ['an own rule', RULE],
    [
      'nothing that may be left empty',
      { ...RULE, requires: [], controls: [], references: [], options: {}, aliases: [] },
    ],
    ['several lines of description', { ...RULE, description: 'First paragraph.\n\nSecond paragraph.' }],
  ])('%s', (_, rule) => {
    expect(problemsOfRule(rule)).toEqual([]);
  });

  test.each<[string, unknown]>([
    ['an integer', { type: 'integer', minimum: 1, maximum: 3, enum: [1, 3], default: 3 }],
    ['a number', { type: 'number', minimum: 0.5, default: 0.5 }],
    ['a text', { type: 'string', minLength: 0, maxLength: 3, default: '😀😀😀' }],
    ['one of some texts', { type: 'string', enum: ['a', 'b'], default: 'b' }],
    ['a name with wildcards', { type: 'string', pattern: '^[^*]*(\\*[^*]*){0,5}$', default: 'agent-*' }],
    ['yes or no', { type: 'boolean', default: false }],
    ['a list', { type: 'array', minItems: 1, maxItems: 2, uniqueItems: true, default: [1, 'a'] }],
    ['a list of numbers', { type: 'array', items: { type: 'integer', minimum: 1 }, default: [1, 2] }],
  ])('the option is %s', (_, schema) => {
    expect(problemsOfRule(withOption({ description: 'What is chosen.', ...(schema as object) }))).toEqual([]);
  });
});

describe('metadata that is wrong', () => {
  test.each([null, 1, 'rule', [], undefined])('%j is no rule', (value) => {
    expect(problemsOfRule(value)).toEqual(['the rule: must be an object']);
  });

  test.each(Object.keys(RULE))('without %s', (field) => {
    const rule = Object.fromEntries(Object.entries(RULE).filter(([name]) => name !== field));
    expect(problemsOfRule(rule)).toEqual([`${field}: is missing`]);
  });

  test.each(Object.keys(RULE))('%s of no possible type', (field) => {
    const problems = problemsOfRule({ ...RULE, [field]: null });
    expect(problems.map((problem) => problem.slice(0, field.length + 2))).toEqual([`${field}: `]);
  });

  test.each<[string, object, string]>([
    [
      'a field that no rule has',
      { severty: 'low' },
      `the rule: has no fields but ${Object.keys(RULE).join(', ')}, offUnless, waivable`,
    ],
    ['an id in capitals', { id: 'Acme/Tag' }, 'id: must be <domain>/<rule-name> in lower case'],
    ['an id of one part', { id: 'tag' }, 'id: must be <domain>/<rule-name> in lower case'],
    ['an id of three parts', { id: 'a/b/c' }, 'id: must be <domain>/<rule-name> in lower case'],
    ['an id with underscores', { id: 'acme/team_tag' }, 'id: must be <domain>/<rule-name> in lower case'],
    ['an id that is a path', { id: '../x' }, 'id: must be <domain>/<rule-name> in lower case'],
    ['an endless id', { id: `acme/${'a'.repeat(100)}` }, 'id: must be <domain>/<rule-name> in lower case'],
    ['a reserved domain', { id: 'lib/tag' }, 'id: "lib" is a reserved name'],
    ['a short title', { title: 'ab' }, 'title: must have 3 to 120 characters'],
    ['a long message', { message: 'x'.repeat(2001) }, 'message: must have 10 to 2000 characters'],
    ['an escape sequence', { title: 'Red \u001b[31m' }, 'title: must not contain control characters'],
    [
      'a bidirectional control',
      { message: 'agent \u202e has no tag' },
      'message: must not contain control characters',
    ],
    [
      'half a character',
      { remediation: 'Add a tag \ud800.' },
      'remediation: must not contain control characters',
    ],
    ['an unknown severity', { severity: 'fatal' }, 'severity: must be critical, high, medium, low or info'],
    ['an unknown wave', { wave: 3 }, 'wave: must be 1 or 2'],
    ['no kind', { appliesTo: [] }, 'appliesTo: must not be empty'],
    ['a kind twice', { appliesTo: ['blueprint', 'blueprint'] }, 'appliesTo[1]: stands here a second time'],
    [
      'a kind that objects inherit',
      { appliesTo: ['constructor'] },
      `appliesTo[0]: must be ${oneOf(Object.keys(RESOURCE_KINDS))}`,
    ],
    ['unknown facts', { requires: ['moods'] }, `requires[0]: must be ${oneOf(FACT_GROUPS)}`],
    [
      'too many entries',
      { aliases: Array.from({ length: 101 }, (_, at) => `a/b${at}`) },
      'aliases: must have at most 100 entries',
    ],
    [
      'a script as a link',
      { references: [{ title: 'x', url: 'javascript:alert(1)' }] },
      'references[0].url: must be a web address',
    ],
    [
      'a link with markup',
      { references: [{ title: 'x', url: 'https://x/"><b>' }] },
      'references[0].url: must be a web address',
    ],
    [
      'a link to nowhere',
      { references: [{ title: 'x', url: 'https://' }] },
      'references[0].url: must be a web address',
    ],
    [
      'a control of no framework',
      { controls: [{ framework: '', id: 'x' }] },
      'controls[0].framework: must match ^[A-Za-z0-9][A-Za-z0-9._-]*$',
    ],
    ['a version of two parts', { since: '1.0' }, 'since: must match ^\\d{1,6}\\.\\d{1,6}\\.\\d{1,6}$'],
    ['options that are a list', { options: [] }, 'options: must be an object'],
  ])('%s', (_, change, problem) => {
    expect(problemsOfRule({ ...RULE, ...change })).toEqual([problem]);
  });

  test.each([
    ['severity', 'options.severity: an option cannot have this name'],
    ['constructor', 'options.constructor: an option cannot have this name'],
    ['__proto__', 'options: the name of an option is up to 60 letters and digits, as in maxDays'],
    ['max-days', 'options: the name of an option is up to 60 letters and digits, as in maxDays'],
    ['a'.repeat(61), 'options: the name of an option is up to 60 letters and digits, as in maxDays'],
  ])('an option that is called %s', (name, problem) => {
    const option = { type: 'boolean', description: 'What is chosen.', default: true };
    expect(problemsOfRule({ ...RULE, options: Object.fromEntries([[name, option]]) })).toEqual([problem]);
  });

  test.each<[string, object, string]>([
    ['no type', { type: undefined }, '.type: must be one of integer, number, string, boolean, array'],
    ['an object', { type: 'object' }, '.type: must be one of integer, number, string, boolean, array'],
    [
      'an inherited type',
      { type: 'toString' },
      '.type: must be one of integer, number, string, boolean, array',
    ],
    ['no default', { default: undefined }, '.default: is missing'],
    ['a default of another type', { default: '1' }, '.default: must fit the schema'],
    ['a default that is too small', { minimum: 2 }, '.default: must fit the schema'],
    ['a default that is none of those', { enum: [2, 3] }, '.default: must fit the schema'],
    ['half a number', { default: 1.5 }, '.default: must fit the schema'],
    ['a short description', { description: 'short' }, '.description: must have 10 to 2000 characters'],
    ['a bound that is no number', { minimum: '1' }, '.minimum: must be a number'],
    ['an empty enum', { enum: [] }, '.enum: must be a list of different values of the type integer'],
    [
      'an enum of another type',
      { enum: ['1'] },
      '.enum: must be a list of different values of the type integer',
    ],
    [
      'the same value twice',
      { enum: [1, 1] },
      '.enum: must be a list of different values of the type integer',
    ],
    ['a misspelt keyword', { minimun: 1 }, '.minimun: no keyword for integer; did you mean minimum?'],
    ['P17 a reference', { $ref: 'http://acme.example/schema.json' }, ': no keyword for integer'],
    ['P17 $data', { minimum: { $data: '1/limit' } }, '.minimum: must be a number'],
    ['a keyword of texts', { maxLength: 1 }, '.maxLength: no keyword for integer'],
    ['a condition', { anyOf: [{}] }, '.anyOf: no keyword for integer'],
  ])('an option with %s', (_, change, problem) => {
    const schema = { type: 'integer', description: 'What is chosen.', default: 1, ...change };
    const json = JSON.parse(JSON.stringify(schema)) as unknown;
    expect(problemsOfRule(withOption(json))).toEqual([`options.limit${problem}`]);
  });

  test.each<[string, object, string]>([
    [
      'P17 a pattern that takes for ever',
      { type: 'string', pattern: '^(a+)+$', default: '' },
      '.pattern: regular expressions are not supported, only ^[^*]*(\\*[^*]*){0,5}$',
    ],
    [
      'a default that its pattern refuses',
      { type: 'string', pattern: '^[^*]*(\\*[^*]*){0,5}$', default: '******' },
      '.default: must fit the schema',
    ],
    [
      'a text that is too long',
      { type: 'string', maxLength: 1, default: 'ab' },
      '.default: must fit the schema',
    ],
    [
      'a list of lists',
      { type: 'array', items: { type: 'array' }, default: [] },
      '.items.type: must be one of integer, number, string, boolean',
    ],
    [
      'P17 a pattern for items',
      { type: 'array', items: { type: 'string', pattern: '(a+)+' }, default: [] },
      '.items.pattern: regular expressions are not supported, only ^[^*]*(\\*[^*]*){0,5}$',
    ],
    ['items that are no schema', { type: 'array', items: true, default: [] }, '.items: must be an object'],
    ['objects in its default', { type: 'array', default: [{}] }, '.default: must fit the schema'],
    [
      'items that do not fit',
      { type: 'array', items: { type: 'boolean' }, default: [1] },
      '.default: must fit the schema',
    ],
    ['too few items', { type: 'array', minItems: 1, default: [] }, '.default: must fit the schema'],
    [
      'the same item twice',
      { type: 'array', uniqueItems: true, default: [1, 1] },
      '.default: must fit the schema',
    ],
    [
      'a length that is no number',
      { type: 'string', minLength: -1, default: '' },
      '.minLength: must be a whole number, not below 0',
    ],
    [
      'uniqueItems that is neither',
      { type: 'array', uniqueItems: 'yes', default: [] },
      '.uniqueItems: must be true or false',
    ],
  ])('an option with %s', (_, schema, problem) => {
    expect(problemsOfRule(withOption({ description: 'What is chosen.', ...schema }))).toEqual([
      `options.limit${problem}`,
    ]);
  });

  test('an option that is no schema, and too many options', () => {
    expect(problemsOfRule(withOption(true))).toEqual(['options.limit: must be an object']);
    const options = Object.fromEntries(Array.from({ length: 31 }, (_, at) => [`a${at}`, {}]));
    expect(problemsOfRule({ ...RULE, options })).toEqual(['options: must be at most 30']);
  });

  test('many problems are told only in part', () => {
    expect(problemsOfRule({ ...RULE, aliases: Array.from({ length: 100 }, (_, at) => at) })).toHaveLength(20);
  });

  test('whatever it is, it is judged', () => {
    const mutated = fc.tuple(fc.constantFrom(...Object.keys(RULE)), fc.jsonValue({ maxDepth: 3 }));
    fc.assert(
      fc.property(
        fc.oneof(
          fc.jsonValue(),
          mutated.map(([field, value]) => ({ ...RULE, [field]: value })),
        ),
        (value) => {
          for (const problem of problemsOfRule(value)) expect(problem).toMatch(/^[^:]+: \S/);
        },
      ),
    );
  });
});

test('the schema of METADATA lists the kinds and fact groups that there are', () => {
  type Lists = {
    readonly properties: {
      readonly custom: {
        readonly properties: {
          readonly [key in 'applies_to' | 'requires']: { readonly items: { readonly enum: unknown } };
        };
      };
    };
  };
  const url = new URL('../../schemas/rule-metadata.schema.json', import.meta.url);
  const { custom } = (JSON.parse(readFileSync(url, 'utf8')) as Lists).properties;
  expect(custom.properties.applies_to.items.enum).toEqual(Object.keys(RESOURCE_KINDS));
  expect(custom.properties.requires.items.enum).toEqual(FACT_GROUPS);
});
