import { spawnSync } from 'node:child_process';
import { cpSync, mkdtempSync, readFileSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { parse } from 'yaml';
import { executable, projectRoot } from '../../scripts/lib/opa.mjs';
import { loadBundle } from '../../src/policy/bundle.ts';
import type { FileCase } from '../support/examples.ts';
import { lintFiles } from '../support/lint-files.ts';

const ID = 'exposure/brand-new';
let project = '';

beforeAll(() => {
  project = mkdtempSync(join(tmpdir(), 'agentid-new-rule-'));
  for (const folder of ['scripts', 'policies', 'schemas', '.regal']) {
    cpSync(join(projectRoot, folder), join(project, folder), { recursive: true });
  }
  for (const folder of ['node_modules', 'packages', 'src'])
    symlinkSync(join(projectRoot, folder), join(project, folder), 'dir');
});

afterAll(() => {
  rmSync(project, { recursive: true });
});

function run(...args: readonly string[]): string {
  const env = { ...process.env, OPA: executable('opa'), REGAL: executable('regal') };
  const { status, stdout, stderr } = spawnSync(process.execPath, args, {
    cwd: project,
    encoding: 'utf8',
    env,
  });
  expect({ status, stderr }, stdout).toEqual({ status: 0, stderr: '' });
  return stdout;
}

test('a rule that was just started is formatted, checked, tested, linted, built, and finds what its examples say', async () => {
  const before = loadBundle(join(project, 'policies', 'bundle')).catalogue.rules.length;
  run(join(projectRoot, 'dist', 'cli.js'), 'rules', 'new', ID, '--dir', 'policies');
  expect(run('scripts/build-policies.mjs')).toContain(`built: ${before + 1} rules`);
  expect(run('scripts/test-policies.mjs').split('\n')).toEqual([
    'format: ok',
    'strict check: ok',
    expect.stringMatching(/^unit tests: \d+ passed, \d+ of \d+ lines covered$/),
    'regal lint: ok',
    '',
  ]);
  const bundle = loadBundle(join(project, 'policies', 'bundle'));
  const examples = parse(
    readFileSync(join(project, 'policies', 'exposure', 'brand_new.examples.yaml'), 'utf8'),
  ) as readonly FileCase[];
  expect(examples.length).toBeGreaterThanOrEqual(4);
  for (const { file, source, fixed, findings } of examples) {
    const own = async (text: string) => {
      const report = await lintFiles({ [file]: text }, { bundles: [bundle] });
      expect(report.outcomes.find(({ rule }) => rule === ID)?.status).toBe('evaluated');
      return report.findings.filter(({ rule }) => rule === ID).map(({ path, args }) => ({ path, args }));
    };
    expect(await own(source)).toEqual(findings ?? []);
    if (fixed !== undefined) expect(await own(fixed)).toEqual([]);
  }
});
