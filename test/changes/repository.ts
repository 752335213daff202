import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { onTestFinished } from 'vitest';
import type { GitPlace } from '../../src/changes/run-git.ts';

/** A folder that is gone when the test is. */
export function temporaryFolder(): string {
  const folder = realpathSync(mkdtempSync(join(tmpdir(), 'agentid-lint-changes-')));
  onTestFinished(() => {
    rmSync(folder, { recursive: true, force: true });
  });
  return folder;
}

/** An environment that knows nothing of the person who runs the tests. */
function gitEnvironment(home: string): Record<string, string | undefined> {
  return {
    PATH: process.env['PATH'],
    HOME: home,
    GIT_CONFIG_NOSYSTEM: '1',
    GIT_CONFIG_GLOBAL: join(home, '.gitconfig'),
  };
}

export type TestRepository = {
  readonly place: GitPlace;
  readonly folder: string;
  /** Runs git as a person does. Gives what it says, without the last line break. */
  readonly git: (...args: readonly string[]) => string;
  readonly write: (path: string, text: string) => void;
  readonly remove: (path: string) => void;
  /** Commits everything. Gives the commit's name. */
  readonly commit: (message?: string) => string;
};

/** A new repository without commits, or a clone. */
export function testRepository({ cloneOf }: { readonly cloneOf?: readonly string[] } = {}): TestRepository {
  const home = temporaryFolder();
  const folder = join(home, 'repository');
  const env = gitEnvironment(home);
  writeFileSync(
    join(home, '.gitconfig'),
    '[user]\n  name = Test\n  email = test@example.com\n[protocol "file"]\n  allow = always\n[init]\n  defaultBranch = main\n',
  );
  const git = (...args: readonly string[]) =>
    execFileSync('git', args, {
      cwd: folder,
      env,
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'pipe'],
    }).replace(/\n$/, '');
  mkdirSync(folder);
  if (cloneOf === undefined) git('init', '--quiet');
  else git('clone', '--quiet', ...cloneOf, '.');
  return {
    folder,
    git,
    place: { cwd: folder, env },
    write: (path, text) => {
      mkdirSync(dirname(join(folder, path)), { recursive: true });
      writeFileSync(join(folder, path), text);
    },
    remove: (path) => {
      rmSync(join(folder, path), { recursive: true });
    },
    commit: (message = 'a commit') => {
      git('add', '--all');
      git('commit', '--quiet', '--allow-empty', '--message', message);
      return git('rev-parse', 'HEAD');
    },
  };
}
