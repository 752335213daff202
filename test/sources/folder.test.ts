import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { readRuleFolder } from '../../src/sources/folder.ts';
import { brief, TEAM_TAG, WHOLE } from '../support/own-rules.ts';
import { temporaryFolder, type Files } from './temporary.ts';

const RULE = 'package agentid.acme.notes\n';

function read(files: Files, path = '.') {
  const cwd = temporaryFolder(files);
  return readRuleFolder(path, { cwd });
}

/** Code and place of every problem. */
function problems(files: Files): readonly string[] {
  const result = read(files);
  return result.ok ? [] : brief(result.problems).map((line) => line.replace(/ \| .*$/s, ''));
}

test('a folder is laid out by what its files are for', () => {
  const result = read(
    {
      ...Object.fromEntries(Object.entries(WHOLE).map(([path, text]) => [`rules/${path}`, text])),
      'rules/acme/notes.rego': RULE,
      'rules/lib/acme.rego': 'package agentid.lib.acme\n',
      'rules/lib/acme_test.rego': 'package agentid.lib.acme_test\n',
      'rules/data/cost-centers.json': '{ "a": [1, 2] }',
      'rules/README.md': 'Our rules.',
      'rules/.regal/config.yaml': 'rules: {}',
      'rules/main.rego': 'package agentid.main\n',
      'rules/.git/x.rego': 'package nothing\n',
    },
    'rules',
  );
  if (!result.ok) throw new Error(brief(result.problems).join('\n'));
  const { folder } = result;
  expect(folder.uri).toBe('rules');
  expect(folder.rules.map(({ id, package: path, uri }) => [id, path, uri])).toEqual([
    ['acme/notes', 'agentid.acme.notes', 'rules/acme/notes.rego'],
    ['ownership/team-tag', 'agentid.ownership.team_tag', 'rules/ownership/team_tag.rego'],
  ]);
  expect(folder.rules[1]?.text).toBe(TEAM_TAG);
  expect(folder.libs.map(({ path, package: name }) => [path, name])).toEqual([
    ['lib/acme.rego', 'agentid.lib.acme'],
  ]);
  expect(folder.tests.map(({ path }) => path)).toEqual([
    'lib/acme_test.rego',
    'ownership/team_tag_test.rego',
  ]);
  expect(folder.examples.map(({ id, path }) => [id, path])).toEqual([
    ['ownership/team-tag', 'ownership/team_tag.examples.yaml'],
  ]);
  expect(folder.tables).toEqual([
    {
      path: 'data/cost-centers.json',
      uri: 'rules/data/cost-centers.json',
      name: 'cost_centers',
      json: '{"a":[1,2]}',
    },
  ]);
});

test('the folder of the built-in rules is one', () => {
  const result = readRuleFolder('policies', { cwd: process.cwd() });
  if (!result.ok) throw new Error(brief(result.problems).join('\n'));
  expect(result.folder.rules.length).toBeGreaterThanOrEqual(39);
  expect(result.folder.tables.map(({ name }) => name)).toContain('graph_permissions');
});

describe('a folder that yields no rule says what is in it', () => {
  test.each([
    ['nothing', { 'x/': '' }, 'it is empty'],
    ['other files', { 'a.txt': '', 'b/c.md': '' }, 'it holds a.txt, b/c.md'],
    ['many files', { a: '', b: '', c: '', d: '', e: '' }, 'it holds a, b, c and 2 more'],
    ['helpers only', { 'lib/x.rego': 'package agentid.lib.x\n' }, 'it holds lib/x.rego'],
    [
      'tests only',
      { 'acme/notes_test.rego': 'package agentid.acme.notes_test\n' },
      'it holds acme/notes_test.rego',
    ],
  ] as const)('%s', (_, files, words) => {
    expect(problems(files)).toEqual([` rules-none: The folder . yields no rule: ${words}.`]);
  });
});

test('a folder that is not there is a problem, and so is a file', () => {
  const cwd = temporaryFolder({ 'a.rego': RULE });
  for (const path of ['nope', 'a.rego']) {
    const result = readRuleFolder(path, { cwd });
    expect(result.ok ? [] : brief(result.problems)).toEqual([
      ` source-not-found: There is no folder "${path}". | Name the folder that the domains of the rules are in.`,
    ]);
  }
});

describe('names and places', () => {
  test.each([
    ['a rule in no domain', 'notes.rego', 'rules-misplaced-file: The file stands in no domain.'],
    [
      'one with the name of the entrypoints',
      'main.rego',
      'rules-misplaced-file: The file stands in no domain.',
    ],
    [
      'a rule too deep',
      'acme/sub/notes.rego',
      'rules-misplaced-file: The file stands 2 folders deep; the rules of a domain stand in its folder itself.',
    ],
    [
      'a reserved domain',
      'main/notes.rego',
      'rules-reserved-domain: "main" is not a domain: the name is reserved.',
    ],
    [
      'Rego among tables',
      'data/notes.rego',
      'rules-reserved-domain: "data" is not a domain: the name is reserved.',
    ],
    [
      'a domain of two words',
      'data_protection/notes.rego',
      'rules-invalid-name: The domain "data_protection" must be one word in lower case, such as ownership.',
    ],
    [
      'capitals',
      'acme/NoNotes.rego',
      'rules-invalid-name: The name "NoNotes.rego" must be lower snake case, such as team_tag.rego.',
    ],
    [
      'a hyphen',
      'acme/no-notes.rego',
      'rules-invalid-name: The name "no-notes.rego" must be lower snake case, such as team_tag.rego.',
    ],
    [
      'two underscores',
      'acme/no__notes.rego',
      'rules-invalid-name: The name "no__notes.rego" must be lower snake case, such as team_tag.rego.',
    ],
    [
      'an ending in capitals',
      'acme/notes.REGO',
      'rules-invalid-name: The name "notes.REGO" must be lower snake case, such as team_tag.rego.',
    ],
    [
      'examples by another ending',
      'acme/notes.examples.yml',
      `rules-invalid-name: The name "notes.examples.yml" must be the rule's with .examples.yaml: notes.examples.yaml.`,
    ],
    [
      'a table with capitals',
      'data/Costs.json',
      'rules-invalid-name: The table "Costs.json" must be lower case with "-" or "_", such as cost-centers.json.',
    ],
    [
      'a table with a reserved name',
      'data/options.json',
      'rules-invalid-name: The table "options.json" must be none of the reserved ones.',
    ],
  ])('%s', (_, path, words) => {
    expect(problems({ 'acme/x.rego': 'package agentid.acme.x\n', [path]: RULE })).toEqual([
      `${path} ${words}`,
    ]);
  });
});

describe('packages', () => {
  test('one that the path does not say is told where it stands', () => {
    expect(problems({ 'acme/notes.rego': '# A rule.\npackage agentid.acme.note # x\n' })).toEqual([
      'acme/notes.rego:2:9-26 rules-wrong-package: The package of acme/notes.rego is agentid.acme.notes, not agentid.acme.note.',
    ]);
  });

  test('the same in two files is told at the one that it does not belong to', () => {
    expect(problems({ 'acme/notes.rego': RULE, 'acme/other.rego': RULE })).toEqual([
      'acme/other.rego:1:9-27 rules-duplicate-package: The package agentid.acme.notes is that of acme/notes.rego.',
    ]);
  });

  test('tests and helpers are held to theirs', () => {
    expect(
      problems({
        'acme/notes.rego': RULE,
        'acme/notes_test.rego': 'package agentid.acme.test\n',
        'lib/x.rego': 'package agentid.x\n',
      }),
    ).toEqual([
      'lib/x.rego:1:9-18 rules-wrong-package: The package of lib/x.rego is agentid.lib.x, not agentid.x.',
      'acme/notes_test.rego:1:9-26 rules-wrong-package: The package of acme/notes_test.rego is agentid.acme.notes_test, not agentid.acme.test.',
    ]);
  });
});

describe('tables', () => {
  test('one that is no JSON is told at its place', () => {
    expect(problems({ 'acme/notes.rego': RULE, 'data/x.json': '{ "a": 1, }' })).toEqual([
      expect.stringMatching(/^data\/x\.json:1:\d+-\d+ json-trailing-comma: /),
    ]);
  });

  test('a key twice, which every reader would take in another way', () => {
    expect(problems({ 'acme/notes.rego': RULE, 'data/x.json': '{ "a": 1, "a": 2 }' })).toEqual([
      expect.stringMatching(/^data\/x\.json:1:11-14 duplicate-key: /),
    ]);
  });

  test('two files of one name', () => {
    expect(problems({ 'acme/notes.rego': RULE, 'data/a-b.json': '{}', 'data/a_b.json': '{}' })).toEqual([
      'data/a_b.json rules-name-taken: The table a_b is also in a-b.json.',
    ]);
  });
});

describe('what is no file of the folder', () => {
  test('a link out of the folder is not followed', () => {
    expect(problems({ 'acme/notes.rego': RULE, 'acme/more.rego': { linkTo: '/etc/hostname' } })).toEqual([
      'acme/more.rego rules-link: The link leads out of the folder of rules and is not followed.',
    ]);
  });

  test('a link to a folder is not followed, in the folder or out of it', () => {
    expect(problems({ 'acme/notes.rego': RULE, other: { linkTo: 'acme' }, out: { linkTo: '/etc' } })).toEqual(
      [
        'other rules-link: The link leads to a folder, and such links are not followed.',
        'out rules-link: The link leads out of the folder of rules and is not followed.',
      ],
    );
  });

  test('links in circles and to nothing are told, those of other files are not', () => {
    expect(
      problems({
        'acme/notes.rego': RULE,
        'acme/loop.rego': { linkTo: 'loop.rego' },
        'acme/gone.rego': { linkTo: 'nothing' },
        'README.md': { linkTo: '../README.md' },
      }),
    ).toEqual([
      'acme/gone.rego rules-link: The link leads to nothing that can be read (ENOENT).',
      'acme/loop.rego rules-link: The link leads to nothing that can be read (ELOOP).',
    ]);
  });

  test('a link to a file of the folder is that file', () => {
    const result = read({ 'acme/notes.rego': { linkTo: '../text.txt' }, 'text.txt': RULE });
    expect(result.ok ? result.folder.rules.map(({ text }) => text) : brief(result.problems)).toEqual([RULE]);
  });

  test.skipIf(process.platform === 'win32')('F01 a FIFO named like a rule is refused without waiting', () => {
    const cwd = temporaryFolder({ 'acme/notes.rego': RULE });
    execFileSync('mkfifo', [join(cwd, 'acme', 'pipe.rego')]);
    const result = readRuleFolder('.', { cwd });
    expect(result.ok ? [] : brief(result.problems)).toEqual([
      'acme/pipe.rego not-a-regular-file: This is not a regular file (fifo). | Remove it, or exclude it.',
    ]);
  });

  test('a rule in another encoding is told', () => {
    expect(problems({ 'acme/notes.rego': Buffer.from(RULE, 'utf16le') })).toEqual([
      'acme/notes.rego wrong-encoding: The file is UTF-16; save it as UTF-8.',
    ]);
  });

  test('F11 a huge rule is refused by its size', () => {
    expect(problems({ 'acme/notes.rego': `${RULE}#${'x'.repeat(1024 * 1024)}` })).toEqual([
      'acme/notes.rego file-too-large: The file is 1.0 MiB, the limit is 1.0 MiB.',
    ]);
  });

  test('F13 more files than any folder of rules has', () => {
    const files = Object.fromEntries(
      Array.from({ length: 2001 }, (_, index) => [`acme/r${index}.rego`, `package agentid.acme.r${index}\n`]),
    );
    expect(problems(files)).toEqual([
      '. rules-too-many-files: The folder holds too many files to be a folder of rules.',
    ]);
  });
});

test('everything is told at once', () => {
  expect(
    problems({ 'notes.rego': RULE, 'acme/notes.rego': 'package x\n', 'data/x.json': '{', 'main/a.rego': '' }),
  ).toHaveLength(4);
});
