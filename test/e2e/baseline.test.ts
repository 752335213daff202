import { createHash } from 'node:crypto';
import { chmodSync, existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { folderWith, NOW, POSIX, run, shell, start } from './cli.ts';
import { clean, NO_SPONSOR, unsponsored } from './manifests.ts';
import { standIn } from './stand-in.ts';

const BASELINE = '.agentid-lint/baseline.ndjson';
const HEADER = '{"baseline":"agentid-lint","version":1,"fingerprint":"v1"}';
const END = '{"~":"end"}';

const baselineIn = (cwd: string) => readFileSync(join(cwd, BASELINE), 'utf8');
const entriesIn = (cwd: string) => baselineIn(cwd).split('\n').slice(1, -2);
/** Resources of the entries of a baseline. */
const resourcesIn = (cwd: string) =>
  entriesIn(cwd).map((line) => (JSON.parse(line) as { readonly resource: string }).resource);

/** A folder with two findings and a baseline of both. */
async function withBaseline(): Promise<string> {
  const cwd = folderWith({ 'a.yaml': unsponsored(), 'b.yaml': unsponsored('second') });
  expect(await run(['baseline', 'create', '-q'], { cwd })).toMatchObject({ status: 0 });
  return cwd;
}

describe('baseline create', () => {
  test('records what counts, sorted, and says what comes next', async () => {
    const cwd = folderWith({ 'a.yaml': unsponsored(), 'b.yaml': unsponsored('second'), 'c.yaml': clean() });
    expect(await run(['baseline', 'create'], { cwd })).toEqual({
      status: 0,
      signal: null,
      stdout: `wrote ${BASELINE}: 2 findings

Commit it. What it knows does not count any more; whatever is new does:
  agentid-lint lint --fail-on-new
  git add ${BASELINE}
`,
      stderr: '',
    });
    const lines = baselineIn(cwd).split('\n');
    expect(lines[0]).toBe(HEADER);
    expect(lines.slice(-2)).toEqual([END, '']);
    expect(lines.toSorted().slice(1)).toEqual(lines.slice(0, -1));
    expect(resourcesIn(cwd)).toEqual(['blueprint/quote-writer', 'blueprint/second']);
    expect(readdirSync(join(cwd, '.agentid-lint'))).toEqual(['baseline.ndjson']);
  });

  test('never replaces a baseline, and leaves it alone', async () => {
    const cwd = await withBaseline();
    const before = baselineIn(cwd);
    writeFileSync(join(cwd, 'c.yaml'), unsponsored('third'));
    expect(await run(['baseline', 'create'], { cwd })).toMatchObject({
      status: 2,
      stdout: '',
      stderr: `error: there is a baseline already: ${BASELINE}
  --add adds what it does not know yet. "agentid-lint baseline prune" takes out what is not found any more.
`,
    });
    expect(baselineIn(cwd)).toBe(before);
  });

  test('adds what an existing one does not know, and says how many', async () => {
    const cwd = await withBaseline();
    expect(await run(['baseline', 'create', '--add'], { cwd })).toMatchObject({
      status: 0,
      stdout: `nothing to add: ${BASELINE} knows every finding\n`,
    });
    writeFileSync(join(cwd, 'c.yaml'), unsponsored('third'));
    expect(await run(['baseline', 'create', '--add'], { cwd })).toMatchObject({
      status: 0,
      stdout: `added 1 finding to ${BASELINE}, which has 3 now\n`,
    });
    expect(resourcesIn(cwd)).toEqual(['blueprint/quote-writer', 'blueprint/second', 'blueprint/third']);
  });

  test('leaves out rules that allow no exception', async () => {
    const cwd = folderWith({
      'a.yaml': unsponsored(),
      'agentid-lint.config.yaml': `version: 1\nrules:\n  ${NO_SPONSOR}: { waivable: false }\n`,
    });
    expect(await run(['baseline', 'create', '-q'], { cwd })).toMatchObject({
      status: 0,
      stdout: `wrote ${BASELINE}: 0 findings\nleft out 1 finding of rules that allow no exception: ${NO_SPONSOR}\n`,
      stderr: '',
    });
    expect(entriesIn(cwd)).toEqual([]);
  });

  test('of what could not be judged as a whole writes nothing, unless that is asked for', async () => {
    const cwd = folderWith({
      'a.yaml': unsponsored(),
      'broken.yaml': 'kind: agentIdentityBlueprint\ntags: [x',
    });
    const refused = await run(['baseline', 'create', '-q'], { cwd });
    expect(refused).toMatchObject({ status: 4, stdout: '' });
    expect(refused.stderr).toMatch(
      /^error: broken\.yaml:2:\d+: [\s\S]*\nerror: 1 problem kept something from being read or judged\n$/,
    );
    expect(existsSync(join(cwd, BASELINE))).toBe(false);
    expect(await run(['baseline', 'create', '-q', '--allow-incomplete'], { cwd })).toMatchObject({
      status: 0,
      stdout: `wrote ${BASELINE}: 1 finding\n`,
    });
  });

  test('of nothing writes nothing', async () => {
    const cwd = folderWith({});
    expect(await run(['baseline', 'create'], { cwd })).toMatchObject({
      status: 3,
      stderr: 'error: no JSON or YAML file was found\n',
    });
    expect(readdirSync(cwd)).toEqual([]);
  });
});

describe('lint with a baseline', () => {
  test('passes for what it knows, and fails for what is new', async () => {
    const cwd = await withBaseline();
    expect(await run(['lint', '-q', '-f', 'compact', '--fail-on-new'], { cwd })).toMatchObject({ status: 0 });
    writeFileSync(join(cwd, 'c.yaml'), unsponsored('third'));
    const failing = await run(['lint', '-q', '-f', 'json', '--fail-on-new', '--fail-on', 'none'], { cwd });
    expect(failing.status).toBe(1);
    expect(JSON.parse(failing.stdout)).toMatchObject({
      failOnNew: true,
      exitReasons: [{ code: 1, reason: '1 finding that the baseline does not know' }],
      suppressions: { baseline: { file: BASELINE, entries: 2 } },
      config: { files: [BASELINE] },
    });
    expect(await run(['lint', '-q', '-f', 'compact', '--no-baseline'], { cwd })).toMatchObject({ status: 1 });
  });

  test('S10 ends with 2 for one that was cut short, and judges nothing', async () => {
    const cwd = await withBaseline();
    const text = baselineIn(cwd);
    writeFileSync(join(cwd, BASELINE), text.slice(0, -2));
    expect(await run(['lint'], { cwd })).toEqual({
      status: 2,
      signal: null,
      stdout: '',
      stderr: `error: ${BASELINE}:4:1: baseline-cut-short: The baseline is cut short: its last line must be the end mark, with a line break.
  Restore the file from version control. "agentid-lint baseline create" makes a new one once this one is gone.
`,
    });
  });

  test('ends with 2 when the one that is named is not there', async () => {
    const cwd = folderWith({ 'a.yaml': unsponsored() });
    expect(await run(['lint', '--baseline', 'old.ndjson'], { cwd })).toMatchObject({
      status: 2,
      stdout: '',
      stderr: `error: old.ndjson: baseline-not-found: There is no such baseline.\n  "agentid-lint baseline create" makes one.\n`,
    });
    expect(await run(['lint', '--fail-on-new'], { cwd })).toMatchObject({
      status: 2,
      stderr: `error: --fail-on-new: there is neither a baseline nor an earlier report to compare with
  Make a baseline with "agentid-lint baseline create", or name an earlier JSON report with --previous.
`,
    });
  });

  test('finds it from a folder below, up to the root of the repository', async () => {
    const cwd = folderWith({ 'agents/a.yaml': unsponsored(), '.git/HEAD': '' });
    expect(await run(['baseline', 'create', '-q'], { cwd })).toMatchObject({ status: 0 });
    expect(await run(['lint', '-q', '--fail-on-new'], { cwd: join(cwd, 'agents') })).toMatchObject({
      status: 0,
    });
  });
});

describe('budgets', () => {
  test.each([
    [['--max-findings', 'high=2'], 0, ''],
    [['--max-findings', 'high=1'], 1, ''],
    [
      ['--max-findings', 'hihg=1'],
      2,
      'error: --max-findings: unknown severity "hihg"\n  Did you mean "high"? Known: critical, high, medium, low, info.\n',
    ],
    [
      ['--max-findings', 'high'],
      2,
      'error: --max-findings: "high" is not a severity, "=" and a whole number\n  For example: --max-findings high=3\n',
    ],
    [
      ['--max-findings', 'high=1', '--max-findings', 'high=2'],
      2,
      'error: --max-findings: high has two budgets\n  Keep one of the two.\n',
    ],
  ])('%j ends with %i', async (args, status, stderr) => {
    const cwd = folderWith({ 'a.yaml': unsponsored(), 'b.yaml': unsponsored('second') });
    expect(await run(['lint', '-q', '-f', 'compact', ...args], { cwd })).toMatchObject({ status, stderr });
  });
});

describe('baseline check and prune', () => {
  test('tell what is known, new and stale, and take out what is stale', async () => {
    const cwd = await withBaseline();
    expect(await run(['baseline', 'check'], { cwd })).toMatchObject({
      status: 0,
      stdout: `${BASELINE}: 2 known, 0 new, 0 stale\n`,
    });
    writeFileSync(join(cwd, 'a.yaml'), clean('quote-writer'));
    writeFileSync(join(cwd, 'c.yaml'), unsponsored('third'));
    const checked = await run(['baseline', 'check'], { cwd });
    expect({ ...checked, stdout: checked.stdout.replace(/v1:[0-9a-f]{32}/, 'v1:…') }).toMatchObject({
      status: 1,
      stdout: `${BASELINE}: 1 known, 1 new, 1 stale

new: in no baseline
  high      ${NO_SPONSOR}  c.yaml:1:1  third  v1:…

stale: not found any more; "agentid-lint baseline prune" takes them out
  line 2  ${NO_SPONSOR}  blueprint/quote-writer  /sponsors
`,
      stderr: '',
    });
    const before = baselineIn(cwd);
    const stale = `  line 2  ${NO_SPONSOR}  blueprint/quote-writer  /sponsors\n`;
    expect(await run(['baseline', 'prune', '--dry-run'], { cwd })).toMatchObject({
      status: 0,
      stdout: `would remove 1 entry from ${BASELINE}, 1 stay\n${stale}`,
    });
    expect(baselineIn(cwd)).toBe(before);
    expect(await run(['baseline', 'prune'], { cwd })).toMatchObject({
      status: 0,
      stdout: `removed 1 entry from ${BASELINE}, 1 stay\n${stale}`,
    });
    expect(baselineIn(cwd)).toBe(
      before
        .split('\n')
        .filter((_, index) => index !== 1)
        .join('\n'),
    );
    expect(await run(['baseline', 'prune'], { cwd })).toMatchObject({
      status: 0,
      stdout: `nothing to remove: ${BASELINE} has no stale entry\n`,
    });
  });

  test('of one file leave entries about others alone, unless that is asked for', async () => {
    const cwd = await withBaseline();
    expect(await run(['baseline', 'prune', 'a.yaml'], { cwd })).toMatchObject({
      status: 0,
      stdout: `nothing to remove: ${BASELINE} has no stale entry
1 entry is about objects that this run did not see; "prune --gone" takes them out
`,
    });
    expect(await run(['baseline', 'prune', '--gone', 'a.yaml'], { cwd })).toMatchObject({ status: 0 });
    expect(resourcesIn(cwd)).toEqual(['blueprint/quote-writer']);
  });

  test('end with 2 without a baseline', async () => {
    const cwd = folderWith({ 'a.yaml': unsponsored() });
    for (const verb of ['check', 'prune'])
      expect(await run(['baseline', verb], { cwd })).toMatchObject({
        status: 2,
        stdout: '',
        stderr: `error: there is no baseline: ${BASELINE}\n  Make one with "agentid-lint baseline create", or name it with --baseline.\n`,
      });
  });
});

describe.runIf(POSIX)('a baseline is written whole or not at all', () => {
  test('S08 whenever the process is killed', async () => {
    const cwd = await withBaseline();
    const known = new Set([baselineIn(cwd)]);
    writeFileSync(join(cwd, 'c.yaml'), unsponsored('third'));
    for (let round = 0; round < 12; round += 1) {
      const child = start(['baseline', 'create', '--add', '-q'], { cwd });
      const ended = new Promise((resolve) => child.on('close', resolve));
      const seen = new Promise((resolve) => {
        const looking = setInterval(() => {
          const isAtWork = readdirSync(join(cwd, '.agentid-lint')).length > 1;
          if (!isAtWork && child.exitCode === null) return;
          clearInterval(looking);
          resolve(null);
        }, 1);
      });
      await seen;
      child.kill('SIGKILL');
      await ended;
      known.add(baselineIn(cwd));
      expect(entriesIn(cwd).length, `round ${round}`).toBeGreaterThanOrEqual(2);
      expect(await run(['baseline', 'check', 'a.yaml', 'b.yaml'], { cwd }).then(({ status }) => status)).toBe(
        0,
      );
    }
    // What killed runs have left does not stop the next one.
    expect(await run(['baseline', 'create', '--add', '-q'], { cwd })).toMatchObject({ status: 0 });
    expect(entriesIn(cwd)).toHaveLength(3);
    expect(known.size).toBeLessThanOrEqual(2);
  }, 60_000);

  test('S09 by two processes at once: nothing is lost', async () => {
    const names = ['one', 'two', 'three', 'four'];
    const files = Object.fromEntries(names.map((name) => [`${name}.yaml`, unsponsored(name)]));
    for (let round = 0; round < 6; round += 1) {
      const cwd = folderWith(files);
      const runs = await Promise.all(
        names.map((name) => run(['baseline', 'create', '--add', '-q', `${name}.yaml`], { cwd })),
      );
      expect(runs.map(({ status, stderr }) => ({ status, stderr }))).toEqual(
        names.map(() => ({ status: 0, stderr: '' })),
      );
      expect(resourcesIn(cwd)).toEqual(names.toSorted().map((name) => `blueprint/${name}`));
      expect(readdirSync(join(cwd, '.agentid-lint'))).toEqual(['baseline.ndjson']);
    }
  }, 60_000);

  test('on a full disk: the old file stays, and the command ends with 10', async () => {
    const cwd = await withBaseline();
    const before = baselineIn(cwd);
    writeFileSync(join(cwd, 'c.yaml'), unsponsored('third'));
    // No file may grow beyond 0 blocks, as on a disk without room.
    const ran = await shell(
      `trap '' XFSZ; ulimit -f 0; $CLI baseline create --add -q; echo "ended with $?"`,
      { cwd },
    );
    expect(ran.stdout).toBe('ended with 10\n');
    expect(ran.stderr).toMatch(/^error: could not write /);
    expect(baselineIn(cwd)).toBe(before);
  });

  test('in a folder that nobody may write to', async () => {
    const cwd = await withBaseline();
    const before = createHash('sha256').update(baselineIn(cwd)).digest('hex');
    writeFileSync(join(cwd, 'c.yaml'), unsponsored('third'));
    rmSync(join(cwd, '.agentid-lint', 'gone'), { force: true });
    chmodSync(join(cwd, '.agentid-lint'), 0o555);
    const isRoot = process.getuid?.() === 0;
    const ran = await run(['baseline', 'create', '--add', '-q'], { cwd });
    expect(ran.status).toBe(isRoot ? 0 : 10);
    if (!isRoot) expect(createHash('sha256').update(baselineIn(cwd)).digest('hex')).toBe(before);
    chmodSync(join(cwd, '.agentid-lint'), 0o755);
  });
});

test('the lock of a run that was killed is taken over', async () => {
  const cwd = folderWith({ 'a.yaml': unsponsored() });
  mkdirSync(join(cwd, '.agentid-lint'));
  const lock = join(cwd, `${BASELINE}.lock`);
  writeFileSync(lock, '{"pid":4194304,"startedAt":0}\n');
  writeFileSync(`${lock}.lock`, '{"pid":4194304,"startedAt":0}\n');
  expect(await run(['baseline', 'create', '-q', '--now', NOW], { cwd })).toMatchObject({
    status: 0,
    stderr: '',
  });
  expect(readdirSync(join(cwd, '.agentid-lint'))).toEqual(['baseline.ndjson']);
});

test('a baseline of a tenant is made and checked from a snapshot', async () => {
  const { env } = await standIn();
  const cwd = folderWith({});
  const kept = await run(['scan', '-q', '--now', NOW, '--keep', 't.snapshot'], { cwd, env });
  expect(kept.status).toBe(1);
  const args = ['--snapshot', 't.snapshot', '--now', NOW, '-q'];
  expect(await run(['baseline', 'create', ...args], { cwd })).toMatchObject({ status: 0, stderr: '' });
  expect(entriesIn(cwd).length).toBeGreaterThan(0);
  expect(await run(['baseline', 'check', ...args], { cwd })).toMatchObject({
    status: 0,
    stdout: `${BASELINE}: ${entriesIn(cwd).length} known, 0 new, 0 stale\n`,
  });
  expect(await run(['scan', ...args, '--fail-on-new'], { cwd })).toMatchObject({ status: 0 });
  expect(await run(['baseline', 'check', 'a.yaml', ...args], { cwd })).toMatchObject({
    status: 2,
    stderr: 'error: --snapshot judges a tenant, and paths name files\n  Keep one of the two.\n',
  });
});
