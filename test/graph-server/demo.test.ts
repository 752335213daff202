import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, onTestFinished, test } from 'vitest';
import { PLANTED, PLANTED_FOR_OPTIONS } from './believable-tenant.ts';
import { startDemo } from './demo.ts';

const script = fileURLToPath(new URL('../../scripts/demo-tenant.mjs', import.meta.url));

type Ended = { readonly code: number | null; readonly stdout: string; readonly stderr: string };

async function demo(...args: readonly string[]): Promise<Ended> {
  const child = spawn(process.execPath, [script, ...args], { env: { PATH: process.env['PATH'] } });
  const texts = { stdout: '', stderr: '' };
  child.stdout.setEncoding('utf8').on('data', (text: string) => (texts.stdout += text));
  child.stderr.setEncoding('utf8').on('data', (text: string) => (texts.stderr += text));
  const code = await new Promise<number | null>((resolve) => child.on('close', resolve));
  return { code, ...texts };
}

/** A config in which every rule that something is planted for is switched on. */
function configWithOptions(): string {
  const folder = mkdtempSync(join(tmpdir(), 'agentid-demo-'));
  onTestFinished(() => {
    rmSync(folder, { recursive: true });
  });
  const rules = Object.fromEntries(PLANTED_FOR_OPTIONS.map(({ rule, options }) => [rule, options]));
  const path = join(folder, 'agentid-lint.config.json');
  writeFileSync(path, JSON.stringify({ version: 1, rules }));
  return path;
}

test('the demo serves today’s believable tenant to its token', async () => {
  const { url, token, tenantId, close } = await startDemo(0);
  onTestFinished(close);
  const response = await fetch(`${url}/v1.0/organization?$select=id,displayName`, {
    headers: { Authorization: `Bearer ${token}` },
  });
  expect(await response.json()).toMatchObject({ value: [{ id: tenantId, displayName: 'Larkspur Freight' }] });
  expect(Math.abs(Date.parse(response.headers.get('date') ?? '') - Date.now())).toBeLessThan(60_000);
});

test('a scan of the believable tenant finds each planted violation and nothing else', async () => {
  const { code, stdout, stderr } = await demo('--format', 'json', '--config', configWithOptions());
  expect([code, stderr]).toEqual([1, expect.not.stringContaining('error')]);
  const { findings } = JSON.parse(stdout) as {
    findings: readonly { readonly rule: string; readonly resource: { readonly ref: string } }[];
  };
  const told = (list: readonly (readonly [rule: string, resource: string])[]) =>
    list.map(([rule, resource]) => `${rule} ${resource}`).toSorted();
  expect(told(findings.map(({ rule, resource }) => [rule, resource.ref]))).toEqual(
    told([...PLANTED, ...PLANTED_FOR_OPTIONS].map(({ rule, resource }) => [rule, resource])),
  );
}, 60_000);

test('the demo passes on arguments and the exit code', async () => {
  const { code, stderr } = await demo('--format', 'nonsense');
  expect([code, stderr]).toEqual([2, expect.stringContaining('unknown value "nonsense"')]);
});
