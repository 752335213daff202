import { chmodSync, existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { GitError } from '../../src/changes/git-error.ts';
import {
  addWorktree,
  commitOf,
  fetchCommit,
  hasCommit,
  headOf,
  mergeBaseOf,
  parentsOf,
  removeWorktree,
  repositoryOf,
} from '../../src/changes/git.ts';
import { temporaryFolder, testRepository } from './repository.ts';

const NOBODYS = 'f'.repeat(40);

/** What an error says to people. */
async function faultOf(work: Promise<unknown>): Promise<Pick<GitError, 'code' | 'message' | 'hint'>> {
  try {
    await work;
  } catch (error) {
    if (error instanceof GitError) return { code: error.code, message: error.message, hint: error.hint };
    throw error;
  }
  throw new Error('nothing was wrong');
}

describe('a repository', () => {
  test('is told by its top folder, and where in it one stands', async () => {
    const { folder, place, write } = testRepository();
    write('teams/red/agents/a.yaml', 'a\n');
    expect(await repositoryOf(place)).toEqual({ top: folder, base: '' });
    expect(await repositoryOf({ ...place, cwd: join(folder, 'teams/red') })).toEqual({
      top: folder,
      base: 'teams/red',
    });
  });

  test('is not told by variables of git: the folder decides', async () => {
    const { folder, place } = testRepository();
    const other = testRepository();
    const env = { ...place.env, GIT_DIR: join(other.folder, '.git'), GIT_WORK_TREE: other.folder };
    expect(await repositoryOf({ cwd: folder, env })).toEqual({ top: folder, base: '' });
  });

  test('that is none is said to be none', async () => {
    const { place } = testRepository();
    const cwd = temporaryFolder();
    expect(await faultOf(repositoryOf({ ...place, cwd }))).toEqual({
      code: 'no-repository',
      message: `${JSON.stringify(cwd)} is in no git repository with a working tree`,
      hint: 'Only a repository knows what has changed. Run without --changed and --since, or in one.',
    });
    expect((await faultOf(commitOf('main', { ...place, cwd }))).code).toBe('no-repository');
  });

  test('without git is an answer, not a crash', async () => {
    const { place } = testRepository();
    const env = { ...place.env, PATH: temporaryFolder() };
    expect(await faultOf(repositoryOf({ ...place, env }))).toEqual({
      code: 'git-missing',
      message: 'what has changed is told by git, and there is no git here',
      hint: 'Install it, or run without --changed and --since.',
    });
  });

  test('that belongs to somebody else is explained', async () => {
    const { place } = testRepository();
    // What git does when it meets one: root runs these tests in some places, and nothing belongs to others there.
    const bin = temporaryFolder();
    writeFileSync(
      join(bin, 'git'),
      '#!/bin/sh\necho "fatal: detected dubious ownership in repository at \'/x\'" >&2\nexit 128\n',
    );
    chmodSync(join(bin, 'git'), 0o755);
    const fault = await faultOf(repositoryOf({ ...place, env: { ...place.env, PATH: bin } }));
    expect(fault.code).toBe('not-trusted');
    expect(fault.hint).toContain('safe.directory');
  });
});

describe('a commit', () => {
  test('is found by any name that it has', async () => {
    const { git, place, commit } = testRepository();
    const first = commit();
    const second = commit();
    git('tag', '--annotate', '--message', 'v1', 'v1', first);
    expect(await commitOf('v1', place)).toBe(first);
    expect(await commitOf('HEAD~1', place)).toBe(first);
    expect(await commitOf(second.slice(0, 12), place)).toBe(second);
    expect(await commitOf('main', place)).toBe(second);
    expect(await headOf(place)).toBe(second);
  });

  test('that is not there is said not to be there', async () => {
    const { place, commit, write } = testRepository();
    expect(await headOf(place)).toBeNull();
    write('a', 'a');
    commit();
    expect(await faultOf(commitOf('origin/main', place))).toEqual({
      code: 'unknown-revision',
      message: 'there is no commit "origin/main" in this repository',
      hint: 'Name a branch, a tag or a commit that "git log" knows; what only the server has must be fetched first.',
    });
    // A blob is no commit.
    expect((await faultOf(commitOf('HEAD:a', place))).code).toBe('unknown-revision');
  });

  test.each(['--upload-pack=touch x', '-h', '', 'a\nb', 'a\u0000b'])(
    'has no name like %j, and git is not asked',
    async (name) => {
      const { place } = testRepository();
      const fault = await faultOf(commitOf(name, { ...place, env: { PATH: '' } }));
      expect(fault.code).toBe('bad-revision');
    },
  );

  test('tells its parents, also where they are not', async () => {
    const origin = testRepository();
    const first = origin.commit();
    const second = origin.commit('parent 0000\n\nparent 1111');
    expect(await parentsOf('HEAD', origin.place)).toEqual([first]);
    expect(await parentsOf(first, origin.place)).toEqual([]);
    const shallow = testRepository({ cloneOf: ['--depth=1', `file://${origin.folder}`] });
    expect(await parentsOf('HEAD', shallow.place)).toEqual([first]);
    expect(await hasCommit(first, shallow.place)).toBe(false);
    expect(await hasCommit(second, shallow.place)).toBe(true);
  });

  test('that a shallow clone has not is said to be missing there, and can be fetched alone', async () => {
    const origin = testRepository();
    const first = origin.commit();
    origin.commit();
    const url = `file://${origin.folder}`;
    const shallow = testRepository({ cloneOf: ['--depth=1', url] });
    expect(await faultOf(commitOf(first, shallow.place))).toEqual({
      code: 'shallow-clone',
      message: `the commit "${first}" is not in this clone, which has a part of the history only`,
      hint: 'Fetch it: git fetch --depth=1 origin <commit>. For actions/checkout, set fetch-depth: 0.',
    });
    await fetchCommit({ sha: first, url }, shallow.place);
    expect(await commitOf(first, shallow.place)).toBe(first);
  });

  test('that nobody has cannot be fetched', async () => {
    const origin = testRepository();
    origin.commit();
    const clone = testRepository({ cloneOf: [`file://${origin.folder}`] });
    const fault = await faultOf(fetchCommit({ sha: NOBODYS, url: `file://${origin.folder}` }, clone.place));
    expect(fault.code).toBe('not-fetched');
    expect(fault.message).toContain(`the commit ${NOBODYS} could not be fetched: `);
  });

  test.each([
    'ssh://git@example.com/a/b',
    'ext::sh -c touch% x',
    '--upload-pack=x',
    'https://user:secret@example.com/a/b',
    '/somewhere',
  ])('is not fetched from %s', async (url) => {
    const { place } = testRepository();
    const fault = await faultOf(fetchCommit({ sha: NOBODYS, url }, place));
    expect(fault).toMatchObject({ code: 'not-fetched' });
    expect(fault.message).not.toContain('secret');
  });

  test('that two come from is found, or nobody knows it', async () => {
    const { git, place, commit } = testRepository();
    const first = commit();
    const main = commit();
    git('checkout', '--quiet', '-b', 'other', first);
    const other = commit('other');
    git('checkout', '--quiet', '--orphan', 'alone');
    const alone = commit('alone');
    expect(await mergeBaseOf(main, other, place)).toBe(first);
    expect(await mergeBaseOf(main, alone, place)).toBeNull();
  });
});

describe('the files of a commit', () => {
  test('are written beside, whole, and removed again', async () => {
    const { git, place, write, commit } = testRepository();
    write('a/config.yaml', 'old\n');
    const first = commit();
    write('a/config.yaml', 'new\n');
    commit();
    // Files of the working tree may be left out; those of a commit may not.
    git('sparse-checkout', 'set', 'nothing');
    const folder = join(temporaryFolder(), 'base');
    await addWorktree({ sha: first, folder }, place);
    expect(readFileSync(join(folder, 'a/config.yaml'), 'utf8')).toBe('old\n');
    await removeWorktree(folder, place);
    expect(existsSync(folder)).toBe(false);
    expect(git('worktree', 'list').split('\n')).toHaveLength(1);
  });

  test('go through no program that the repository names', async () => {
    const { folder, git, place, write, commit } = testRepository();
    const trace = join(temporaryFolder(), 'trace');
    const evil = `sh -c 'echo ran >> ${trace}; cat'`;
    write('.gitattributes', '* filter=evil diff=evil\n');
    write('a.yaml', 'a\n');
    const first = commit();
    git('config', 'filter.evil.smudge', evil);
    git('config', 'filter.evil.clean', evil);
    git('config', 'filter.evil.required', 'true');
    mkdirSync(join(folder, '.git/hooks'), { recursive: true });
    for (const hook of ['post-checkout', 'reference-transaction', 'post-index-change'])
      writeFileSync(join(folder, '.git/hooks', hook), `#!/bin/sh\n${evil}\n`, { mode: 0o755 });
    const beside = join(temporaryFolder(), 'base');
    await addWorktree({ sha: first, folder: beside }, place);
    expect(readFileSync(join(beside, 'a.yaml'), 'utf8')).toBe('a\n');
    expect(existsSync(trace)).toBe(false);
  });

  test('are not written when a filter has a name that cannot be overruled', async () => {
    const { git, place, commit } = testRepository();
    const sha = commit();
    git('config', 'filter.a=b.smudge', 'touch x');
    const fault = await faultOf(addWorktree({ sha, folder: join(temporaryFolder(), 'base') }, place));
    expect(fault.code).toBe('unsafe-config');
  });
});
