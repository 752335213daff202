import { appendFileSync, mkdirSync, renameSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { RuleWatch, type FileChange } from '../../src/sources/watch.ts';
import { temporaryFolder } from './temporary.ts';

const RULE = 'ownership/team_tag.rego';
const FILES = { [`rules/${RULE}`]: 'package agentid.ownership.team_tag\n' };

/** A watch over `rules` in a folder of its own. */
function watched(files: Parameters<typeof temporaryFolder>[0] = FILES) {
  const folder = temporaryFolder(files);
  const at = (...steps: readonly string[]) => join(folder, 'rules', ...steps);
  const watch = new RuleWatch([{ name: './rules', path: at() }]);
  onTestFinished(() => {
    watch.close();
  });
  return { watch, at, folder };
}

const told = (changes: readonly FileChange[] | null) => changes?.map(({ what, path }) => `${what} ${path}`);

test('tells of a file that is changed, created, renamed and deleted', async () => {
  const { watch, at } = watched();
  appendFileSync(at(RULE), '# more\n');
  expect(told(await watch.next())).toEqual([`changed ./rules/${RULE}`]);
  writeFileSync(at('ownership/team_tag_test.rego'), '');
  expect(told(await watch.next())).toEqual(['created ./rules/ownership/team_tag_test.rego']);
  renameSync(at('ownership/team_tag_test.rego'), at('ownership/tag_test.rego'));
  expect(told(await watch.next())).toEqual([
    'created ./rules/ownership/tag_test.rego',
    'deleted ./rules/ownership/team_tag_test.rego',
  ]);
  rmSync(at('ownership/tag_test.rego'));
  expect(told(await watch.next())).toEqual(['deleted ./rules/ownership/tag_test.rego']);
});

test('tells of a file each time that an editor puts another one in its place', async () => {
  const { watch, at } = watched();
  for (const text of ['a', 'b', 'c']) {
    writeFileSync(at('ownership/.new'), text);
    renameSync(at('ownership/.new'), at(RULE));
    expect(told(await watch.next())).toEqual([`changed ./rules/${RULE}`]);
  }
});

test('tells of files in folders that come later', async () => {
  const { watch, at } = watched();
  mkdirSync(at('billing'));
  writeFileSync(at('billing/a.rego'), '');
  expect(told(await watch.next())).toEqual(['created ./rules/billing/a.rego']);
  appendFileSync(at('billing/a.rego'), '#');
  expect(told(await watch.next())).toEqual(['changed ./rules/billing/a.rego']);
});

test('tells what has changed while nobody asked, all at once', async () => {
  const { watch, at } = watched();
  appendFileSync(at(RULE), '#');
  mkdirSync(at('data'));
  writeFileSync(at('data/teams.json'), '{}');
  writeFileSync(at('ownership/team_tag.examples.yaml'), '');
  expect(told(await watch.next())).toEqual([
    'created ./rules/data/teams.json',
    'created ./rules/ownership/team_tag.examples.yaml',
    `changed ./rules/${RULE}`,
  ]);
});

test('goes on when the folder is gone and comes back', async () => {
  const { watch, at, folder } = watched();
  renameSync(at(), join(folder, 'away'));
  expect(told(await watch.next())).toEqual([`deleted ./rules/${RULE}`]);
  renameSync(join(folder, 'away'), at());
  expect(told(await watch.next())).toEqual([`created ./rules/${RULE}`]);
  appendFileSync(at(RULE), '#');
  expect(told(await watch.next())).toEqual([`changed ./rules/${RULE}`]);
});

test('passes over what is no part of the rules', async () => {
  const { watch, at } = watched();
  const next = watch.next();
  mkdirSync(at('node_modules'));
  for (const name of ['README.md', '.team_tag.rego.swp', 'ownership/team_tag.rego~', 'node_modules/a.rego'])
    writeFileSync(at(name), '');
  writeFileSync(at('ownership/last.rego'), '');
  expect(told(await next)).toEqual(['created ./rules/ownership/last.rego']);
});

test('sees a change of the file that a link leads to, and no folder behind one', async () => {
  const { watch, at, folder } = watched({ ...FILES, 'shared.rego': '' });
  symlinkSync(join(folder, 'shared.rego'), at('ownership/shared.rego'));
  symlinkSync(folder, at('around'));
  expect(told(await watch.next())).toEqual(['created ./rules/ownership/shared.rego']);
  appendFileSync(at('ownership/shared.rego'), '#');
  expect(told(await watch.next())).toEqual(['changed ./rules/ownership/shared.rego']);
});

test('ends with null, also when it is waiting', async () => {
  const { watch } = watched();
  const next = watch.next();
  watch.close();
  expect(await next).toBeNull();
  expect(await watch.next()).toBeNull();
});
