import { createHash } from 'node:crypto';
import { existsSync, linkSync, mkdirSync, readdirSync, readFileSync, statSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { setImmediate } from 'node:timers/promises';
import { describe, expect, test } from 'vitest';
import { folderWith, LINUX, NOW, POSIX, run, shell, start } from './cli.ts';
import { clean, NO_SPONSOR, unsponsored } from './manifests.ts';
import { lintJson } from './report.ts';

const UNMARKED = '{"displayName": "who-knows", "signInAudience": "AzureADMyOrg", "identifierUris": []}';

/** A list of so many blueprints, each with findings: the JSON report of 2,500 takes more than five megabytes. */
function fleet(length: number): string {
  const value = Array.from({ length }, (_, place) => ({
    '@odata.type': '#microsoft.graph.agentIdentityBlueprint',
    displayName: `hand-${place}`,
  }));
  return JSON.stringify({
    '@odata.context': 'https://graph.microsoft.com/v1.0/$metadata#applications',
    value,
  });
}

describe('stdout is the report and nothing else', () => {
  const files = { 'a.yaml': unsponsored(), 'who.json': UNMARKED };

  test('O19 whatever is told besides goes to stderr', async () => {
    const args = ['lint', '--format', 'json', '--stats', '--debug', '--now', NOW];
    const env = { AGENTID_LINT_FORMATT: 'json' };
    const cwd = folderWith(files);
    const [told, quiet] = await Promise.all([
      run(args, { cwd, env }),
      run(['lint', '--format', 'json', '--quiet', '--now', NOW], { cwd, env }),
    ]);
    expect(told.stdout).toBe(quiet.stdout);
    expect(JSON.parse(told.stdout)).toHaveProperty('format', 'json-v1');
    expect(told.stderr.split('\n').map((line) => line.split(':')[0])).toEqual(
      expect.arrayContaining(['debug', 'note', 'stages']) as unknown,
    );
    expect(quiet.stderr).toBe('');
  });

  test('application JSON without a marker is mentioned once, on stderr', async () => {
    const cwd = folderWith({ ...files, 'export/one.json': UNMARKED, 'export/two.json': UNMARKED });
    const { stderr } = await run(['lint', '--format', 'compact'], { cwd });
    expect(stderr).toBe(
      'note: export/one.json and 2 more look like application manifests without a marker; not judged.\n' +
        '  If it is a blueprint, add "@odata.type": "#microsoft.graph.agentIdentityBlueprint",\n' +
        '  name it under `manifests` in the config, or pass --as blueprint.\n',
    );
  });

  test('a clean run says nothing on stderr', async () => {
    const { stderr } = await run(['lint'], { cwd: folderWith({ 'a.yaml': clean() }) });
    expect(stderr).toBe('');
  });

  test('the warnings of a config are told, and --quiet keeps them back', async () => {
    const config = `version: 1\nextends: [off]\nrules:\n  ${NO_SPONSOR}: high\n  credentials/secret-lifetime: { maxDays: 3 }\n`;
    const cwd = folderWith({ 'a.yaml': unsponsored(), 'agentid-lint.config.yaml': config });
    const [told, quiet] = await Promise.all([run(['lint'], { cwd }), run(['lint', '--quiet'], { cwd })]);
    expect(told.stderr).toMatch(/^note: agentid-lint\.config\.yaml:5:3: config-no-effect: /);
    expect(quiet).toEqual({ ...told, stderr: '' });
  });
});

describe.runIf(existsSync('/dev/full'))('S01 a full disk behind stdout is no success', () => {
  test.each([
    ['lint --format json', 'error: could not write the report: no space left on device (ENOSPC)\n'],
    ['lint', 'error: could not write the report: no space left on device (ENOSPC)\n'],
    ['--version', 'error: could not write the version: no space left on device (ENOSPC)\n'],
    ['--help', 'error: could not write the report: no space left on device (ENOSPC)\n'],
    ['rules list', 'error: could not write the report: no space left on device (ENOSPC)\n'],
  ])('%s', async (command, stderr) => {
    const ran = await shell(`$CLI ${command} > /dev/full`, { cwd: folderWith({ 'a.yaml': clean() }) });
    expect(ran).toEqual({ status: 10, signal: null, stdout: '', stderr });
  });

  test('S02 nor is one behind --output', async () => {
    const cwd = folderWith({ 'a.yaml': clean() });
    const { status, stderr } = await run(['lint', '--output', 'json=/dev/full'], { cwd });
    expect({ status, stderr }).toEqual({
      status: 10,
      stderr: 'error: could not write the report to /dev/full: no space left on device (ENOSPC)\n',
    });
  });
});

describe.runIf(POSIX)('S02 a report file is written whole or not at all', () => {
  test.each([
    ['its folder does not exist (ENOENT)', 'none/lint.json'],
    ['a part of its path is not a folder (ENOTDIR)', 'a.yaml/lint.json'],
    ['it is a folder (EISDIR)', 'reports'],
    ['its name is too long (ENAMETOOLONG)', `${'x'.repeat(300)}.json`],
  ])('%s', async (why, name) => {
    const cwd = folderWith({ 'a.yaml': clean(), 'reports/old.json': 'old' });
    const { status, stderr } = await run(['lint', '--output', `json=${name}`], { cwd });
    expect({ status, stderr }).toEqual({
      status: 10,
      stderr: `error: could not write the report to ${name}: ${why}\n`,
    });
    expect(readdirSync(cwd).sort()).toEqual(['a.yaml', 'reports']);
  });

  test.runIf(process.getuid?.() !== 0)('in a folder that nobody may write to', async () => {
    const cwd = folderWith({ 'a.yaml': clean(), 'reports/lint.json': 'old' });
    const { status, stderr } = await shell('chmod 555 reports; $CLI lint --output json=reports/lint.json', {
      cwd,
    });
    expect({ status, stderr }).toEqual({
      status: 10,
      stderr: 'error: could not write the report to reports/lint.json: permission denied (EACCES)\n',
    });
  });

  test('for every size at which the disk may be full, the old file stays and nothing is left beside it', async () => {
    const cwd = folderWith({ 'a.yaml': unsponsored(), 'lint.json': 'old' });
    const seen: string[] = [];
    for (let kib = 0; ; kib += 4) {
      const { status, stderr } = await shell(
        `ulimit -f ${kib}; $CLI lint -q --output json=lint.json >/dev/null`,
        { cwd },
      );
      if (status === 1) break;
      expect({ status, stderr }).toEqual({
        status: 10,
        stderr:
          'error: could not write the report to lint.json: it would be too large for the file system (EFBIG)\n',
      });
      expect([readdirSync(cwd).sort(), readFileSync(join(cwd, 'lint.json'), 'utf8')]).toEqual([
        ['a.yaml', 'lint.json'],
        'old',
      ]);
      seen.push(stderr);
    }
    expect(seen.length).toBeGreaterThan(1);
    expect(JSON.parse(readFileSync(join(cwd, 'lint.json'), 'utf8'))).toHaveProperty('exitCode', 1);
  });

  test('S08 the old file is replaced in one step: who has it open keeps it whole', async () => {
    const cwd = folderWith({ 'a.yaml': clean(), 'lint.json': 'old' });
    linkSync(join(cwd, 'lint.json'), join(cwd, 'kept.json'));
    await run(['lint', '--output', 'json=lint.json'], { cwd });
    expect(readFileSync(join(cwd, 'kept.json'), 'utf8')).toBe('old');
    expect(readdirSync(cwd).sort()).toEqual(['a.yaml', 'kept.json', 'lint.json']);
  });

  test('a link is replaced, not followed', async () => {
    const cwd = folderWith({ 'a.yaml': clean(), 'elsewhere/precious.txt': 'old' });
    symlinkSync('elsewhere/precious.txt', join(cwd, 'lint.json'));
    await run(['lint', '--output', 'json=lint.json'], { cwd });
    expect(readFileSync(join(cwd, 'elsewhere/precious.txt'), 'utf8')).toBe('old');
    expect(JSON.parse(readFileSync(join(cwd, 'lint.json'), 'utf8'))).toHaveProperty('verdict', 'pass');
  });

  test('the old permissions are kept', async () => {
    const cwd = folderWith({ 'a.yaml': clean(), 'lint.json': 'old' });
    await shell('chmod 600 lint.json; $CLI lint --output json=lint.json', { cwd });
    expect(statSync(join(cwd, 'lint.json')).mode & 0o777).toBe(0o600);
  });

  test('S09 two runs that write the same file leave one whole report', async () => {
    const cwd = folderWith({ 'a.yaml': unsponsored() });
    const args = ['lint', '--output', 'json=lint.json'];
    const both = await Promise.all([run(args, { cwd }), run(args, { cwd }), run(args, { cwd })]);
    expect(both.map(({ status, stderr }) => ({ status, stderr }))).toEqual(
      both.map(() => ({ status: 1, stderr: '' })),
    );
    expect(JSON.parse(readFileSync(join(cwd, 'lint.json'), 'utf8'))).toHaveProperty('exitCode', 1);
    expect(readdirSync(cwd).sort()).toEqual(['a.yaml', 'lint.json']);
  });

  test('a pipe is written to, not replaced', async () => {
    const cwd = folderWith({ 'a.yaml': clean() });
    await shell('mkfifo pipe; cat pipe > report.json & $CLI lint --output json=pipe; wait', { cwd });
    expect(JSON.parse(readFileSync(join(cwd, 'report.json'), 'utf8'))).toHaveProperty('verdict', 'pass');
    expect(statSync(join(cwd, 'pipe')).isFIFO()).toBe(true);
  });

  test('a device is written to, wherever it leads', async () => {
    const cwd = folderWith({ 'a.yaml': clean() });
    await shell('$CLI lint --output json=/dev/stderr 2> report.json >/dev/null', { cwd });
    expect(JSON.parse(readFileSync(join(cwd, 'report.json'), 'utf8'))).toHaveProperty('verdict', 'pass');
    expect(statSync('/dev/stderr', { throwIfNoEntry: false })?.isFile() ?? false).toBe(false);
  });

  test.each(['-', '/dev/stdout'])('stdout (%s) has a report already', async (name) => {
    const ran = await run(['lint', '--output', `json=${name}`], { cwd: folderWith({ 'a.yaml': clean() }) });
    expect(ran).toEqual({
      status: 2,
      signal: null,
      stdout: '',
      stderr: `error: --output writes to files, and "${name}" is stdout\n  For stdout: --format json\n`,
    });
  });
});

describe('a reader of stdout', () => {
  test.runIf(POSIX)(
    'S03 that has seen enough ends the run quietly, with the code of the findings',
    async () => {
      const cwd = folderWith({ 'fleet.json': fleet(300) });
      const first = await shell('$CLI lint --format compact | head -n 1; exit ${PIPESTATUS[0]}', { cwd });
      expect(first).toEqual({
        status: 1,
        signal: null,
        stderr: '',
        stdout: expect.stringMatching(/^fleet\.json:1:\d+: .*\n$/) as unknown,
      });
      const none = await shell('$CLI lint --format json | true; exit ${PIPESTATUS[0]}', { cwd });
      expect(none).toEqual({ status: 1, signal: null, stderr: '', stdout: '' });
    },
  );

  test('S04 that is slow gets all of five megabytes, soon', { timeout: 8000 }, async () => {
    const cwd = folderWith({ 'fleet.json': fleet(2500) });
    const child = start(['lint', '--format', 'json', '--output', 'json=lint.json', '--now', NOW], { cwd });
    const ended = new Promise((resolve) => child.on('exit', resolve));
    const digest = createHash('sha256');
    let bytes = 0;
    for await (const chunk of (child.stdout ?? []) as AsyncIterable<Buffer>) {
      digest.update(chunk);
      bytes += chunk.length;
      await setImmediate();
    }
    expect(await ended).toBe(1);
    expect(bytes).toBeGreaterThan(5_000_000);
    const whole = createHash('sha256')
      .update(readFileSync(join(cwd, 'lint.json')))
      .digest('hex');
    expect(digest.digest('hex')).toBe(whole);
  });
});

describe('colour', () => {
  const isColoured = async (args: readonly string[], env: { readonly [name: string]: string } = {}) => {
    const { stdout } = await run(['lint', ...args], { cwd: folderWith({ 'a.yaml': clean() }), env });
    return stdout.includes('\u001b[');
  };

  test('S16 is off when stdout is no terminal, and flags go before NO_COLOR before FORCE_COLOR', async () => {
    const runs = await Promise.all([
      isColoured([]),
      isColoured([], { TERM: 'xterm-256color', COLORTERM: 'truecolor' }),
      isColoured([], { FORCE_COLOR: '0' }),
      isColoured([], { FORCE_COLOR: '1', NO_COLOR: '1' }),
      isColoured(['--no-color'], { FORCE_COLOR: '1' }),
      isColoured(['--color', '--no-color']),
      isColoured(['--color', '--format', 'json']),
      isColoured([], { FORCE_COLOR: '1' }),
      isColoured([], { FORCE_COLOR: '1', NO_COLOR: '' }),
      isColoured(['--color'], { NO_COLOR: '1', TERM: 'dumb' }),
      isColoured(['--no-color', '--color']),
      isColoured([], { AGENTID_LINT_COLOR: 'true' }),
    ]);
    expect(runs).toEqual([false, false, false, false, false, false, false, true, true, true, true, true]);
  });

  test('is never in a file', async () => {
    const cwd = folderWith({ 'a.yaml': clean() });
    await run(['lint', '--color', '--output', 'pretty=lint.txt'], { cwd });
    expect(readFileSync(join(cwd, 'lint.txt'), 'utf8')).not.toContain('\u001b');
  });

  test.runIf(LINUX && existsSync('/usr/bin/script'))(
    'is on in a terminal that can, and off in one that cannot',
    async () => {
      const cwd = folderWith({ 'a.yaml': clean() });
      const onTerminal = (env: { readonly [name: string]: string }) =>
        shell('script -qec "$CLI lint" /dev/null </dev/null', { cwd, env });
      const runs = await Promise.all([
        onTerminal({ TERM: 'xterm' }),
        onTerminal({ TERM: 'dumb' }),
        onTerminal({ TERM: 'xterm', NO_COLOR: '1' }),
      ]);
      expect(runs.map(({ stdout }) => stdout.includes('\u001b['))).toEqual([true, false, false]);
    },
  );
});

describe('a run that cannot end well', () => {
  const breakStdout = (body: string) => [
    '--import',
    `data:text/javascript,process.stdout.write=()=>{${encodeURIComponent(body)}}`,
  ];

  test('S15 by a promise that nobody waits for is an internal error, not a success', async () => {
    const node = breakStdout(`Promise.reject(new Error('nobody\u001b[31m waits'));return true`);
    const { status, stderr } = await run(['lint'], { cwd: folderWith({ 'a.yaml': clean() }), node });
    expect({ status, stderr }).toEqual({
      status: 10,
      stderr:
        'internal error: nobody\\x1b[31m waits\n' +
        '  This is a bug in agentid-lint. Please report it with the command line and the output of --debug:\n' +
        '  https://github.com/agentid-lint/agentid-lint/issues\n',
    });
  });

  test('S15 by a promise that never settles is no success either', async () => {
    const { status } = await run(['lint'], {
      cwd: folderWith({ 'a.yaml': clean() }),
      node: breakStdout('return true'),
    });
    expect(status).toBe(10);
  });

  test.runIf(POSIX).each(['SIGINT', 'SIGTERM'] as const)(
    'S07 S08 by %s is over at once, and leaves nothing behind',
    async (signal) => {
      const cwd = folderWith({});
      const child = start(['lint', '-', '--debug', '--output', 'json=lint.json'], { cwd });
      const ended = new Promise((resolve) =>
        child.on('exit', (_, by) => {
          resolve(by);
        }),
      );
      child.stderr?.once('data', () => child.kill(signal));
      expect(await ended).toBe(signal);
      expect(readdirSync(cwd)).toEqual([]);
    },
  );
});

test('an empty folder for reports is enough', async () => {
  const cwd = folderWith({ 'a.yaml': clean() });
  mkdirSync(join(cwd, 'out'));
  const { report } = await lintJson(
    ['a.yaml', '--output', 'compact=out/lint.txt', '--output', 'json=out/lint.json', '--now', NOW],
    { cwd },
  );
  expect(readFileSync(join(cwd, 'out/lint.txt'), 'utf8')).toBe(
    'passed: no findings at or above "high" (exit 0)\n',
  );
  expect(JSON.parse(readFileSync(join(cwd, 'out/lint.json'), 'utf8'))).toEqual(report);
});
