import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { commandsIn } from '../support/runner-commands.ts';
import { folderWith, NOW, run, type RunOptions } from './cli.ts';
import { clean, NO_SPONSOR, unsponsored } from './manifests.ts';

const IN_A_WORKFLOW = { GITHUB_ACTIONS: 'true' };
/** A name that would be a command, an annotation of its own, and the end of a property. */
const HOSTILE = '::error file=x::a%0A::set-env name=PATH::b ##[error]c ##vso[task.complete]d';

/** Where each annotation is, and its level: `error agents/a.yaml:1`. */
function annotations(text: string): readonly string[] {
  return commandsIn(text).map(
    ({ command, properties }) => `${command} ${properties['file'] ?? '-'}:${properties['line'] ?? '-'}`,
  );
}

async function linted(args: readonly string[], { env = IN_A_WORKFLOW, ...options }: RunOptions = {}) {
  const cwd = folderWith({ 'agents/a.yaml': unsponsored(), 'agents/b.yaml': clean() });
  return run(['lint', '--now', NOW, ...args], { cwd, env, ...options });
}

describe('in a GitHub workflow', () => {
  test('the report for people is followed by its annotations', async () => {
    const [outside, inside] = await Promise.all([linted([], { env: {} }), linted([])]);
    expect(inside.status).toBe(1);
    expect(inside.stdout.startsWith(outside.stdout)).toBe(true);
    expect(annotations(outside.stdout)).toEqual([]);
    expect(annotations(inside.stdout)).toEqual(['error agents/a.yaml:1']);
    expect(inside.stdout.slice(outside.stdout.length).split('\n')).toHaveLength(2);
  });

  test('nothing follows a report without findings', async () => {
    const cwd = folderWith({ 'b.yaml': clean() });
    const [outside, inside] = await Promise.all([
      run(['lint'], { cwd }),
      run(['lint'], { cwd, env: IN_A_WORKFLOW }),
    ]);
    expect(inside.stdout).toBe(outside.stdout);
  });

  test.each([
    [['--no-annotations'], {}],
    [['--format', 'json'], {}],
    [['--format', 'compact'], {}],
    [[], { AGENTID_LINT_NO_ANNOTATIONS: 'true' }],
  ])('there are none with %j and %j', async (args, env) => {
    const { stdout } = await linted(args, { env: { ...IN_A_WORKFLOW, ...env } });
    expect(annotations(stdout)).toEqual([]);
  });

  test('paths are from the top of the repository', async () => {
    const folder = folderWith({ '.git/HEAD': '', 'teams/red/a.yaml': unsponsored() });
    const { stdout } = await run(['lint'], { cwd: join(folder, 'teams/red'), env: IN_A_WORKFLOW });
    expect(stdout).toContain('┌─ a.yaml:1:1 ');
    expect(annotations(stdout)).toEqual(['error teams/red/a.yaml:1']);
  });

  test('O03 no manifest adds a command to ours', async () => {
    const name = JSON.stringify(HOSTILE);
    const cwd = folderWith({
      [`agents/${HOSTILE.replaceAll('/', '')}.yaml`]: unsponsored().replaceAll('quote-writer', name),
      'agents/lines.yaml': `${unsponsored().replace('quote-writer', '"x"')}notes: |\n  ::error::x\n  ::stop-commands::y\n`,
    });
    const { stdout } = await run(['lint'], { cwd, env: IN_A_WORKFLOW });
    expect(commandsIn(stdout).map(({ command, version }) => `${command} ${version}`)).toEqual([
      'error 2',
      'error 2',
    ]);
  });

  test('a scan is annotated as well', async () => {
    const { stdout } = await run(['scan', '--help']);
    expect(stdout).toContain('--no-annotations');
  });
});

describe('--format github', () => {
  const summary = () => join(folderWith({ summary: '' }), 'summary');

  test('adds the job summary to the file that the runner names', async () => {
    const path = summary();
    const env = { GITHUB_STEP_SUMMARY: path };
    const first = await linted(['--format', 'github'], { env });
    expect(first).toMatchObject({ status: 1, stderr: '' });
    expect(annotations(first.stdout)).toEqual(['error agents/a.yaml:1']);
    const text = readFileSync(path, 'utf8');
    expect(text).toContain(NO_SPONSOR);
    await linted(['--format', 'github'], { env });
    expect(readFileSync(path, 'utf8')).toBe(`${text}\n${text}`);
  });

  test('adds none for another format', async () => {
    const path = summary();
    await linted([], { env: { ...IN_A_WORKFLOW, GITHUB_STEP_SUMMARY: path } });
    await linted(['--output', 'github=annotations.txt'], { env: { GITHUB_STEP_SUMMARY: path } });
    expect(readFileSync(path, 'utf8')).toBe('');
  });

  test('is not silent when the file cannot be written', async () => {
    const path = join(folderWith({}), 'gone', 'summary');
    const { status, stdout, stderr } = await linted(['--format', 'github'], {
      env: { GITHUB_STEP_SUMMARY: path },
    });
    expect(status).toBe(10);
    expect(annotations(stdout)).toEqual(['error agents/a.yaml:1']);
    expect(stderr).toBe(
      'error: could not write the job summary to the file in GITHUB_STEP_SUMMARY: its folder does not exist (ENOENT)\n',
    );
  });
});
