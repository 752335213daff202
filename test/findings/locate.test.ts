import { describe, expect, test } from 'vitest';
import type { SourceDocument } from '../../src/documents/document.ts';
import { parseText } from '../../src/documents/parse.ts';
import type { Path } from '../../src/documents/pointer.ts';
import type { FileLocation } from '../../src/findings/finding.ts';
import { locate } from '../../src/findings/locate.ts';
import type { DocumentOrigin } from '../../src/model/resource.ts';

function documents(text: string, uri = 'agents/a.yaml'): readonly SourceDocument[] {
  const parsed = parseText({ uri, text, language: uri.endsWith('.json') ? 'json' : 'yaml' });
  expect(parsed.problems).toEqual([]);
  return parsed.documents;
}

function document(text: string, uri?: string): SourceDocument {
  const [only] = documents(text, uri);
  if (only === undefined) throw new Error('no document');
  return only;
}

function origin(parts: Partial<DocumentOrigin> = {}): DocumentOrigin {
  return {
    from: 'document',
    uri: 'agents/a.yaml',
    index: 0,
    path: [],
    shape: 'native-file',
    aliases: {},
    ...parts,
  };
}

/** `line:column-line:column` and the text that the range covers. */
function place({ range }: FileLocation, text: string): readonly [string, string] {
  if (range === null) return ['nowhere', ''];
  const { start, end } = range;
  return [`${start.line}:${start.column}-${end.line}:${end.column}`, text.slice(start.offset, end.offset)];
}

const YAML = `kind: agentIdentityBlueprint
displayName: invoice-bot
api:
  oauth2PermissionScopes:
    - value: read
      type: User
"a/b~c": x
tags: []
`;

describe('a path that exists is placed at its value', () => {
  test.each<readonly [Path, string, string, string]>([
    [['displayName'], '/displayName', '2:14-2:25', 'invoice-bot'],
    [['api', 'oauth2PermissionScopes', 0, 'type'], '/api/oauth2PermissionScopes/0/type', '6:13-6:17', 'User'],
    [['tags'], '/tags', '8:7-8:9', '[]'],
    [['a/b~c'], '/a~1b~0c', '7:10-7:11', 'x'],
  ])('%j', (path, pointer, range, text) => {
    const location = locate(document(YAML), origin(), path);
    expect(location).toMatchObject({ kind: 'file', uri: 'agents/a.yaml', pointer });
    expect(place(location, YAML)).toEqual([range, text]);
  });
});

describe('a path that does not exist is placed at its nearest parent', () => {
  test.each<readonly [string, Path, string, string, string]>([
    ['below a key', ['api', 'missing'], '/api/missing', '3:1-3:4', 'api'],
    ['two steps below a key', ['api', 'missing', 'too'], '/api/missing/too', '3:1-3:4', 'api'],
    ['after a list', ['tags', 0], '/tags/0', '8:1-8:5', 'tags'],
    ['below a text', ['displayName', 'first'], '/displayName/first', '2:1-2:12', 'displayName'],
    [
      'below a list item',
      ['api', 'oauth2PermissionScopes', 0, 'id'],
      '/api/oauth2PermissionScopes/0/id',
      '5:7-6:17',
      'value: read\n      type: User',
    ],
  ])('%s', (_, path, pointer, range, text) => {
    const location = locate(document(YAML), origin(), path);
    expect(location.pointer).toBe(pointer);
    expect(place(location, YAML)).toEqual([range, text]);
  });

  test('a missing property of the whole document is placed at all of it', () => {
    const location = locate(document(YAML), origin(), ['sponsors']);
    expect(location.pointer).toBe('/sponsors');
    expect(place(location, YAML)).toEqual(['1:1-8:9', YAML.trimEnd()]);
  });

  test('so is the resource itself', () => {
    const location = locate(document(YAML), origin(), []);
    expect(location.pointer).toBe('');
    expect(place(location, YAML)).toEqual(['1:1-8:9', YAML.trimEnd()]);
  });
});

describe('a resource inside a document', () => {
  const text = `{
  "value": [
    { "displayName": "one" },
    { "displayName": "two", "sponsors@odata.bind": ["https://graph.microsoft.com/v1.0/users/ada"] }
  ]
}
`;
  const member = origin({ path: ['value', 1], aliases: { sponsors: 'sponsors@odata.bind' } });

  test.each<readonly [string, Path, string, readonly [string, string]]>([
    ['has its paths in it', ['displayName'], '/value/1/displayName', ['4:22-4:27', '"two"']],
    [
      'is itself at its place',
      [],
      '/value/1',
      [
        '4:5-4:100',
        '{ "displayName": "two", "sponsors@odata.bind": ["https://graph.microsoft.com/v1.0/users/ada"] }',
      ],
    ],
    [
      'has a relationship under the name that the document uses',
      ['sponsors'],
      '/value/1/sponsors@odata.bind',
      ['4:52-4:98', '["https://graph.microsoft.com/v1.0/users/ada"]'],
    ],
    [
      'has a property of an address at the address',
      ['sponsors', 0, 'id'],
      '/value/1/sponsors@odata.bind/0/id',
      ['4:53-4:97', '"https://graph.microsoft.com/v1.0/users/ada"'],
    ],
  ])('%s', (_, path, pointer, expected) => {
    const location = locate(document(text, 'fleet.json'), member, path);
    expect(location).toMatchObject({ uri: 'fleet.json', pointer });
    expect(place(location, text)).toEqual(expected);
  });

  test('has other names only where they stand first, and none that every object inherits', () => {
    const fleet = document(text, 'fleet.json');
    expect(locate(fleet, member, ['api', 'sponsors']).pointer).toBe('/value/1/api/sponsors');
    expect(locate(fleet, member, ['constructor']).pointer).toBe('/value/1/constructor');
    expect(locate(fleet, member, [0]).pointer).toBe('/value/1/0');
  });
});

test('documents of one stream are placed by the lines of the file', () => {
  const text = 'kind: a\n---\nkind: b\nsponsors:\n  - ada\n';
  const [, second] = documents(text);
  expect(second).toBeDefined();
  if (second === undefined) return;
  const location = locate(second, origin({ index: 1 }), ['sponsors', 0]);
  expect(location.pointer).toBe('/sponsors/0');
  expect(place(location, text)).toEqual(['5:5-5:8', 'ada']);
  expect(location.snippet).toEqual([{ number: 5, text: '  - ada' }]);
});

describe('the snippet', () => {
  const text =
    'a: 1\nlist:\n  - one: 1\n    two: 2\n    three: 3\n  - one: 1\n    two: 2\n    three: 3\n    four: 4\n';

  test.each<readonly [string, Path, readonly number[]]>([
    ['is the line of a short value', ['a'], [1]],
    ['is all lines of a value of three', ['list', 0], [3, 4, 5]],
    ['is the first line of a longer one', ['list', 1], [6]],
  ])('%s', (_, path, lines) => {
    const all = text.split('\n');
    const { snippet } = locate(document(text), origin(), path);
    expect(snippet).toEqual(lines.map((number) => ({ number, text: all[number - 1] })));
  });

  test('has no line breaks and no secrets', () => {
    const secret = 'passwordCredentials:\r\n  - secretText: Zx9~not-a-real-secret\r\n    displayName: ci\r\n';
    const { snippet } = locate(document(secret), origin(), ['passwordCredentials', 0]);
    expect(snippet).toEqual([
      { number: 2, text: `  - secretText: ${'*'.repeat('Zx9~not-a-real-secret'.length)}` },
      { number: 3, text: '    displayName: ci' },
    ]);
  });
});

describe('a long line is cut around the place', () => {
  const inOneLine = (padding: string, after: string) =>
    `{"pad": "${padding}", "displayName": "bot", "rest": "${after}"}`;

  test('what is kept is all that a screen shows, and the columns can still be told', () => {
    const text = inOneLine('a'.repeat(5_000), 'b'.repeat(5_000));
    const { range, snippet } = locate(document(text, 'agents/a.json'), origin(), ['displayName']);
    const [shown] = snippet;
    const from = (range?.start.column ?? 0) - 1;
    expect(shown).toEqual({
      number: 1,
      text: text.slice(from - 500, from + 700),
      cut: { before: from - 500, after: true },
    });
  });

  test.each([
    ['at its start', '', 'b'.repeat(5_000), { before: 0, after: true }],
    ['at its end', 'a'.repeat(5_000), '', { before: 4_527, after: false }],
    ['not when it is short', 'a'.repeat(500), 'b'.repeat(500), undefined],
  ])('%s', (_what, padding, after, cut) => {
    const text = inOneLine(padding, after);
    const { snippet } = locate(document(text, 'agents/a.json'), origin(), ['displayName']);
    expect(snippet[0]?.cut).toEqual(cut);
  });

  test('and never within a character', () => {
    for (const padding of ['a', 'aa']) {
      const text = inOneLine(`${padding}${'😀'.repeat(2_000)}`, '😀'.repeat(2_000));
      const { snippet } = locate(document(text, 'agents/a.json'), origin(), ['displayName']);
      expect(snippet[0]?.text).not.toMatch(
        /[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/,
      );
    }
  });
});
