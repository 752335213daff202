import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { describe, expect, test } from 'vitest';
import { handMade } from '../policy/foreign.ts';
import { forEver } from '../policy/wasm-module.ts';
import { cleanEnv, folderWith, NOW, POSIX, ROOT } from './cli.ts';
import { unsponsored } from './manifests.ts';

/** A program that lints its folder with a policy that never ends beside the built-in rules, by the published library. */
function program(limits: object): string {
  const { wasm, ...bundle } = handMade({ whole: forEver, rules: { 'acme/loop': forEver } });
  return `
    import { builtInRules, lint } from ${JSON.stringify(pathToFileURL(join(ROOT, 'dist/index.js')).href)};
    const bundle = ${JSON.stringify(bundle)};
    const wasm = new Uint8Array(Buffer.from('${Buffer.from(wasm).toString('base64')}', 'base64'));
    const report = await lint({
      cwd: process.cwd(),
      paths: ['a.yaml'],
      files: { root: process.cwd(), exclude: [], respectGitignore: false, maxFileSize: 1e6 },
      hintsFor: () => ({ relationships: 'declared' }),
      isManifest: () => false,
      settingsFor: () => ({ key: '', rules: {} }),
      production: { environments: [], tags: [] },
      failOn: 'high',
      allowEmpty: false,
      allowIncomplete: false,
      bundles: [builtInRules(), { ...bundle, wasm }],
      limits: ${JSON.stringify(limits)},
      version: '0',
      now: '${NOW}',
      onStage: (stage) => process.stdout.write(stage + '\\n'),
    });
    process.stdout.write(JSON.stringify(report.exitReasons) + '\\n');
  `;
}

function start(limits: object) {
  const cwd = folderWith({ 'a.yaml': unsponsored(), 'run.mjs': program(limits) });
  const child = spawn(process.execPath, ['run.mjs'], { cwd, env: cleanEnv() });
  let stdout = '';
  let stderr = '';
  child.stdout.on('data', (chunk: Buffer) => (stdout += chunk.toString()));
  child.stderr.on('data', (chunk: Buffer) => (stderr += chunk.toString()));
  const ended = new Promise((resolve, reject) => {
    child.on('error', reject);
    child.on('close', (code, signal) => {
      resolve({ code, signal, stdout: stdout.split('\n'), stderr });
    });
  });
  return { child, ended };
}

describe('a policy that never ends, in the published library', () => {
  test('P03 is stopped, and the process ends by itself', async () => {
    const { ended } = start({ call: 300 });
    expect(await ended).toEqual({
      code: 0,
      signal: null,
      stdout: [
        ...['read', 'prepare', 'evaluate', 'locate'],
        JSON.stringify([
          { code: 10, reason: 'policy acme/loop (from ./rules) exceeded 0.3 s' },
          { code: 1, reason: 'findings at or above "high"' },
        ]),
        '',
      ],
      stderr: '',
    });
  });

  // A shell tells the end by a signal as 128 and its number: 130, 143.
  test.runIf(POSIX).each(['SIGINT', 'SIGTERM'] as const)('S06 is left at once by %s', async (name) => {
    const { child, ended } = start({ call: 600_000, bundle: 600_000 });
    child.stdout.on('data', (chunk: Buffer) => {
      if (chunk.toString().includes('evaluate')) setTimeout(() => child.kill(name), 100);
    });
    expect(await ended).toEqual({
      code: null,
      signal: name,
      stdout: ['read', 'prepare', 'evaluate', ''],
      stderr: '',
    });
  });
});
