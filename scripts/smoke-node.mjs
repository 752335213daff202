/**
 * Runs the built command line under the Node that runs this script, so that CI can try every supported version:
 *
 *   npx -y -p node@22 node scripts/smoke-node.mjs
 */
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const ROOT = fileURLToPath(new URL('..', import.meta.url));
const CLI = join(ROOT, 'dist', 'cli.js');
const EXAMPLES = [
  'lint',
  'examples',
  '--config',
  'examples/agentid-lint.config.yaml',
  '--now',
  '2026-11-23T00:00:00Z',
];
const folder = mkdtempSync(join(tmpdir(), 'agentid-lint-smoke-'));

/**
 * @param {readonly string[]} args
 * @param {{ input?: string, cwd?: string, node?: readonly string[] }} [options]
 */
function cli(args, { input = '', cwd = ROOT, node = [] } = {}) {
  // Windows starts nothing without its SystemRoot.
  const { PATH = '', SystemRoot = '' } = process.env;
  const { status, stdout, stderr } = spawnSync(process.execPath, [...node, CLI, ...args], {
    cwd,
    input,
    encoding: 'utf8',
    env: { PATH, AGENTID_LINT_CACHE_DIR: folder, ...(SystemRoot === '' ? {} : { SystemRoot }) },
    maxBuffer: 64 * 1024 * 1024,
  });
  return { status, stdout, stderr };
}

/** @param {string} text */
const withoutRelease = (text) =>
  text
    .replace(/"version": "[^"]+"/, '"version": "…"')
    .replace(/"policyDigest": "[^"]+"/, '"policyDigest": "…"')
    .replace(/"digest": "[^"]+"(,\s+"rules": )\d+/, '"digest": "…"$1…');

/** @param {string} name */
const golden = (name) => readFileSync(join(ROOT, 'test/e2e/golden', name), 'utf8');

/** @type {Readonly<Record<string, () => void>>} */
const CHECKS = {
  'the version is that of the package'() {
    const { version } = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8'));
    assert.deepEqual(cli(['--version']), { status: 0, stdout: `${version}\n`, stderr: '' });
  },
  'the examples give the golden reports'() {
    for (const [format, file] of [
      ['pretty', 'examples.txt'],
      ['compact', 'examples-compact.txt'],
      ['json', 'examples.json'],
    ]) {
      const { status, stdout, stderr } = cli([...EXAMPLES, '--format', String(format)]);
      assert.deepEqual({ status, stderr }, { status: 1, stderr: '' });
      assert.equal(withoutRelease(stdout), golden(String(file)));
    }
  },
  'nothing warns, not even of what will be deprecated'() {
    const { status, stderr } = cli(EXAMPLES, { node: ['--pending-deprecation', '--throw-deprecation'] });
    assert.deepEqual({ status, stderr }, { status: 1, stderr: '' });
  },
  'it works where code must not be made from text'() {
    const { status } = cli(EXAMPLES, { node: ['--disallow-code-generation-from-strings'] });
    assert.equal(status, 1);
  },
  'Y01 deep nesting is refused, and does not end the process'() {
    const line = `- ${'['.repeat(850)}${']'.repeat(850)}\n`;
    const { status, stdout } = cli(['lint', '-', '-f', 'compact'], { input: line + line });
    assert.equal(status, 4);
    assert.match(stdout, /stdin\.yaml:1:\d+: error too-deep /);
  },
  'a report of megabytes arrives whole'() {
    const value = Array.from({ length: 3000 }, (_, place) => ({
      '@odata.type': '#microsoft.graph.agentIdentityBlueprint',
      displayName: `agent-${place}`,
    }));
    const input = JSON.stringify({
      '@odata.context': 'https://graph.microsoft.com/v1.0/$metadata#applications',
      value,
    });
    const { status, stdout } = cli(['lint', '-', '--stdin-filename', 'fleet.json', '-f', 'json'], { input });
    assert.equal(status, 1);
    assert.equal(JSON.parse(stdout).ledger.resources.judged, 3000);
  },
  'a report file replaces the old one'() {
    writeFileSync(join(folder, 'lint.json'), 'old');
    const { status } = cli([...EXAMPLES, '--output', `json=${join(folder, 'lint.json')}`]);
    assert.equal(status, 1);
    assert.equal(JSON.parse(readFileSync(join(folder, 'lint.json'), 'utf8')).exitCode, 1);
  },
  'an own rule is made, tested, linted with, and no code is made from text'() {
    const cwd = mkdtempSync(join(folder, 'own-'));
    const node = ['--disallow-code-generation-from-strings'];
    assert.equal(cli(['rules', 'new', 'acme/notes'], { cwd, node }).status, 0);
    assert.equal(cli(['rules', 'test'], { cwd, node }).status, 0);
    const manifest = 'kind: agentIdentityBlueprint\ndisplayName: invoice-bot\n';
    const { status, stderr } = cli(['lint', '-', '--rules', 'rules', '--rule', 'acme/*'], {
      cwd,
      node: [...node, '--throw-deprecation'],
      input: manifest,
    });
    assert.deepEqual({ status, stderr }, { status: 0, stderr: '' });
  },
  'nothing to judge, a mistake and a broken file have their codes'() {
    assert.equal(cli(['lint'], { cwd: folder }).status, 3);
    assert.equal(cli(['lint', '--fial-on', 'high']).status, 2);
    assert.equal(cli(['lint', '-'], { input: 'kind: [' }).status, 4);
  },
};

try {
  for (const [name, check] of Object.entries(CHECKS)) {
    check();
    console.log(`ok   ${name}`);
  }
  console.log(`Node ${process.version}: ${Object.keys(CHECKS).length} checks passed`);
} finally {
  rmSync(folder, { recursive: true, force: true });
}
