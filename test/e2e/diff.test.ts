import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { describe, expect, test } from 'vitest';
import { folderWith, NOW, ROOT, run } from './cli.ts';

const LATER = '2026-11-30T00:00:00Z';

function manifest(parts: readonly string[] = []): string {
  return [
    'kind: agentIdentityBlueprint',
    'displayName: lf-invoice-prd',
    'uniqueName: lf-invoice-prd',
    'description: Sends invoices.',
    'serviceManagementReference: CMDB-1',
    'sponsors: [a@contoso.com, b@contoso.com]',
    'owners: [a@contoso.com, b@contoso.com]',
    ...parts,
    '',
  ].join('\n');
}

const OPEN = 'signInAudience: AzureADMultipleOrgs';
const PERSONAL = 'signInAudience: AzureADandPersonalMicrosoftAccount';
const RULES = ['--rule', 'exposure/multi-tenant', '--rule', 'exposure/personal-accounts'];

/** Lints what is in a folder, and saves the report there. */
async function save(cwd: string, name: string, args: readonly string[] = [], now = NOW): Promise<void> {
  const saved = await run(
    ['lint', '.', '--now', now, '-q', '--output', `json=${name}`, ...RULES, '--exclude', '*.json', ...args],
    { cwd },
  );
  expect([0, 1, 4]).toContain(saved.status);
}

/** Two reports of one folder, in which two files change. */
async function changed(
  after: Readonly<Record<string, string>>,
  args: readonly string[] = [],
): Promise<{ readonly cwd: string; readonly diff: (...args: readonly string[]) => ReturnType<typeof run> }> {
  const cwd = folderWith({ 'a.yaml': manifest([OPEN]) });
  await save(cwd, 'old.json');
  for (const [name, text] of Object.entries(after)) writeFileSync(join(cwd, name), text);
  await save(cwd, 'new.json', args, LATER);
  return { cwd, diff: (...more) => run(['diff', 'old.json', 'new.json', ...more], { cwd }) };
}

describe('diff', () => {
  test('tells what is added and what is fixed', async () => {
    const { diff } = await changed({ 'a.yaml': manifest([PERSONAL]) });
    const told = await diff();
    expect(told.stderr).toBe('');
    expect(told.stdout.replaceAll(/v1:[0-9a-f]{8}/g, 'v1:…')).toMatchInlineSnapshot(`
      "Added (1)
        high[exposure/personal-accounts] blueprint "lf-invoice-prd" accepts personal Microsoft accounts: its audience is AzureADandPersonalMicrosoftAccount
          a.yaml:8:17  v1:…

      Fixed (1)
        high[exposure/multi-tenant] blueprint "lf-invoice-prd" can be used by every tenant: its audience is AzureADMultipleOrgs
          a.yaml:8:17  v1:…

      from old.json (2026-11-23T00:00:00Z) to new.json (2026-11-30T00:00:00Z)
      1 added, 1 fixed, 0 unchanged
      failed: 1 finding at or above "high" did not count before (exit 1)
      "
    `);
    expect(told.status).toBe(1);
    expect(await diff('--fail-on', 'none')).toMatchObject({ status: 0 });
    expect(await diff('--fail-on', 'none', '--fail-on-new')).toMatchObject({ status: 1 });
  });

  test('tells nothing of a report and itself', async () => {
    const { cwd } = await changed({});
    expect(await run(['diff', 'old.json', 'old.json'], { cwd })).toMatchObject({
      status: 0,
      stdout: [
        `from old.json (${NOW}) to old.json (${NOW})`,
        '0 added, 0 fixed, 1 unchanged',
        'passed: nothing at or above "high" counts that did not before (exit 0)',
        '',
      ].join('\n'),
    });
  });

  test('never calls fixed what cannot be read any more', async () => {
    const { diff } = await changed({ 'a.yaml': `${manifest([OPEN])}}` });
    const told = await diff();
    expect(told).toMatchObject({ status: 4, stderr: '' });
    expect(told.stdout).toContain('Cannot be told: not read, or the rule not asked (1)');
    expect(told.stdout).toContain('\n0 added, 1 cannot be told, 1 new problem, 0 fixed, 0 unchanged\n');
    expect(await diff('--allow-incomplete')).toMatchObject({ status: 0 });
  });

  test('never calls fixed what was not asked for', async () => {
    const { diff } = await changed({}, ['--skip-rule', 'exposure/multi-tenant']);
    expect(await diff()).toMatchObject({ status: 4 });
  });

  test('tells of another severity that the config gives, and fails when it is a worse one', async () => {
    const config = ['version: 1', 'rules:', '  exposure/multi-tenant: { severity: critical }', ''].join('\n');
    const { diff, cwd } = await changed({ 'agentid-lint.config.yaml': config });
    const told = await diff();
    expect(told.stdout).toMatch(/^Severity changed \(1\)\n {2}high → critical\[exposure\/multi-tenant\]/);
    expect(told.status).toBe(1);
    expect(await run(['diff', 'new.json', 'old.json', '-q'], { cwd })).toMatchObject({ status: 0 });
  });

  test('of a file that has moved and is written in another language, tells nothing', async () => {
    const { diff } = await changed({
      'a.yaml': '{}\n',
      'moved.yml': `# moved\n${manifest([`"signInAudience": 'AzureADMultipleOrgs'`])}`,
    });
    expect((await diff()).stdout).toContain('\n0 added, 0 fixed, 1 unchanged\n');
  });

  test('writes JSON that fits its schema, and Markdown', async () => {
    const { diff, cwd } = await changed({ 'a.yaml': manifest([PERSONAL]) });
    const { stdout, status } = await diff('--format', 'json', '--output', 'markdown=diff.md');
    expect(status).toBe(1);
    const schema = (name: string) =>
      JSON.parse(readFileSync(join(ROOT, 'schemas', `${name}.schema.json`), 'utf8')) as object;
    const ajv = new Ajv2020({ strict: false, validateFormats: false });
    const fits = ajv.addSchema(schema('report')).compile(schema('diff'));
    const written = JSON.parse(stdout) as { readonly summary: unknown; readonly exitReasons: unknown };
    expect(fits(written), JSON.stringify(fits.errors)).toBe(true);
    expect(written).toMatchObject({
      format: 'diff-v1',
      older: { file: 'old.json', now: NOW },
      newer: { file: 'new.json', now: LATER },
      verdict: 'fail',
      summary: { added: 1, fixed: 1, unchanged: 0, unknown: 0, unread: 0 },
    });
    expect(readFileSync(join(cwd, 'diff.md'), 'utf8')).toMatch(
      /^## agentid-lint: what has changed\n\n\*\*1 added, 1 fixed, 0 unchanged\*\*\n/,
    );
  });

  test('takes one of the two from stdin, and colours when it is told to', async () => {
    const { cwd } = await changed({ 'a.yaml': manifest([PERSONAL]) });
    const stdin = readFileSync(join(cwd, 'new.json'), 'utf8');
    const told = await run(['diff', 'old.json', '-', '--color'], { cwd, stdin });
    expect(told).toMatchObject({ status: 1, stderr: '' });
    expect(told.stdout).toContain('\u001b[1mAdded (1)\u001b[0m');
    expect(told.stdout).toContain(`to stdin (${LATER})`);
  });

  test('refuses what it cannot compare', async () => {
    const { cwd } = await changed({});
    const text = readFileSync(join(cwd, 'old.json'), 'utf8');
    writeFileSync(join(cwd, 'cut.json'), text.slice(0, text.length / 2));
    writeFileSync(join(cwd, 'base.json'), text.replace('"base": ""', '"base": "agents"'));
    const refusals: readonly (readonly [args: readonly string[], said: string])[] = [
      [['old.json', 'none.json'], 'none.json: no-such-file'],
      [['cut.json', 'old.json'], 'cut.json:'],
      [['-', '-'], 'both reports cannot come from stdin'],
      [['old.json', 'base.json'], 'these cannot be compared: "old.json" is of files below'],
      [['old.json', 'old.json', '-f', 'sarif'], '--format: unknown value "sarif"'],
      [['old.json', 'old.json', '--output', 'sarif=x'], '--output: unknown value "sarif"'],
      [['old.json', 'old.json', '--output', 'json=old.json'], 'would replace'],
    ];
    for (const [args, said] of refusals) {
      const refused = await run(['diff', ...args], { cwd });
      expect(refused, said).toMatchObject({ status: 2, stdout: '' });
      expect(refused.stderr).toContain(said);
    }
  });
});

describe('--previous', () => {
  test('tells what is new and gone, fails on new findings when it is told to, and may name what the run replaces', async () => {
    const { cwd } = await changed({ 'a.yaml': manifest([PERSONAL]) });
    const lint = (...args: readonly string[]) =>
      run(['lint', 'a.yaml', '--now', LATER, '-q', '--fail-on', 'none', ...RULES, ...args], { cwd });
    const told = await lint('--previous', 'old.json', '--fail-on-new', '--output', 'json=old.json');
    expect(told.status).toBe(1);
    expect(JSON.parse(readFileSync(join(cwd, 'old.json'), 'utf8'))).toMatchObject({
      failOnNew: true,
      exitReasons: [{ code: 1, reason: `1 new finding since ${NOW}` }],
      previous: {
        file: 'old.json',
        now: NOW,
        added: 1,
        fixed: 1,
        severityChanged: 0,
        suppressed: 0,
        unsuppressed: 0,
        unknown: 0,
      },
    });
    expect(await lint('--previous', 'old.json', '--fail-on-new')).toMatchObject({ status: 0 });
    for (const [name, said] of [
      ['none.json', 'none.json: no-such-file'],
      ['a.yaml', 'a.yaml'],
      ['-', '--previous names a file'],
    ] as const) {
      const refused = await lint('--previous', name);
      expect(refused, name).toMatchObject({ status: 2, stdout: '' });
      expect(refused.stderr).toContain(said);
    }
  });
});
