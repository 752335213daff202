import { describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import type { SyntaxTree } from '../../packages/opa-compiler/src/types.ts';
import { ruleMetadata } from '../../src/sources/metadata.ts';
import { brief, TEAM_TAG } from '../support/own-rules.ts';

/** The part of OPA's tree that METADATA is read from. */
function treeOf(text: string): SyntaxTree {
  const lines = text.split('\n');
  const row = lines.findIndex((line) => line.startsWith('# METADATA')) + 1;
  const end = lines.findIndex((line, index) => index >= row && !line.startsWith('#'));
  const yaml = lines
    .slice(row, end)
    .map((line) => line.slice(1))
    .join('\n');
  const packageNode = {
    location: { row: lines.findIndex((line) => line.startsWith('package')) + 1, col: 1 },
  };
  if (row === 0) return { package: packageNode };
  const annotation = { ...(parse(yaml) as object), scope: 'package', location: { row, col: 1 } };
  return { package: packageNode, annotations: [annotation] };
}

function read(text: string) {
  const file = { path: 'ownership/team_tag.rego', uri: 'rules/ownership/team_tag.rego', text };
  return ruleMetadata(
    { ...file, id: 'ownership/team-tag', package: 'agentid.ownership.team_tag' },
    treeOf(text),
  );
}

/** What is wrong with the whole rule once a piece of its METADATA is another. */
function changed(piece: string, replacement: string): readonly string[] {
  expect(TEAM_TAG).toContain(piece);
  const result = read(TEAM_TAG.replace(piece, replacement));
  return result.ok
    ? []
    : brief(result.problems).map((line) => line.replace('rules/ownership/team_tag.rego:', ''));
}

describe('what may be left out has a default', () => {
  test('of a rule about manifests', () => {
    const result = read(TEAM_TAG);
    expect(result.ok ? result.rule : brief(result.problems)).toEqual({
      id: 'ownership/team-tag',
      title: 'Team tag is missing',
      description: 'Every agent belongs to a team that can be asked about it.',
      severity: 'low',
      wave: 1,
      appliesTo: ['blueprint'],
      requires: [],
      surfaces: ['manifest'],
      message: 'blueprint "{name}" has no team tag[, such as {wanted}]',
      remediation: 'Add a tag that names the team.',
      controls: [],
      references: [],
      options: {
        tags: {
          type: 'array',
          items: { type: 'string' },
          description: 'Tags that name a team, exact or with a trailing star.',
          default: ['team:*'],
        },
      },
      since: '0.1.0',
      aliases: [],
    });
  });

  test('of a rule about the files of a project', () => {
    const result = read(TEAM_TAG.replace('[blueprint]', '[agent365Config, blueprint]'));
    expect(result.ok ? result.rule.surfaces : null).toEqual(['repository', 'manifest']);
  });
});

test('what is written is taken as it is', () => {
  const result = read(
    TEAM_TAG.replace(
      '#   severity: low\n',
      `#   severity: high
#   wave: 2
#   requires: [sponsors]
#   sources: [tenant]
#   controls: { acme-policy: ["4.2"], nist-800-53: [AC-2] }
#   since: 1.2.3
#   aliases: [acme/old-name]
`,
    )
      .replace(
        '# custom:',
        `# related_resources:
#   - ref: https://acme.example/policy
#   - ref: https://acme.example/more
#     description: More about it
# custom:`,
      )
      .replace(
        /# description: .*\n/,
        '# description: |\n#   One line\n#   and another.\n#\n#   A new paragraph.\n',
      ),
  );
  expect(result.ok ? result.rule : brief(result.problems)).toMatchObject({
    description: 'One line and another.\n\nA new paragraph.',
    severity: 'high',
    wave: 2,
    requires: ['sponsors'],
    surfaces: ['tenant'],
    controls: [
      { framework: 'acme-policy', id: '4.2' },
      { framework: 'nist-800-53', id: 'AC-2' },
    ],
    references: [
      { title: 'https://acme.example/policy', url: 'https://acme.example/policy' },
      { title: 'More about it', url: 'https://acme.example/more' },
    ],
    since: '1.2.3',
    aliases: ['acme/old-name'],
  });
});

describe('mistakes are told at their line', () => {
  test.each([
    [
      'a slip in a key of custom',
      ['severity:', 'serverity:'],
      [
        '4:3-9 rules-metadata-missing-key: "custom" needs the key "severity". | Add "severity".',
        '5:5-14 rules-metadata-unknown-key: There is no key "serverity" here. | Did you mean "severity"?',
      ],
    ],
    [
      'a slip in a key that OPA passes over',
      ['# title:', '# titel:'],
      [
        '2:3-8 rules-metadata-unknown-key: There is no key "titel" here. | Did you mean "title"?',
        '1:1-11 rules-metadata-missing-key: METADATA needs the key "title". | Add "title".',
      ],
    ],
    [
      'a severity that is none',
      ['severity: low', 'severity: lwo'],
      [
        '5:15-18 rules-metadata-invalid-value: "severity" must be one of critical, high, medium, low, info. | schemas/rule-metadata.schema.json says what is.',
      ],
    ],
    [
      'a near miss in a value',
      ['severity: low', 'severity: hihg'],
      [
        '5:15-19 rules-metadata-invalid-value: "severity" must be one of critical, high, medium, low, info. | Did you mean "high"?',
      ],
    ],
    [
      'a kind that is none',
      ['[blueprint]', '[blueprint, bluprint]'],
      [
        expect.stringMatching(
          /^6:29-37 rules-metadata-invalid-value: Entry 2 of "applies_to" must be one of .* \| Did you mean "blueprint"\?$/,
        ),
      ],
    ],
    [
      'a value of another type',
      ['severity: low', 'severity: low\n#   requires: sponsors'],
      [
        '6:15-23 rules-metadata-invalid-value: "requires" must be a list. | schemas/rule-metadata.schema.json says what is.',
      ],
    ],
    [
      'too short a title',
      ['Team tag is missing', 'Te'],
      [
        '2:10-12 rules-metadata-invalid-value: "title" must have at least 3 characters. | schemas/rule-metadata.schema.json says what is.',
      ],
    ],
    [
      'an option without a description',
      ['#       description: Tags that name a team, exact or with a trailing star.\n', ''],
      ['10:7-11 rules-metadata-missing-key: "tags" needs the key "description". | Add "description".'],
    ],
    [
      'a slip in an option',
      ['items:', 'itmes:'],
      ['12:9-14 rules-metadata-unknown-key: There is no key "itmes" here. | Did you mean "items"?'],
    ],
    [
      'an option with a name that no rule could use',
      ['#     tags:', '#     Team-Tags:'],
      [
        '10:7-16 rules-metadata-invalid-value: "Team-Tags" cannot be a name here. | Names begin with a letter, in lower case for options, and hold letters and digits.',
      ],
    ],
    [
      'a default that does not fit',
      ['default: ["team:*"]', 'default: [1]'],
      [
        '14:18-21 rules-metadata-invalid-value: "options.tags.default" must fit the schema. | schemas/rule-metadata.schema.json says what is.',
      ],
    ],
    [
      'a source that is no web address',
      ['# custom:', '# related_resources:\n#   - ref: ftp://acme.example\n# custom:'],
      [
        '5:12-30 rules-metadata-invalid-value: "ref" must match ^https?://. | schemas/rule-metadata.schema.json says what is.',
      ],
    ],
    [
      'a placeholder that is not closed',
      ['{name}', '{name'],
      [
        expect.stringMatching(
          /^7:14-\d+ rules-metadata-invalid-value: "message" has a bracket that belongs to no \{argument\} and no \[…\] segment\./,
        ),
      ],
    ],
    [
      'a segment without a placeholder',
      ['[, such as {wanted}]', '[, such as this]'],
      [
        expect.stringMatching(
          /^7:14-\d+ rules-metadata-invalid-value: A \[…\] segment of "message" has no \{argument\}, so it would never be left out\./,
        ),
      ],
    ],
  ] as const)('%s', (_, [piece, replacement], expected) => {
    expect(changed(piece, replacement)).toEqual(expected);
  });

  test('several, all at once', () => {
    expect(
      changed('severity: low\n#   applies_to: [blueprint]', 'severity: 1\n#   applies_to: []'),
    ).toHaveLength(2);
  });

  test('a file without METADATA is told at its package', () => {
    const result = read('# A rule.\n\npackage agentid.ownership.team_tag\n');
    expect(result.ok ? [] : brief(result.problems)).toEqual([
      expect.stringMatching(
        /^rules\/ownership\/team_tag\.rego:3:1-8 rules-no-metadata: The rule has no METADATA\./,
      ),
    ]);
  });

  test('METADATA that only OPA can read are told at their first line', () => {
    const text = TEAM_TAG.replace('severity: low', 'severity: &a lwo');
    const result = read(text);
    expect(result.ok ? [] : brief(result.problems)).toEqual([
      expect.stringMatching(
        /^rules\/ownership\/team_tag\.rego:1:1-11 rules-metadata-invalid-value: "severity" must be /,
      ),
    ]);
  });

  test('lines after other comments and characters keep their places', () => {
    const text = `# é😀\r\n\r\n${TEAM_TAG.replace('severity: low', 'severity: lwo')}`;
    const result = read(text);
    expect(result.ok ? [] : brief(result.problems)).toEqual([
      expect.stringMatching(/^rules\/ownership\/team_tag\.rego:7:15-18 /),
    ]);
    const [problem] = result.ok ? [] : result.problems;
    const { start, end } = problem?.range ?? { start: { offset: 0 }, end: { offset: 0 } };
    expect(text.slice(start.offset, end.offset)).toBe('lwo');
  });
});
