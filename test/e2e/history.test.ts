import { readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { folderWith, POSIX, ROOT, run, shell, start } from './cli.ts';
import { clean, NO_SPONSOR, torn, unsponsored } from './manifests.ts';

const KEEP = ['-q', '--history', 'history'];
const day = (number: number) => ['--now', `2026-11-${String(number).padStart(2, '0')}T12:00:00Z`];

/** The lines of every file of a history, in the order of their names. */
function linesOf(cwd: string): readonly Readonly<Record<string, unknown>>[] {
  return readdirSync(join(cwd, 'history'))
    .filter((name) => name.endsWith('.ndjson'))
    .sort()
    .flatMap((name) =>
      readFileSync(join(cwd, 'history', name), 'utf8')
        .trimEnd()
        .split('\n'),
    )
    .map((line) => JSON.parse(line) as Readonly<Record<string, unknown>>);
}

/** `2026-11-01 fail`, and below it `fixed blueprint/quote-writer`. */
function storyOf(cwd: string): readonly string[] {
  return linesOf(cwd).map((line) =>
    'now' in line
      ? `${String(line['now']).slice(0, 10)} ${String(line['verdict'])}${line['partial'] === true ? ' partial' : ''}`
      : `  ${String(line['state'])} ${String(line['resource'])}`,
  );
}

test('runs keep what has changed, and the trend tells it', async () => {
  const cwd = folderWith({ 'a.yaml': unsponsored('a'), 'b.yaml': unsponsored('b') });
  const put = (name: string, text: string) => {
    writeFileSync(join(cwd, name), text);
  };
  const lint = async (number: number, args: readonly string[] = []) =>
    (await run(['lint', ...args, ...KEEP, ...day(number)], { cwd })).status;
  expect(await lint(1)).toBe(1);
  put('a.yaml', clean('a'));
  expect(await lint(3)).toBe(1);
  put('b.yaml', torn('b'));
  expect(await lint(5)).toBe(4);
  put('b.yaml', unsponsored('b'));
  expect(await lint(6, ['a.yaml'])).toBe(0);
  expect(await lint(7)).toBe(1);
  rmSync(join(cwd, 'b.yaml'));
  expect(await lint(9)).toBe(0);
  expect(storyOf(cwd)).toEqual([
    ...['2026-11-01 fail', '  open blueprint/a', '  open blueprint/b'],
    ...['2026-11-03 fail', '  fixed blueprint/a'],
    ...['2026-11-05 incomplete', '  unknown blueprint/b'],
    '2026-11-06 pass partial',
    ...['2026-11-07 fail', '  open blueprint/b'],
    ...['2026-11-09 pass', '  fixed blueprint/b'],
  ]);
  expect(await run(['trend', 'history', '--since', '2026-11-03'], { cwd })).toEqual({
    status: 0,
    signal: null,
    stderr: '',
    stdout: `files · 5 runs from 2026-11-03 12:00 to 2026-11-09 12:00 UTC

  critical  ▁▁▁▁▁  0 → 0
  high      ████▁  1 → 0
  medium    ▁▁▁▁▁  0 → 0
  low       ▁▁▁▁▁  0 → 0
  info      ▁▁▁▁▁  0 → 0

  run (UTC)         ended            critical  high  medium  low  info  unknown
  2026-11-03 12:00  failed                  0     1       0    0     0        0
  2026-11-05 12:00  incomplete              0     1       0    0     0        1
  2026-11-06 12:00  passed, partial         0     1       0    0     0        1
  2026-11-07 12:00  failed                  0     1       0    0     0        0
  2026-11-09 12:00  passed                  0     0       0    0     0        0
  Findings that a run could not judge stay in the numbers: they are unknown, not fixed.

  severity  fixed  mean time to fix  open  mean age
  critical      0                 –     0         –
  high          2            5 days     0         –
  medium        0                 –     0         –
  low           0                 –     0         –
  info          0                 –     0         –
  From the first run that had a finding to the first one that found it fixed. Time in which it was
  suppressed counts; being suppressed is not being fixed.
`,
  });
});

test('a part of the rules, and what has changed since a commit, say nothing of the rest', async () => {
  const cwd = folderWith({ 'a.yaml': unsponsored('a'), 'b.yaml': unsponsored('b') });
  await run(['lint', ...KEEP, ...day(1)], { cwd });
  await shell('git init -q . && git add -A && git -c user.name=x -c user.email=x@example.org commit -qm x', {
    cwd,
  });
  writeFileSync(join(cwd, 'a.yaml'), clean('a'));
  await run(['lint', '--rule', 'permissions/*', ...KEEP, ...day(2)], { cwd });
  await run(['lint', '--skip-rule', NO_SPONSOR, ...KEEP, ...day(3)], { cwd });
  await run(['lint', '--changed', ...KEEP, ...day(4)], { cwd });
  expect(storyOf(cwd)).toEqual([
    ...['2026-11-01 fail', '  open blueprint/a', '  open blueprint/b'],
    '2026-11-02 pass partial',
    '2026-11-03 pass partial',
    ...['2026-11-04 pass partial', '  fixed blueprint/a'],
  ]);
});

test('the same run twice is one file, and two at once are whole', async () => {
  const cwd = folderWith({ 'a.yaml': unsponsored('a') });
  const args = ['lint', ...KEEP, ...day(1)];
  await Promise.all([run(args, { cwd }), run(args, { cwd }), run(['lint', ...KEEP, ...day(2)], { cwd })]);
  await run(args, { cwd });
  const { status, stdout } = await run(['trend', 'history', '-f', 'csv'], { cwd });
  expect({ status, rows: stdout.trimEnd().split('\n').length }).toEqual({ status: 0, rows: 3 });
});

test.runIf(POSIX)('S08 runs that are killed leave whole files only', { timeout: 60_000 }, async () => {
  const cwd = folderWith({ 'a.yaml': unsponsored('a') });
  const began = performance.now();
  await run(['lint', ...KEEP, ...day(1)], { cwd });
  const usual = performance.now() - began;
  for (let round = 0; round < 6; round += 1) {
    const child = start(['lint', ...KEEP, ...day(2 + round)], { cwd });
    const over = new Promise((resolve) => child.on('close', resolve));
    setTimeout(() => child.kill('SIGKILL'), usual * (0.5 + round / 10));
    await over;
  }
  const { status, stderr } = await run(['trend', 'history', '-f', 'csv'], { cwd });
  expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
});

describe('a history that cannot be written', () => {
  test.runIf(POSIX)('2 before anything is judged, when a file is in its way', async () => {
    const cwd = folderWith({ 'a.yaml': clean('a') });
    writeFileSync(join(cwd, 'file'), '');
    const { status, stdout, stderr } = await run(
      ['lint', '-q', '-f', 'compact', '--history', 'file/history'],
      { cwd },
    );
    expect({ status, stdout }).toEqual({ status: 2, stdout: '' });
    expect(stderr).toMatch(/^error: file\/history: history-unreadable: It cannot be read \(ENOTDIR\)\.\n/);
  });

  test.runIf(POSIX)('10 when the report is written, where no folder can be made', async () => {
    const cwd = folderWith({ 'a.yaml': clean('a') });
    const { status, stdout, stderr } = await run(
      ['lint', '-q', '-f', 'compact', '--history', '/proc/history'],
      { cwd },
    );
    expect({ status, stdout }).toEqual({
      status: 10,
      stdout: 'passed: no findings at or above "high" (exit 0)\n',
    });
    expect(stderr).toMatch(/^error: could not add the run to the history in \/proc\/history: /);
  });
});

describe('2 for a folder that is no whole history, before anything is judged', () => {
  test.each([
    ['lint', ['lint', '--history', 'history']],
    ['trend', ['trend', 'history']],
  ])('%s', async (_name, args) => {
    const cwd = folderWith({ 'a.yaml': clean('a') });
    await run(['lint', ...KEEP, ...day(1)], { cwd });
    const [name = ''] = readdirSync(join(cwd, 'history'));
    const text = readFileSync(join(cwd, 'history', name), 'utf8');
    writeFileSync(join(cwd, 'history', name), text.slice(0, -1));
    expect(await run(args, { cwd })).toEqual({
      status: 2,
      signal: null,
      stdout: '',
      stderr: `error: history/${name}:1:1: history-truncated: The file ends within a line.\n  Restore the file from version control, or remove it and every file that follows it.\n`,
    });
  });

  test.each([
    [['trend', 'nowhere'], 'error: nowhere: history-unreadable: There is no such folder.'],
    [['trend', 'a.yaml'], 'error: a.yaml: history-not-a-folder: This is not a folder.'],
    [['trend', ''], 'error: the name of the folder is empty'],
    [['trend'], 'error: missing required argument "folder"'],
    [
      ['trend', 'history', '--since', 'yesterday'],
      'error: --since: "yesterday" is neither a date nor an RFC 3339 time with a zone',
    ],
    [['trend', 'history', '-f', 'sarif'], 'error: --format: unknown value "sarif"'],
    [['trend', 'history', '--output', 'sarif=x'], 'error: --output: unknown value "sarif"'],
    [['trend', 'history', '--source', 'file'], 'error: --source: the folder has no run of "file"'],
  ])('%j', async (args, message) => {
    const cwd = folderWith({ 'a.yaml': clean('a') });
    await run(['lint', ...KEEP, ...day(1)], { cwd });
    const { status, stdout, stderr } = await run(args, { cwd });
    expect({ status, stdout, first: stderr.split('\n')[0] }).toEqual({
      status: 2,
      stdout: '',
      first: message,
    });
  });
});

test('3 when there is no run to tell of, unless that is allowed', async () => {
  const cwd = folderWith({ 'history/README.md': 'runs' });
  const none = { stdout: 'no source · no run\n', stderr: '' };
  expect(await run(['trend', 'history'], { cwd })).toMatchObject({ status: 3, ...none });
  expect(await run(['trend', 'history', '--allow-empty'], { cwd })).toMatchObject({ status: 0, ...none });
});

test('which of several sources is meant has to be said', async () => {
  const cwd = folderWith({
    '.git/HEAD': 'ref: refs/heads/main\n',
    'a.yaml': clean('a'),
    'sub/b.yaml': unsponsored('b'),
  });
  await run(['lint', ...KEEP, ...day(1)], { cwd });
  await run(['lint', '-q', '--history', '../history', ...day(2)], { cwd: join(cwd, 'sub') });
  expect(await run(['trend', 'history'], { cwd })).toMatchObject({
    status: 2,
    stderr:
      'error: the folder has runs of several sources\n  The folder has runs of: files, files:sub. Choose one with --source.\n',
  });
  const { status, stdout } = await run(['trend', 'history', '--source', 'files:sub', '-f', 'csv'], { cwd });
  expect({ status, rows: stdout.trimEnd().split('\n').length }).toEqual({ status: 0, rows: 2 });
});

test('every format is written to files beside the screen', async () => {
  const cwd = folderWith({ 'a.yaml': unsponsored('a') });
  await run(['lint', ...KEEP, ...day(1)], { cwd });
  const formats = ['pretty', 'json', 'csv', 'markdown', 'html'];
  const outputs = formats.flatMap((format) => ['--output', `${format}=out.${format}`]);
  const { status } = await run(['trend', 'history', ...outputs], { cwd });
  expect(status).toBe(0);
  for (const format of formats) {
    const { stdout } = await run(['trend', 'history', '-f', format], { cwd });
    expect(readFileSync(join(cwd, `out.${format}`), 'utf8'), format).toBe(stdout);
  }
});

test('the commands of docs/history.md work', async () => {
  const cwd = folderWith({ 'a.yaml': clean('a') });
  const text = readFileSync(join(ROOT, 'docs', 'history.md'), 'utf8');
  const commands = text
    .split('\n')
    .filter((line) => line.startsWith('agentid-lint ') && !/ --(?:tenant|source) /.test(line))
    .map((line) => line.split(' ').slice(1));
  expect(commands.map(([command]) => command)).toEqual(['lint', 'trend', 'trend', 'trend', 'trend']);
  for (const args of commands)
    expect(
      await run(args, { cwd, env: { AGENTID_LINT_NOW: '2026-11-23T00:00:00Z' } }),
      args.join(' '),
    ).toMatchObject({
      status: 0,
      stderr: '',
    });
  expect(readdirSync(cwd).sort()).toEqual(['.agentid-lint', 'a.yaml', 'trend.html']);
});
