import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { publishedExample, readExamples } from '../../src/sources/examples.ts';
import { brief, TEAM_TAG_EXAMPLES } from '../support/own-rules.ts';

const read = (text: string) => readExamples({ uri: 'x.examples.yaml', text });

test('an example is what is written, with the place of its name', () => {
  const { examples, problems } = read(TEAM_TAG_EXAMPLES);
  expect(problems).toEqual([]);
  const [fails, passes] = examples;
  expect(fails).toMatchObject({
    name: 'No tags at all',
    expect: 'fail',
    findings: [{ path: ['tags'], args: { name: 'claims-triage', wanted: ['team:*'] } }],
    range: { start: { line: 1, column: 9 }, end: { line: 1, column: 23 } },
  });
  expect(passes?.findings).toEqual([]);
  expect(examples.map(publishedExample)).toEqual([
    {
      name: 'No tags at all',
      expect: 'fail',
      file: 'claims.blueprint.yaml',
      source: 'kind: agentIdentityBlueprint\ndisplayName: claims-triage\n',
    },
    {
      name: 'A team tag',
      expect: 'pass',
      file: 'claims.blueprint.yaml',
      source: 'kind: agentIdentityBlueprint\ndisplayName: claims-triage\ntags: [team:claims]\n',
    },
  ]);
});

const TENANT = `- name: Nobody answers
  expect: fail
  tenant:
    agentIdentities:
      - { id: a, properties: { displayName: claims, sponsors: [] } }
  findings:
    - { resource: agentIdentity/a, path: [sponsors], args: { name: claims } }
  fixed:
    agentIdentities: []
- name: Nobody knows
  expect: unknown
  tenant: { agentIdentities: [{ id: a, api: beta, properties: {} }] }
  missing: [{ group: sponsors, of: agentIdentity, status: forbidden }]
  config: { minimum: 2 }
`;

test('an example can be a tenant', () => {
  const { examples, problems } = read(TENANT);
  expect(problems).toEqual([]);
  const [fails, unknown] = examples;
  expect(fails).toMatchObject({
    findings: [{ resource: 'agentIdentity/a', path: ['sponsors'], args: { name: 'claims' } }],
    fixed: { agentIdentities: [] },
    range: { start: { line: 1, column: 9 } },
  });
  expect(unknown?.findings).toEqual([]);
  expect(examples.map(publishedExample)).toEqual([
    {
      name: 'Nobody answers',
      expect: 'fail',
      tenant: { agentIdentities: [{ id: 'a', properties: { displayName: 'claims', sponsors: [] } }] },
    },
    {
      name: 'Nobody knows',
      expect: 'unknown',
      tenant: { agentIdentities: [{ id: 'a', api: 'beta', properties: {} }] },
      missing: [{ group: 'sponsors', of: 'agentIdentity', status: 'forbidden' }],
      config: { minimum: 2 },
    },
  ]);
});

test('the examples of every built-in rule are such', () => {
  const folder = new URL('../../policies/', import.meta.url);
  const files = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((name) =>
    name.endsWith('.examples.yaml'),
  );
  expect(files.length).toBeGreaterThanOrEqual(39);
  for (const file of files) {
    const { examples, problems } = readExamples({
      uri: file,
      text: readFileSync(new URL(file, folder), 'utf8'),
    });
    expect(brief(problems)).toEqual([]);
    expect(examples.length).toBeGreaterThan(0);
  }
});

describe('mistakes are told at their place', () => {
  const minimal = `- name: An example
  expect: pass
  file: a.yaml
  source: x
`;
  test.each([
    ['nothing at all', '', [expect.stringMatching(/^x\.examples\.yaml empty-document: /)]],
    [
      'a mapping',
      'name: x\n',
      [
        'x.examples.yaml:1:1-8 rules-examples-invalid-value: The file must be a list. | schemas/rule-examples.schema.json says what is.',
      ],
    ],
    [
      'an empty list',
      '[]\n',
      [
        'x.examples.yaml:1:1-3 rules-examples-invalid-value: The file must have at least 1 entry. | schemas/rule-examples.schema.json says what is.',
      ],
    ],
    [
      'a slip in a key',
      minimal.replace('source:', 'sorce:'),
      [
        'x.examples.yaml:1:3-11 rules-examples-missing-key: Entry 1 needs the key "source". | Add "source".',
        'x.examples.yaml:4:3-8 rules-examples-unknown-key: There is no key "sorce" here. | Did you mean "source"?',
      ],
    ],
    [
      'an outcome that is none',
      minimal.replace('pass', 'psas'),
      [
        'x.examples.yaml:2:11-15 rules-examples-invalid-value: "expect" must be one of pass, fail. | Did you mean "pass"?',
      ],
    ],
    [
      'a file outside of the folder',
      minimal.replace('a.yaml', '../a.yaml'),
      [expect.stringMatching(/^x\.examples\.yaml:3:9-18 rules-examples-invalid-value: "file" must match /)],
    ],
    [
      'a failing one that finds nothing',
      minimal.replace('pass', 'fail'),
      [
        'x.examples.yaml:1:9-19 rules-examples-missing-key: An example that fails needs "findings": the path and arguments of each. | Add "findings", or expect: pass.',
      ],
    ],
    [
      'a passing one that finds something',
      `${minimal}  fixed: y\n`,
      [
        'x.examples.yaml:5:3-8 rules-examples-invalid-value: An example that passes has no "fixed". | Remove it, or expect: fail.',
      ],
    ],
    [
      'a file that is unknown',
      minimal.replace('pass', 'unknown'),
      [expect.stringMatching(/rules-examples-invalid-value: "expect" must be one of pass, fail\. /)],
    ],
    [
      'a tenant in a file',
      `${minimal}  tenant: { agentIdentities: [] }\n`,
      [
        expect.stringMatching(/rules-examples-unknown-key: There is no key "file" here\. /),
        expect.stringMatching(/rules-examples-unknown-key: There is no key "source" here\. /),
      ],
    ],
    [
      'a stream that is none',
      '- { name: An example, expect: pass, tenant: { agents: [] } }',
      [expect.stringMatching(/rules-examples-unknown-key: There is no key "agents" here\. /)],
    ],
    [
      'an unknown one for which nothing is missing',
      '- { name: An example, expect: unknown, tenant: { agentIdentities: [] } }',
      [
        'x.examples.yaml:1:11-21 rules-examples-missing-key: An example that is unknown needs "missing": what could not be read. | Add "missing", or expect: pass.',
      ],
    ],
    [
      'an unknown one that finds something',
      `${TENANT.slice(TENANT.indexOf('- name: Nobody knows'))}  fixed: { agentIdentities: [] }\n`,
      [expect.stringMatching(/An example that is unknown has no "fixed"\. /)],
    ],
    ['no YAML', '- name: [', [expect.stringMatching(/^x\.examples\.yaml:\d.* yaml-syntax: /)]],
  ] as const)('%s', (_, text, expected) => {
    const { examples, problems } = read(text);
    expect(examples).toEqual([]);
    expect(brief(problems)).toEqual(expected);
  });
});
