import { readFileSync, realpathSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { testRepository, type TestRepository } from '../changes/repository.ts';
import { folderWith, run, type Run } from './cli.ts';
import { clean, NO_SPONSOR, torn, unsponsored } from './manifests.ts';
import { lintJson, places } from './report.ts';

const CONFIG = 'agentid-lint.config.yaml';

/** A repository with two bad manifests, committed. */
function repository(): TestRepository & { readonly first: string; readonly env: Record<string, string> } {
  const made = testRepository();
  made.write('agents/old.yaml', unsponsored('old'));
  made.write('agents/other.yaml', unsponsored('other'));
  made.write('agents/good.yaml', clean('good'));
  const { HOME = '', GIT_CONFIG_GLOBAL = '' } = made.place.env;
  return { ...made, first: made.commit(), env: { HOME, GIT_CONFIG_GLOBAL, GIT_CONFIG_NOSYSTEM: '1' } };
}

type Repository = ReturnType<typeof repository>;

async function changed({ folder, env }: Repository, args: readonly string[], cwd = folder) {
  const { status, report } = await lintJson(args, { cwd, env });
  return { status, found: places(report).map((place) => place.split(':')[0]), change: report.change };
}

/** The mistake that a command ends with, and nothing else. */
async function mistake(
  args: readonly string[],
  options: { cwd: string; env?: Record<string, string> },
): Promise<string> {
  const { status, stdout, stderr }: Run = await run(args, options);
  expect({ status, stdout }).toEqual({ status: 2, stdout: '' });
  return stderr;
}

describe('--changed', () => {
  test('reports what differs from the last commit: staged, not staged, not known to git', async () => {
    const there = repository();
    there.write('agents/good.yaml', unsponsored('good'));
    there.write('agents/staged.yaml', unsponsored('staged'));
    there.git('add', 'agents/staged.yaml');
    there.write('agents/unknown.yaml', unsponsored('unknown'));
    expect(await changed(there, ['--changed'])).toEqual({
      status: 1,
      found: ['agents/good.yaml', 'agents/staged.yaml', 'agents/unknown.yaml'],
      change: { since: there.first, files: 3, leftOut: 2 },
    });
  });

  test('passes when nothing has changed, and says so', async () => {
    const { folder, env, first } = repository();
    const { status, stdout, stderr } = await run(['lint', '--changed'], { cwd: folder, env });
    expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
    expect(stdout).toContain(
      `  nothing has changed since ${first.slice(0, 12)}; 2 findings in what was there before are not reported\n`,
    );
    expect(stdout).toMatch(/^3 manifests, \d+ rules · no findings · 0 incomplete\n/);
  });

  test('says in one line what is left out', async () => {
    const there = repository();
    there.write('agents/new.yaml', clean('new'));
    const { stdout } = await run(['lint', '--changed', '-f', 'compact'], {
      cwd: there.folder,
      env: there.env,
    });
    expect(stdout).toBe(
      `only what changed since ${there.first.slice(0, 12)} (1 file) is reported; 2 findings elsewhere are not\npassed: no findings at or above "high" (exit 0)\n`,
    );
  });

  test('names files as seen from the working directory', async () => {
    const there = repository();
    there.write('teams/red/a.yaml', unsponsored('red'));
    there.write('teams/blue/b.yaml', unsponsored('blue'));
    const red = join(there.folder, 'teams/red');
    expect(await changed(there, ['--changed'], red)).toMatchObject({ found: ['a.yaml'] });
    expect(await changed(there, ['--changed', '..'], red)).toMatchObject({
      found: ['../blue/b.yaml', 'a.yaml'],
    });
  });

  test('takes what an editor passes on for changed', async () => {
    const { folder, env } = repository();
    const args = ['lint', '--changed', '-f', 'compact', '-', '--stdin-filename', 'agents/old.yaml'];
    const { status, stdout } = await run(args, { cwd: folder, env, stdin: unsponsored('edited') });
    expect(status).toBe(1);
    expect(stdout).toMatch(/^agents\/old\.yaml:1:1: high .*edited/);
  });

  test('counts files that .gitignore leaves out when they are read', async () => {
    const there = repository();
    there.write('.gitignore', 'out/\n');
    there.commit();
    there.write('out/a.yaml', unsponsored('out'));
    expect(await changed(there, ['--changed'])).toMatchObject({ status: 0, found: [] });
    expect(await changed(there, ['--changed', '--no-ignore'])).toMatchObject({
      status: 1,
      found: ['out/a.yaml'],
    });
  });

  test('reports everything before the first commit', async () => {
    const made = testRepository();
    made.write('a.yaml', unsponsored());
    const { report } = await lintJson(['--changed'], { cwd: made.folder });
    expect(places(report)).toEqual([`a.yaml:1:1 ${NO_SPONSOR}`]);
    expect(report.change).toEqual({ since: 'the beginning', files: 1, leftOut: 0 });
  });

  test('reports everything when the settings have changed, and says why', async () => {
    const there = repository();
    there.write(CONFIG, `version: 1\nextends: [./shared.yaml]\n`);
    there.write('shared.yaml', `version: 1\nrules: { ${NO_SPONSOR}: low }\n`);
    there.commit();
    there.write('shared.yaml', `version: 1\nrules: { ${NO_SPONSOR}: high }\n`);
    const ran = await run(['lint', '--changed', '-f', 'compact'], { cwd: there.folder, env: there.env });
    expect(ran.status).toBe(1);
    expect(ran.stdout.split('\n')).toHaveLength(4);
    expect(ran.stderr).toBe(
      'note: shared.yaml has changed, which may change every finding: all are reported\n',
    );
  });

  test('can be said by the environment', async () => {
    const { folder, env } = repository();
    const { report } = await lintJson([], { cwd: folder, env: { ...env, AGENTID_LINT_CHANGED: 'true' } });
    expect(report.change).toMatchObject({ files: 0, leftOut: 2 });
  });
});

describe('--since', () => {
  test('reports what a branch adds to another one, and not what was added there meanwhile', async () => {
    const there = repository();
    there.git('checkout', '--quiet', '-b', 'topic');
    there.write('agents/topic.yaml', unsponsored('topic'));
    there.commit();
    there.git('checkout', '--quiet', 'main');
    there.write('agents/good.yaml', unsponsored('good'));
    there.commit();
    there.git('checkout', '--quiet', 'topic');
    expect(await changed(there, ['--since', 'main'])).toEqual({
      status: 1,
      found: ['agents/topic.yaml'],
      change: { since: there.first, files: 1, leftOut: 2 },
    });
    expect(await changed(there, ['--since', 'HEAD'])).toMatchObject({ status: 0, found: [] });
  });

  test('compares with the commit itself in a clone that does not reach back to where they part', async () => {
    const origin = repository();
    origin.write('agents/new.yaml', unsponsored('new'));
    const tip = origin.commit();
    const clone = testRepository({ cloneOf: ['--depth=1', `file://${origin.folder}`] });
    clone.git('fetch', '--quiet', '--depth=1', 'origin', origin.first);
    const { report } = await lintJson(['--since', origin.first], { cwd: clone.folder });
    expect(places(report)).toEqual([`agents/new.yaml:1:1 ${NO_SPONSOR}`]);
    expect(report.change?.since).toBe(origin.first);
    expect(tip).not.toBe(origin.first);
  });

  test('a file that cannot be read elsewhere still makes the run incomplete', async () => {
    const there = repository();
    there.write('agents/torn.yaml', torn());
    there.commit();
    there.write('agents/new.yaml', clean('new'));
    expect(await changed(there, ['--changed'])).toMatchObject({ status: 4, found: [] });
  });
});

describe('what git cannot tell is a mistake with a way out', () => {
  test('outside of a repository', async () => {
    const cwd = realpathSync(folderWith({ 'a.yaml': clean() }));
    expect(await mistake(['lint', '--changed'], { cwd })).toBe(
      `error: --changed: ${JSON.stringify(cwd)} is in no git repository with a working tree\n  Only a repository knows what has changed. Run without --changed and --since, or in one.\n`,
    );
  });

  test('a commit that is not there, or cannot be one', async () => {
    const { folder, env } = repository();
    const options = { cwd: folder, env };
    expect(await mistake(['lint', '--since', 'origin/main'], options)).toMatch(
      /^error: --since: there is no commit "origin\/main" in this repository\n {2}Name a branch/,
    );
    for (const name of ['--output=x', '-h'])
      expect(await mistake(['lint', `--since=${name}`], options)).toContain(
        `${JSON.stringify(name)} is not the name of a commit`,
      );
  });

  test('a shallow clone without the commit', async () => {
    const origin = repository();
    origin.commit();
    const clone = testRepository({ cloneOf: ['--depth=1', `file://${origin.folder}`] });
    expect(await mistake(['lint', '--since', origin.first], { cwd: clone.folder })).toMatch(
      /is not in this clone, which has a part of the history only\n {2}Fetch it: git fetch --depth=1 origin <commit>\. For actions\/checkout, set fetch-depth: 0\.\n$/,
    );
  });

  test('no git', async () => {
    const { folder, env } = repository();
    expect(await mistake(['lint', '--changed'], { cwd: folder, env: { ...env, PATH: folderWith({}) } })).toBe(
      'error: --changed: what has changed is told by git, and there is no git here\n  Install it, or run without --changed and --since.\n',
    );
  });
});

test('what the repository has in its configuration is not run by linting its change', async () => {
  const there = repository();
  const trace = join(folderWith({}), 'trace');
  for (const key of ['core.fsmonitor', 'core.pager', 'diff.external', 'core.sshCommand'])
    there.git('config', key, `touch ${trace}`);
  there.write('agents/good.yaml', unsponsored('good'));
  expect(await changed(there, ['--changed'])).toMatchObject({ status: 1, found: ['agents/good.yaml'] });
  expect(() => readFileSync(trace)).toThrow('ENOENT');
});
