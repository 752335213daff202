import { describe, expect, test } from 'vitest';
import { opaPattern, selectionOf } from '../../src/rules/test/selection.ts';
import type { RegoFile } from '../../src/sources/folder.ts';

const TEXT = `package agentid.ownership.team_tag_test

# test_in_a_comment
test_passes if true

test_fails if true

test_fails if true

todo_test_later if true

cases.test_inner if true
`;

const FILE: RegoFile = {
  path: 'ownership/team_tag_test.rego',
  uri: 'rules/ownership/team_tag_test.rego',
  text: TEXT,
  package: 'agentid.ownership.team_tag_test',
};
const WORLD = { own: new Map([[FILE.path, FILE]]) };
const TESTS = ['test_passes', 'test_fails', 'test_fails#01', 'todo_test_later', 'cases.test_inner'];

/** As OPA names them. */
function inOpa(name: string): string {
  return name.includes('#') ? `data.${FILE.package}["${name}"]` : `data.${FILE.package}.${name}`;
}

function wanted(pattern: string): readonly string[] {
  const { wantsTest } = selectionOf(new RegExp(pattern));
  return TESTS.filter((name) => wantsTest({ subject: 'ownership/team-tag', package: FILE.package, name }));
}

describe('--run', () => {
  test.each([
    ['ownership/team-tag', TESTS],
    ['^ownership/', TESTS],
    ['^agentid\\.ownership\\.', TESTS],
    ['^data\\.agentid\\.ownership\\.', TESTS],
    ['fails', ['test_fails', 'test_fails#01']],
    ['test_fails$', ['test_fails']],
    ['#01$', ['test_fails#01']],
    ['\\.cases\\.test_inner$', ['cases.test_inner']],
    ['todo_', ['todo_test_later']],
    ['test_(passes|inner)$', ['test_passes', 'cases.test_inner']],
    ['permissions/', []],
  ])('%s', (pattern, expected) => {
    expect(wanted(pattern)).toEqual(expected);
    // OPA may run more, and never less.
    const opa = opaPattern(WORLD, selectionOf(new RegExp(pattern)));
    const run = TESTS.filter((name) => opa !== null && new RegExp(opa).test(inOpa(name)));
    expect(run).toEqual(expect.arrayContaining([...expected]));
    if (expected.length === 0) expect(opa).toBeNull();
  });

  test('without a pattern everything is wanted', () => {
    const { wantsTest, wantsExample } = selectionOf(null);
    expect(wantsTest({ subject: 'a/b', package: 'agentid.a.b_test', name: 'test_x' })).toBe(true);
    expect(wantsExample({ id: 'a/b', name: 'No tags' })).toBe(true);
  });

  test('examples are found by their rule and by their name', () => {
    const { wantsExample } = selectionOf(/^a\/b$|no tags/i);
    expect(wantsExample({ id: 'a/b', name: 'x' })).toBe(true);
    expect(wantsExample({ id: 'a/c', name: 'No tags at all' })).toBe(true);
    expect(wantsExample({ id: 'a/c', name: 'x' })).toBe(false);
  });

  test('a pattern that finds nothing runs nothing', () => {
    expect(opaPattern({ own: new Map() }, selectionOf(null))).toBeNull();
  });
});
