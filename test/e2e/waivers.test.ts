import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { folderWith, NOW, POSIX, run, shell } from './cli.ts';
import { clean, NO_SPONSOR, unsponsored } from './manifests.ts';
import { lintJson } from './report.ts';

const WAIVERS = '.agentid-lint/waivers.yaml';
const GIVEN = ['--reason', 'Sponsor is on leave', '--approved-by', 'Ines Moreau', '--now', NOW];
const UNTIL = ['--expires', '2027-01-31'];
const textIn = (cwd: string) => readFileSync(join(cwd, WAIVERS), 'utf8');

/** The fingerprint of the only finding in a file. */
async function fingerprintOf(file: string, cwd: string): Promise<string> {
  const { report } = await lintJson([file, '--now', NOW, '--no-waivers', '-q'], { cwd });
  return report.findings[0]?.fingerprint ?? '';
}

describe('waivers add', () => {
  test('writes a file that is checked as it is typed, about the most stable name', async () => {
    const cwd = folderWith({ 'a.yaml': unsponsored() });
    const fingerprint = await fingerprintOf('a.yaml', cwd);
    expect(
      await run(['waivers', 'add', fingerprint.slice(0, 12), ...GIVEN, ...UNTIL, '--ticket', 'GOV-7'], {
        cwd,
      }),
    ).toMatchObject({
      status: 0,
      stdout: `waived until 2027-01-31 in ${WAIVERS}:\n  high      ${NO_SPONSOR}  a.yaml:1:1  quote-writer  ${fingerprint}\n`,
      stderr: '',
    });
    expect(textIn(cwd))
      .toBe(`# yaml-language-server: $schema=https://raw.githubusercontent.com/agentid-lint/agentid-lint/main/schemas/waivers.schema.json
# Findings that somebody answers for until a day. "agentid-lint waivers list" shows them, the next to end first.
version: 1
waivers:
  - rule: ${NO_SPONSOR}
    object:
      uniqueName: "quote-writer"
    fingerprint: ${fingerprint}
    reason: "Sponsor is on leave"
    approvedBy: "Ines Moreau"
    ticket: "GOV-7"
    created: 2026-11-23
    expires: 2027-01-31
`);
    expect(await run(['lint', '-q', '-f', 'compact', '--now', NOW], { cwd })).toMatchObject({ status: 0 });
    expect(await run(['lint', '-q', '--no-waivers', '--now', NOW], { cwd })).toMatchObject({ status: 1 });
    expect(readdirSync(join(cwd, '.agentid-lint'))).toEqual(['waivers.yaml']);
  });

  test('keeps every other byte, and names a nameless resource by its file', async () => {
    const nameless = unsponsored('nameless').replace(/^uniqueName.*\n/m, '');
    const before = `# ours\r\nversion: 1   # the only one\r\nwaivers: []  # none yet\r\n# the end\r\n`;
    const cwd = folderWith({ 'agents/a.yaml': nameless, [WAIVERS]: before });
    const fingerprint = await fingerprintOf('agents/a.yaml', cwd);
    expect(await run(['waivers', 'add', fingerprint, ...GIVEN, ...UNTIL], { cwd })).toMatchObject({
      status: 0,
    });
    expect(textIn(cwd)).toBe(
      `# ours
version: 1   # the only one
waivers:  # none yet
  - rule: ${NO_SPONSOR}
    object:
      file: "agents/a.yaml"
    fingerprint: ${fingerprint}
    reason: "Sponsor is on leave"
    approvedBy: "Ines Moreau"
    created: 2026-11-23
    expires: 2027-01-31
# the end
`.replaceAll('\n', '\r\n'),
    );
  });

  test('takes the finding from a saved report', async () => {
    const cwd = folderWith({ 'a.yaml': unsponsored() });
    const fingerprint = await fingerprintOf('a.yaml', cwd);
    await run(['lint', '-q', '--now', NOW, '--output', 'json=r.json'], { cwd });
    expect(
      await run(['waivers', 'add', fingerprint, '--results', 'r.json', ...GIVEN, ...UNTIL], { cwd }),
    ).toMatchObject({ status: 0, stderr: '' });
  });

  test.each([
    [[], 'missing: the fingerprint of the finding, --reason, --approved-by, --expires'],
    [['v1:00000000', ...GIVEN, ...UNTIL], 'no finding has the fingerprint v1:00000000'],
    [['quote-writer', ...GIVEN, ...UNTIL], '"quote-writer" is no fingerprint'],
    [
      ['F', ...GIVEN, '--expires', '2026-01-01'],
      'waiver-ends-before-it-begins: "expires" is before "created".',
    ],
    [['F', ...GIVEN, '--expires', '2027-01-31T10:00:00'], 'waiver-invalid-date: "expires" has no zone.'],
    [['F', ...GIVEN, ...UNTIL, '--reason', ' '], 'reason: the value is empty'],
  ])('refuses %j, and writes nothing', async (args, message) => {
    const cwd = folderWith({ 'a.yaml': unsponsored() });
    const fingerprint = await fingerprintOf('a.yaml', cwd);
    const ran = await run(['waivers', 'add', ...args.map((each) => (each === 'F' ? fingerprint : each))], {
      cwd,
    });
    expect(ran).toMatchObject({ status: 2, stdout: '' });
    expect(ran.stderr.split('\n')[0]).toBe(`error: ${message}`);
    expect(existsSync(join(cwd, WAIVERS))).toBe(false);
  });
});

/** Two waivers: of a finding that is there, and of one that is not. */
function withWaivers(): { readonly cwd: string; readonly entries: readonly string[] } {
  const entry = (rule: string, name: string, expires: string) => `  - rule: ${rule}
    object: { uniqueName: ${name} } # the object
    reason: Nobody is there yet
    approvedBy: Ines Moreau
    created: 2026-11-01
    expires: ${expires}
`;
  const entries = [
    entry(NO_SPONSOR, 'quote-writer', '2026-12-01'),
    entry(NO_SPONSOR, 'second', '2027-06-30'),
  ];
  const cwd = folderWith({
    'a.yaml': unsponsored(),
    'b.yaml': clean('second'),
    [WAIVERS]: `# ours\nversion: 1\nwaivers:\n${entries.join('  # between\n')}# the end\n`,
  });
  return { cwd, entries };
}

describe('waivers list, check and prune', () => {
  test('list shows the next to end first', async () => {
    const { cwd } = withWaivers();
    expect(await run(['waivers', 'list', '--now', '2026-12-31T00:00:00Z'], { cwd })).toMatchObject({
      status: 0,
      stdout: `until       days left  rule                                 object                   approved by  reason
2026-12-01  expired    ${NO_SPONSOR}  uniqueName quote-writer  Ines Moreau  Nobody is there yet
2027-06-30  181        ${NO_SPONSOR}  uniqueName second        Ines Moreau  Nobody is there yet
`,
      stderr: '',
    });
    const { stdout } = await run(['waivers', 'list', '-f', 'json', '--now', NOW], { cwd });
    expect(JSON.parse(stdout)).toMatchObject({
      file: WAIVERS,
      waivers: [
        {
          object: { uniqueName: 'quote-writer' },
          expires: '2026-12-01',
          daysLeft: 8,
          isExpired: false,
          line: 4,
        },
        {
          object: { uniqueName: 'second' },
          expires: '2027-06-30',
          daysLeft: 219,
          isExpired: false,
          line: 11,
        },
      ],
    });
  });

  test('check ends with 1 for what is stale or expired', async () => {
    const { cwd } = withWaivers();
    const stale = await run(['waivers', 'check', '--now', NOW], { cwd });
    expect(stale.status).toBe(1);
    expect(stale.stdout).toMatch(/^2 waivers: 0 expired, 1 stale, 1 about to expire\n/);
    const expired = await run(['waivers', 'check', '--now', '2026-12-02T00:00:00Z'], { cwd });
    expect(expired.status).toBe(1);
    expect(expired.stdout).toMatch(/^2 waivers: 1 expired, 1 stale, 0 about to expire\n/);
    expect(expired.stdout).toContain(
      `${WAIVERS}:4: ${NO_SPONSOR}, uniqueName quote-writer, until 2026-12-01`,
    );
  });

  test('prune takes out what is expired or stale, and keeps every other byte', async () => {
    const { cwd, entries } = withWaivers();
    const before = textIn(cwd);
    const later = ['--now', '2026-12-02T00:00:00Z'];
    const dry = await run(['waivers', 'prune', '--dry-run', ...later], { cwd });
    expect(dry.status).toBe(0);
    expect(dry.stdout).toMatch(/^--- \.agentid-lint\/waivers\.yaml\n\+\+\+ /);
    expect(dry.stdout.split('\n').filter((line) => line.startsWith('-  '))).toHaveLength(12);
    expect(textIn(cwd)).toBe(before);
    expect(await run(['waivers', 'prune', '--now', NOW], { cwd })).toMatchObject({
      status: 0,
      stdout: `removed 1 waiver from ${WAIVERS}, 1 stay\n  stale  ${NO_SPONSOR}  uniqueName second  until 2027-06-30\n`,
    });
    expect(textIn(cwd)).toBe(before.replace(entries[1] ?? '', ''));
    expect(await run(['waivers', 'prune', ...later], { cwd })).toMatchObject({ status: 0 });
    expect(textIn(cwd)).toBe('# ours\nversion: 1\nwaivers: []\n  # between\n# the end\n');
    expect(await run(['waivers', 'list'], { cwd })).toMatchObject({
      status: 0,
      stdout: `no waivers: ${WAIVERS}\n`,
    });
  });

  test('--strict makes stale and expired ones an error', async () => {
    const { cwd } = withWaivers();
    const { status, report } = await lintJson(['--strict', '-q', '--now', '2026-12-02T00:00:00Z'], { cwd });
    expect(status).toBe(2);
    expect(report.exitReasons).toEqual([
      { code: 2, reason: 'there are stale suppressions, and --strict is on' },
      { code: 2, reason: 'there are expired suppressions, and --strict is on' },
      { code: 1, reason: 'findings at or above "high"' },
    ]);
  });
});

describe.runIf(POSIX)('waivers are written whole or not at all', () => {
  test('S09 by several processes at once: nothing is lost', async () => {
    const names = ['one', 'two', 'three', 'four'];
    const cwd = folderWith(Object.fromEntries(names.map((name) => [`${name}.yaml`, unsponsored(name)])));
    const fingerprints = await Promise.all(names.map((name) => fingerprintOf(`${name}.yaml`, cwd)));
    const runs = await Promise.all(
      fingerprints.map((fingerprint) => run(['waivers', 'add', fingerprint, ...GIVEN, ...UNTIL], { cwd })),
    );
    expect(runs.map(({ status, stderr }) => ({ status, stderr }))).toEqual(
      names.map(() => ({ status: 0, stderr: '' })),
    );
    for (const name of names) expect(textIn(cwd)).toContain(`uniqueName: "${name}"`);
    expect(await run(['lint', '-q', '--now', NOW], { cwd })).toMatchObject({ status: 0 });
  });

  test('on a full disk: the old file stays, and the command ends with 10', async () => {
    const { cwd } = withWaivers();
    const before = textIn(cwd);
    const ran = await shell(
      `trap '' XFSZ; ulimit -f 0; $CLI waivers prune --now 2028-01-01T00:00:00Z; echo "ended with $?"`,
      { cwd },
    );
    expect(ran.stdout).toBe('ended with 10\n');
    expect(textIn(cwd)).toBe(before);
  });
});
