import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { freeName, problemOfTitle, usualTitle, writeRule, type RuleDraft } from '../../src/rules/new.ts';
import { SNAKE_CASE } from '../../src/sources/layout.ts';
import { temporaryFolder } from '../sources/temporary.ts';

const DRAFT: RuleDraft = {
  domain: 'ownership',
  name: 'team_tag',
  title: 'Blueprint has no team tag',
  severity: 'low',
  kinds: ['blueprint'],
};
const FILES = ['team_tag.examples.yaml', 'team_tag.rego', 'team_tag_test.rego'];

function place(cwd: string) {
  return { cwd, folder: join(cwd, 'rules'), ids: new Set(['accountability/no-owner', 'old/name']) };
}

describe('an id', () => {
  const name = (id: string) => freeName(id, place(temporaryFolder()));
  const problem = (id: string) => {
    const read = name(id);
    return read.ok ? read.name : [read.problem.code, read.problem.message, read.problem.hint];
  };

  test.each([
    ['ownership/team-tag', { domain: 'ownership', name: 'team_tag' }],
    ['a365/x', { domain: 'a365', name: 'x' }],
    ['accountability/other', { domain: 'accountability', name: 'other' }],
    ['not/in-use', { domain: 'not', name: 'in_use' }],
    ['own/testing', { domain: 'own', name: 'testing' }],
  ])('%s is one', (id, read) => {
    expect(name(id)).toEqual({ ok: true, name: read });
    expect(read.name).toMatch(SNAKE_CASE);
  });

  const USUAL = 'An id is <domain>/<rule-name> in lower case, such as ownership/team-tag.';

  test.each([
    ['', USUAL],
    ['ownership', USUAL],
    ['ownership/', USUAL],
    ['/team-tag', USUAL],
    ['a/b/c', USUAL],
    ['../rules/x', USUAL],
    ['ownership/-x', USUAL],
    [`ownership/${'x'.repeat(100)}`, USUAL],
    ['ownership/team_tag', 'Did you mean "ownership/team-tag"?'],
    ['Ownership/Team Tag', 'Did you mean "ownership/team-tag"?'],
    ['team-ownership/tag', 'Did you mean "teamownership/tag"?'],
    ['ownership/team_tag.rego', 'Did you mean "ownership/team-tag"?'],
    ['ownership/x\u001b[2J', USUAL],
  ])('%j is none', (id, hint) => {
    const read = problem(id);
    expect(read).toEqual(['rules-invalid-name', expect.stringMatching(/^".*" is no id of a rule\.$/), hint]);
  });

  test.each(['lib', 'main', 'data', 'bundle', 'tables', 'options', 'known', 'run'])(
    'cannot begin with %s, which is reserved',
    (domain) => {
      expect(problem(`${domain}/x`)).toEqual([
        'rules-reserved-domain',
        `"${domain}" is a reserved name.`,
        expect.any(String),
      ]);
    },
  );

  test.each(['default', 'import', 'not', 'true'])('cannot end with %s, a word of Rego', (word) => {
    expect(problem(`own/${word}`)).toEqual([
      'rules-invalid-name',
      `A rule cannot be called "${word}": the word has a meaning in Rego.`,
      USUAL,
    ]);
  });

  test.each(['own/test', 'own/tag-test'])('cannot be %s, whose file would be a unit test', (id) => {
    expect(problem(id)).toEqual([
      'rules-invalid-name',
      'The name of a rule cannot end with "test": its file would be taken for a unit test.',
      USUAL,
    ]);
  });

  test.each(['accountability/no-owner', 'old/name'])('%s is taken by a built-in rule', (id) => {
    expect(problem(id)).toEqual([
      'rules-name-taken',
      `${id} is the id of a built-in rule.`,
      'Choose another name. Nothing was written.',
    ]);
  });

  test.each(FILES)('is taken when there is a %s', (file) => {
    const cwd = temporaryFolder({ [`rules/ownership/${file}`]: '' });
    expect(freeName('ownership/team-tag', place(cwd))).toMatchObject({
      ok: false,
      problem: {
        code: 'rules-name-taken',
        uri: `rules/ownership/${file}`,
        message: 'The file exists already.',
      },
    });
  });

  test('is taken when there is a link that leads nowhere', () => {
    const cwd = temporaryFolder({ 'rules/ownership/team_tag.rego': { linkTo: 'nothing' } });
    expect(freeName('ownership/team-tag', place(cwd)).ok).toBe(false);
  });
});

test.each([
  ['Blueprint has no team tag', null],
  ['ab', 'must have 3 to 120 characters'],
  ['x'.repeat(121), 'must have 3 to 120 characters'],
  ['two\nlines', 'must be one line'],
  ['left\u202eright', 'must not contain control characters'],
])('the title %j', (title, problem) => {
  expect(problemOfTitle(title)).toBe(problem);
});

test('a rule has a title before anybody has thought of one', () => {
  expect(usualTitle({ domain: 'x', name: 'team_tag' })).toBe('Team tag is wrong');
  expect(problemOfTitle(usualTitle({ domain: 'x', name: 'y' }))).toBeNull();
});

describe('writing a rule', () => {
  test('makes its three files and the folders that they are in', () => {
    const cwd = temporaryFolder();
    expect(writeRule(DRAFT, place(cwd))).toEqual([
      'rules/ownership/team_tag.rego',
      'rules/ownership/team_tag_test.rego',
      'rules/ownership/team_tag.examples.yaml',
    ]);
    expect(readdirSync(join(cwd, 'rules', 'ownership'))).toEqual(FILES);
  });

  test.each([
    ['Blueprint has no team tag', '# title: Blueprint has no team tag'],
    ["It's odd: #1", `# title: "It's odd: #1"`],
    ['say "no"', String.raw`# title: "say \"no\""`],
    ['true', '# title: "true"'],
    ['- item', '# title: "- item"'],
    ['Ünïcode', '# title: "Ünïcode"'],
  ])('with the title %j keeps METADATA valid', (title, line) => {
    const cwd = temporaryFolder();
    writeRule({ ...DRAFT, title }, place(cwd));
    expect(readFileSync(join(cwd, 'rules', 'ownership', 'team_tag.rego'), 'utf8').split('\n')[1]).toBe(line);
  });

  test('leaves nothing behind when it cannot be done', () => {
    const cwd = temporaryFolder({ 'rules/other/x.rego': '' });
    // A folder cannot be replaced by a file; freeName would have said so.
    mkdirSync(join(cwd, 'rules', 'ownership', 'team_tag_test.rego', 'x'), { recursive: true });
    expect(() => writeRule(DRAFT, place(cwd))).toThrow(/EISDIR|ENOTEMPTY|EEXIST/);
    expect(readdirSync(join(cwd, 'rules', 'ownership'))).toEqual(['team_tag_test.rego']);
    rmSync(join(cwd, 'rules', 'ownership'), { recursive: true });
    writeFileSync(join(cwd, 'rules', 'ownership'), 'a file');
    expect(() => writeRule(DRAFT, place(cwd))).toThrow(/EEXIST|ENOTDIR/);
    expect(readdirSync(join(cwd, 'rules'))).toEqual(['other', 'ownership']);
  });
});
