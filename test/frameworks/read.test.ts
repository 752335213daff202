import { describe, expect, test } from 'vitest';
import { readFramework } from '../../src/frameworks/read.ts';

const RULES = [
  { id: 'credentials/client-secret', aliases: ['secrets/present'] },
  { id: 'permissions/agent-factory', aliases: [] },
  { id: 'permissions/unknown-id', aliases: [] },
];

const WHOLE = `version: 1
id: acme
title: Acme baseline
url: https://acme.example/baseline
controls:
  - id: '1.1'
    title: No secrets
    url: https://acme.example/baseline#1.1
    rules:
      - rule: credentials/client-secret
        source: https://acme.example/baseline#1.1
  - id: '2'
    title: Little power
    rules:
      - rule: permissions/*
        source: chapter 2
      - rule: permissions/agent-factory
        source: chapter 2, second paragraph
  - id: '3'
    title: Training
    rules: []
`;

function problemsOf(text: string, name = 'acme.yaml'): readonly string[] {
  const read = readFramework(name, text, RULES);
  if (read.ok) return [];
  return read.problems.map(({ code, uri, range, message, hint }) => {
    const place = range === null ? '' : `:${range.start.line}:${range.start.column}`;
    return `${uri ?? ''}${place}: ${code}: ${message} ${hint ?? ''}`;
  });
}

test('a whole file, with patterns in place of what they stand for', () => {
  expect(readFramework('acme.yaml', WHOLE, RULES)).toEqual({
    ok: true,
    framework: {
      id: 'acme',
      title: 'Acme baseline',
      url: 'https://acme.example/baseline',
      controls: [
        {
          id: '1.1',
          title: 'No secrets',
          url: 'https://acme.example/baseline#1.1',
          rules: [{ rule: 'credentials/client-secret', source: 'https://acme.example/baseline#1.1' }],
        },
        {
          id: '2',
          title: 'Little power',
          url: null,
          rules: [
            { rule: 'permissions/agent-factory', source: 'chapter 2, second paragraph' },
            { rule: 'permissions/unknown-id', source: 'chapter 2' },
          ],
        },
        { id: '3', title: 'Training', url: null, rules: [] },
      ],
    },
  });
});

test('the same in JSON, and a rule by its old name', () => {
  const controls = [{ id: '1', title: 'x', rules: [{ rule: 'secrets/present', source: 'y' }] }];
  const read = readFramework(
    'a.json',
    JSON.stringify({ version: 1, id: 'acme', title: 'x', controls }),
    RULES,
  );
  expect(read).toMatchObject({
    ok: true,
    framework: { controls: [{ rules: [{ rule: 'credentials/client-secret', source: 'y' }] }] },
  });
});

describe('mistakes', () => {
  test.each<[string, string, readonly string[]]>([
    [
      'an unknown key',
      WHOLE.replace('title: Training', 'title: Training\n    rule: []'),
      ['acme.yaml:21:5: framework-unknown-key: There is no key "rule" here. Did you mean "rules"?'],
    ],
    [
      'a key that is missing',
      WHOLE.replace('        source: chapter 2\n', ''),
      [
        'acme.yaml:15:9: framework-missing-key: Item 1 of "rules" needs the key "source". Say where it is written that the rule is about the control: an address, or a sentence.',
      ],
    ],
    [
      'another version',
      WHOLE.replace('version: 1', 'version: 2'),
      [
        'acme.yaml:1:10: framework-invalid-value: "version" must be 1. A newer file needs a newer agentid-lint.',
      ],
    ],
    [
      'a number for an id',
      WHOLE.replace("id: '2'", 'id: 2'),
      ['acme.yaml:12:9: framework-invalid-value: "id" must be text. Put it in quotes.'],
    ],
    [
      'a link that is no web address',
      WHOLE.replace('url: https://acme.example/baseline\n', 'url: javascript:alert(1)\n'),
      [
        'acme.yaml:4:6: framework-invalid-value: "url" must be an address that begins with https:// or http://. docs/frameworks.md has an example.',
      ],
    ],
    [
      'a source that says nothing',
      WHOLE.replace('source: chapter 2\n', 'source: " "\n'),
      [
        'acme.yaml:16:17: framework-invalid-value: "source" must not be blank. docs/frameworks.md has an example.',
      ],
    ],
    [
      'no control',
      'version: 1\nid: acme\ntitle: x\ncontrols: []\n',
      [
        'acme.yaml:4:11: framework-invalid-value: "controls" must have at least 1 item. docs/frameworks.md has an example.',
      ],
    ],
    [
      'the same control twice',
      WHOLE.replace("id: '3'", "id: '2'"),
      [
        'acme.yaml:19:9: framework-duplicate-control: There are two controls "2". Put the rules of both under one of them.',
      ],
    ],
    [
      'the same rule twice',
      WHOLE.replace('permissions/*', 'permissions/agent-factory'),
      [
        'acme.yaml:17:15: framework-duplicate-rule: The control has the rule "permissions/agent-factory" twice. Keep one of the two.',
      ],
    ],
    [
      'an unknown rule',
      WHOLE.replace('permissions/agent-factory', 'permissions/agent-factroy'),
      [
        'acme.yaml:17:15: framework-unknown-rule: There is no rule "permissions/agent-factroy". Did you mean "permissions/agent-factory"?',
      ],
    ],
    [
      'a pattern that no rule fits',
      WHOLE.replace('permissions/*', 'permission/*'),
      ['acme.yaml:15:15: framework-unknown-rule: No rule fits "permission/*". Did you mean "permissions/*"?'],
    ],
    [
      'a name that is taken',
      WHOLE.replace('id: acme', 'id: owasp-nhi'),
      [
        'acme.yaml:2:5: framework-name-taken: "owasp-nhi" is a framework that comes along. Give yours another id: nobody should take the one for the other.',
      ],
    ],
    [
      'several documents',
      `${WHOLE}---\n${WHOLE}`,
      ['acme.yaml: framework-several-documents: A framework is one document. Remove the line "---".'],
    ],
    [
      'the same key twice',
      WHOLE.replace('title: Training', 'title: Training\n    title: Courses'),
      ['acme.yaml:21:5: duplicate-key: The key "title" stands here a second time. Keep one of the two.'],
    ],
  ])('%s', (_name, text, problems) => {
    expect(problemsOf(text)).toEqual(problems);
  });

  test('several are told in the order of the file', () => {
    const text = WHOLE.replace('permissions/agent-factory', 'x').replace('id: acme', 'id: cis-m365');
    expect(problemsOf(text).map((line) => line.split(': ').slice(0, 2).join(' '))).toEqual([
      'acme.yaml:2:5 framework-name-taken',
      'acme.yaml:17:15 framework-unknown-rule',
    ]);
  });
});
