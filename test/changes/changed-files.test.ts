import { existsSync, readFileSync, renameSync, symlinkSync, utimesSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { changedFiles } from '../../src/changes/changed-files.ts';
import type { GitError } from '../../src/changes/git-error.ts';
import { temporaryFolder, testRepository } from './repository.ts';

/** As `git status --short` says it: `M agents/a.yaml`. */
async function changes(...args: Parameters<typeof changedFiles>): Promise<string[]> {
  return (await changedFiles(...args)).map(({ status, path }) => `${status} ${path}`);
}

test('what differs from a commit is everything that is staged, is not, or that git does not know yet', async () => {
  const { git, place, write, remove, commit } = testRepository();
  for (const name of ['same', 'staged', 'changed', 'removed', 'forgotten'])
    write(`agents/${name}.yaml`, name);
  write('.gitignore', '*.log\n');
  const since = commit();
  write('agents/staged.yaml', 'other');
  write('agents/new.yaml', 'new');
  git('add', '--all');
  write('agents/changed.yaml', 'other');
  write('agents/unknown.yaml', 'unknown');
  write('agents/run.log', 'ignored');
  remove('agents/removed.yaml');
  git('rm', '--quiet', '--cached', 'agents/forgotten.yaml');
  const expected = [
    'M agents/changed.yaml',
    'M agents/forgotten.yaml',
    'A agents/new.yaml',
    'D agents/removed.yaml',
    'M agents/staged.yaml',
    'A agents/unknown.yaml',
  ];
  expect(await changes({ since }, place)).toEqual(expected);
  expect(await changes({ since }, { ...place, cwd: join(place.cwd, 'agents') })).toEqual(expected);
  expect(await changes({ since, ignored: true }, place)).toEqual([
    ...expected.slice(0, 4),
    'A agents/run.log',
    ...expected.slice(4),
  ]);
});

test('nothing differs in a clean tree, also when a file was only touched', async () => {
  const { folder, git, place, write, commit } = testRepository();
  write('a.yaml', 'a');
  const since = commit();
  utimesSync(join(folder, 'a.yaml'), 1, 1);
  git('config', 'diff.autoRefreshIndex', 'false');
  expect(await changes({ since }, place)).toEqual([]);
});

test('before the first commit everything is new', async () => {
  const { git, place, write } = testRepository();
  write('staged.yaml', 'a');
  git('add', '--all');
  write('unknown.yaml', 'b');
  expect(await changes({ since: null }, place)).toEqual(['A staged.yaml', 'A unknown.yaml']);
});

test('what is staged counts, also when the disk was put back', async () => {
  const { git, place, write, commit } = testRepository();
  write('a.yaml', 'a');
  const since = commit();
  write('a.yaml', 'other');
  write('b.yaml', 'b');
  git('add', '--all');
  write('a.yaml', 'a');
  write('b.yaml', 'b, and more');
  expect(await changes({ since }, place)).toEqual(['M a.yaml', 'A b.yaml']);
});

test('a file that is not merged yet has changed', async () => {
  const { git, place, write, commit } = testRepository();
  write('a.yaml', 'a');
  commit();
  git('checkout', '--quiet', '-b', 'other');
  write('a.yaml', 'theirs');
  commit();
  git('checkout', '--quiet', 'main');
  write('a.yaml', 'ours');
  const since = commit();
  expect(() => git('merge', '--quiet', 'other')).toThrow();
  expect(await changes({ since }, place)).toEqual(['M a.yaml']);
});

test('between two commits the disk does not count', async () => {
  const { place, write, remove, commit } = testRepository();
  write('a.yaml', 'a');
  write('b.yaml', 'b');
  const since = commit();
  write('a.yaml', 'other');
  remove('b.yaml');
  write('c.yaml', 'c');
  const to = commit();
  write('d.yaml', 'd');
  write('a.yaml', 'a');
  expect(await changes({ since, to }, place)).toEqual(['M a.yaml', 'D b.yaml', 'A c.yaml']);
});

test('a file that was renamed counts under both names, whatever the configuration says', async () => {
  const { folder, git, place, write, commit } = testRepository();
  write('old.yaml', 'the same text\n');
  const since = commit();
  renameSync(join(folder, 'old.yaml'), join(folder, 'new.yaml'));
  git('config', 'diff.renames', 'copies');
  git('add', '--all');
  expect(await changes({ since }, place)).toEqual(['A new.yaml', 'D old.yaml']);
});

test('a file that became a link is told', async () => {
  const { folder, place, write, remove, commit } = testRepository();
  write('a.yaml', 'a');
  const since = commit();
  remove('a.yaml');
  symlinkSync('b.yaml', join(folder, 'a.yaml'));
  expect(await changes({ since }, place)).toEqual(['T a.yaml']);
});

test('names are taken as they are', async () => {
  const { place, write, commit } = testRepository();
  write('first', '');
  const since = commit();
  const names = [
    '-x.yaml',
    'a\nb.yaml',
    'ä "quoted".yaml',
    ' spaces .yaml',
    ':(top)a.yaml',
    '\u001b[31m.yaml',
  ];
  for (const name of names) write(name, 'x');
  expect((await changedFiles({ since }, place)).map(({ path }) => path).sort()).toEqual(names.sort());
});

test('names outside of git, in folders below, are from the top', async () => {
  const { git, place, write, commit } = testRepository();
  write('teams/red/a.yaml', 'a');
  const since = commit();
  write('teams/blue/b.yaml', 'b');
  write('teams/red/a.yaml', 'other');
  git('config', 'diff.relative', 'true');
  expect(await changes({ since }, { ...place, cwd: join(place.cwd, 'teams/red') })).toEqual([
    'A teams/blue/b.yaml',
    'M teams/red/a.yaml',
  ]);
});

test('a submodule that moved on counts with all its files, and so does a repository that git does not know', async () => {
  const inner = testRepository();
  inner.write('agents/a.yaml', 'a');
  inner.commit();
  const { folder, git, place, write, commit } = testRepository();
  git('submodule', '--quiet', 'add', `file://${inner.folder}`, 'shared');
  const since = commit();
  expect(await changes({ since }, place)).toEqual([]);
  inner.write('agents/b.yaml', 'b');
  inner.commit();
  git('-C', 'shared', 'pull', '--quiet');
  git('init', '--quiet', 'nested');
  write('nested/c.yaml', 'c');
  git('-C', 'nested', 'add', '--all');
  git('-C', 'nested', '-c', 'user.name=n', '-c', 'user.email=e', 'commit', '--quiet', '-m', 'c');
  expect(existsSync(join(folder, 'nested/.git'))).toBe(true);
  expect(await changes({ since }, place)).toEqual([
    'M nested/c.yaml',
    'M shared',
    'M shared/agents/a.yaml',
    'M shared/agents/b.yaml',
  ]);
});

test('no program that the repository names is started', async () => {
  const { folder, git, place, write, commit } = testRepository();
  const trace = join(temporaryFolder(), 'trace');
  write('.gitattributes', '*.yaml filter=evil diff=evil\n');
  write('a.yaml', 'a');
  const since = commit();
  write('a.yaml', 'b');
  utimesSync(join(folder, '.gitattributes'), 1, 1);
  const script = `#!/bin/sh\necho "$0 $*" >> ${trace}\ncat\n`;
  write('.git/evil.sh', script);
  for (const key of [
    'core.pager',
    'diff.external',
    'diff.evil.command',
    'diff.evil.textconv',
    'filter.evil.clean',
    'filter.evil.process',
    'core.fsmonitor',
    'core.alternateRefsCommand',
  ])
    git('config', key, `sh ${join(folder, '.git/evil.sh')}`);
  expect(await changes({ since }, place)).toEqual(['M a.yaml']);
  expect(existsSync(trace) ? readFileSync(trace, 'utf8') : '').toBe('');
  // git as people run it does start them.
  git('diff', 'HEAD');
  expect(readFileSync(trace, 'utf8')).toContain('evil.sh');
});

test('the index is not written to', async () => {
  const { folder, place, write, commit } = testRepository();
  write('a.yaml', 'a');
  const since = commit();
  utimesSync(join(folder, 'a.yaml'), 1, 1);
  const before = readFileSync(join(folder, '.git/index'));
  await changes({ since }, place);
  expect(readFileSync(join(folder, '.git/index')).equals(before)).toBe(true);
});

test('what is compared with is the full name of a commit', async () => {
  const { place, commit } = testRepository();
  const since = commit();
  for (const name of ['HEAD', '--output=x', since.slice(0, 12)]) {
    await expect(changedFiles({ since: name }, place)).rejects.toMatchObject({
      code: 'bad-revision',
    } satisfies Partial<GitError>);
    await expect(changedFiles({ since, to: name }, place)).rejects.toMatchObject({
      code: 'bad-revision',
    } satisfies Partial<GitError>);
  }
});
