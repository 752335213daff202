import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { REPORTERS } from '../../src/reporters/index.ts';
import { folderWith, NOW, POSIX, run, shell } from './cli.ts';
import { standIn, tokenWith } from './stand-in.ts';
import { clean, torn, unsponsored } from './manifests.ts';

const FORMATS = Object.keys(REPORTERS);
/** What the arguments write in every format, beside the screen. */
const everyFormat = (name: string) =>
  FORMATS.flatMap((format) => ['--output', `${format}=${name}.${format}`]);
const FILES = { 'a.yaml': unsponsored(), 'b.yaml': clean(), 'broken.yaml': torn() };

/** A folder with manifests and the report of a run over them. */
async function linted(args: readonly string[] = []): Promise<{ cwd: string; text: string }> {
  const cwd = folderWith(FILES);
  const { status } = await run(['lint', '--now', NOW, '--output', 'json=r.json', '-q', ...args], { cwd });
  expect(status).toBe(1);
  return { cwd, text: readFileSync(join(cwd, 'r.json'), 'utf8') };
}

/** Both in every format, and the same. */
function expectSame(folder: string): void {
  for (const format of FORMATS) {
    const [first, again] = ['first', 'again'].map((name) =>
      readFileSync(join(folder, `${name}.${format}`), 'utf8'),
    );
    expect(again, format).toBe(first);
  }
}

describe('a saved report is written again byte for byte', () => {
  test('of files, in every format, and to the screen', async () => {
    const { cwd } = await linted(everyFormat('first'));
    const again = await run(['report', 'r.json', ...everyFormat('again')], { cwd });
    const screen = await run(['lint', '--now', NOW], { cwd: folderWith(FILES) });
    expect(again).toMatchObject({ status: 0, stdout: screen.stdout, stderr: '' });
    expectSame(cwd);
  });

  test('of a tenant, with a permission missing, in every format, and to the screen', async () => {
    const { env, server } = await standIn();
    const token = tokenWith(server, ['AgentIdentity.Read.All', 'AgentIdentityBlueprint.Read.All']);
    const cwd = folderWith({});
    const args = ['scan', '--now', NOW, '--output', 'json=r.json', ...everyFormat('first')];
    const screen = await run(args, { cwd, env: { ...env, AGENTID_LINT_ACCESS_TOKEN: token } });
    expect(screen.stdout).toMatch(/^incomplete: /);
    const again = await run(['report', 'r.json', ...everyFormat('again')], { cwd });
    expect(again).toMatchObject({ status: 0, stdout: screen.stdout, stderr: '' });
    expectSame(cwd);
  });

  test('in colour, and from stdin', async () => {
    const { text } = await linted();
    const screen = await run(['lint', '--now', NOW, '--color'], { cwd: folderWith(FILES) });
    expect(await run(['report', '-', '--color'], { stdin: text })).toMatchObject({
      status: 0,
      stdout: screen.stdout,
      stderr: '',
    });
  });

  test.runIf(POSIX)('through a pipe, and through a link', async () => {
    const cwd = folderWith({ 'a.yaml': clean() });
    const { stdout, stderr } = await shell(
      '$CLI lint -f json | $CLI report - -f compact && $CLI lint -f json >r.json && ln -s r.json link && $CLI report link -f json | cmp - r.json && echo same',
      { cwd },
    );
    expect({ stdout, stderr }).toEqual({
      stdout: 'passed: no findings at or above "high" (exit 0)\nsame\n',
      stderr: '',
    });
  });
});

describe('what is no whole report is refused, and nothing is written', () => {
  test('2 for a file that was cut short, with the place', async () => {
    const { text } = await linted();
    const cwd = folderWith({ 'r.json': text.slice(0, text.length / 2) });
    const { status, stdout, stderr } = await run(['report', 'r.json', '--output', 'csv=r.csv'], { cwd });
    expect({ status, stdout }).toEqual({ status: 2, stdout: '' });
    expect(stderr).toMatch(/^error: r\.json:\d+:\d+: json-truncated: /);
    expect(() => readFileSync(join(cwd, 'r.csv'))).toThrow('ENOENT');
  });

  test('2 for one whose verdict was turned', async () => {
    const { text } = await linted();
    expect(
      await run(['report', '-'], { stdin: text.replace('"verdict": "fail"', '"verdict": "pass"') }),
    ).toEqual({
      status: 2,
      signal: null,
      stdout: '',
      stderr:
        'error: stdin:19:14: results-contradictory: The verdict is pass, and exit code 1 says fail.\n  agentid-lint 0.1.0 wrote it; run the check again with this version, and leave the file as it is written.\n',
    });
  });

  test.each([
    [['nowhere.json'], 'nowhere.json: no-such-file: There is no such file or folder.'],
    [['folder'], 'folder: not-a-regular-file: This is not a regular file.'],
    [['a.yaml'], 'a.yaml:1:1: json-looks-like-yaml: This is YAML, not JSON.'],
    [['broken.json'], 'broken.json:1:3: invalid-utf8: Byte 2 (0xFF) is not valid UTF-8.'],
    [[''], 'the name of the report is empty'],
    [[], 'missing required argument "results"'],
    [['r.json', '--output', 'csv=./r.json'], '--output would replace the input "./r.json"'],
    [['r.json', '-f', 'pdf'], '--format: unknown value "pdf"'],
  ])('2 for %j', async (args, message) => {
    const cwd = folderWith({
      'a.yaml': clean(),
      'folder/x': '',
      'r.json': '{}',
      'broken.json': new Uint8Array([0x7b, 0x22, 0xff, 0x22]),
    });
    const { status, stdout, stderr } = await run(['report', ...args], { cwd });
    expect({ status, stdout, first: stderr.split('\n')[0] }).toEqual({
      status: 2,
      stdout: '',
      first: `error: ${message}`,
    });
  });
});

test('S02 10 for an output that cannot be written; the screen still tells the report', async () => {
  const { cwd, text } = await linted();
  const { status, stdout, stderr } = await run(
    ['report', 'r.json', '-f', 'json', '--output', 'csv=no/r.csv'],
    { cwd },
  );
  expect({ status, stdout }).toEqual({ status: 10, stdout: text });
  expect(stderr).toMatch(/^error: could not write the report to no\/r\.csv: /);
});

test('the version that wrote it is told when it is another one', async () => {
  const { text } = await linted();
  const other = { stdin: text.replace('"version": "0.1.0"', '"version": "0.0.9"') };
  const [loud, quiet] = await Promise.all([
    run(['report', '-', '-f', 'compact'], other),
    run(['report', '-', '-f', 'compact', '--quiet'], other),
  ]);
  expect(loud).toMatchObject({
    status: 0,
    stdout: quiet.stdout,
    stderr: 'note: agentid-lint 0.0.9 wrote this report, and 0.1.0 may word it another way\n',
  });
  expect(quiet.stderr).toBe('');
});
