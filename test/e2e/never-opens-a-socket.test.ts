import { spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { describe, expect, test } from 'vitest';
import { compilerIsBuilt } from '../support/compiler.ts';
import { WHOLE } from '../support/own-rules.ts';
import { cleanEnv, folderWith, NOW, ROOT, run, type Files } from './cli.ts';
import { compiledBundle } from './own-bundles.ts';

const HOOK = join(ROOT, 'test/e2e/fixtures/no-way-out.mjs');
const NODE = ['--import', pathToFileURL(HOOK).href];
const CAUGHT = 97;
/** For runs that judge by own rules, which are compiled and evaluated in threads. */
const NODE_WITH_THREADS = ['--import', `${pathToFileURL(HOOK).href}?threads`];

/** One script for each way out of a process; none of them may get as far as the loopback address. */
const WAYS_OUT = {
  'a TCP socket': `(await import('node:net')).connect(9, '127.0.0.1')`,
  'a socket of its own': `new (await import('node:net')).Socket().connect(9, '127.0.0.1')`,
  'a TLS socket': `(await import('node:tls')).connect(9, '127.0.0.1')`,
  'a request over http': `(await import('node:http')).get('http://127.0.0.1:9/')`,
  'a request over https': `(await import('node:https')).get('https://127.0.0.1:9/')`,
  'a session over http2': `(await import('node:http2')).connect('http://127.0.0.1:9/')`,
  'a UDP packet': `(await import('node:dgram')).createSocket('udp4').send('x', 9, '127.0.0.1')`,
  'a look-up of a name': `(await import('node:dns')).lookup('localhost', () => undefined)`,
  'a query of a name': `await (await import('node:dns/promises')).resolve4('localhost')`,
  'a query by a resolver': `new (await import('node:dns')).Resolver().resolve4('localhost', () => undefined)`,
  fetch: `await fetch('http://127.0.0.1:9/')`,
  'a process': `(await import('node:child_process')).spawn(process.execPath, ['--version'])`,
  'a process that is waited for': `(await import('node:child_process')).execFileSync(process.execPath, ['--version'])`,
  'a worker': `new (await import('node:worker_threads')).Worker('1', { eval: true })`,
};

describe('the hook catches', () => {
  const attempt = (script: string, node = NODE) =>
    new Promise<number | NodeJS.Signals | null>((resolve, reject) => {
      const child = spawn(process.execPath, [...node, '--input-type=module', '-e', script], {
        env: cleanEnv(),
      });
      child.on('error', reject);
      child.on('close', (code, signal) => {
        resolve(code ?? signal);
      });
    });
  const inThread = (script: string) => {
    const worker = `import('node:worker_threads').then(({ Worker }) => new Worker(new URL(${JSON.stringify(`data:text/javascript,${encodeURIComponent(script)}`)}), { execArgv: [], env: {} }))`;
    return attempt(`(await ${worker}).on('error', () => undefined)`, NODE_WITH_THREADS);
  };

  test('every way out that there is, also when the error is swallowed', async () => {
    const codes = await Promise.all(
      Object.entries(WAYS_OUT).map(async ([way, script]) => [
        way,
        await attempt(`try { ${script} } catch {}`),
      ]),
    );
    expect(Object.fromEntries(codes)).toEqual(
      Object.fromEntries(Object.keys(WAYS_OUT).map((way) => [way, CAUGHT])),
    );
  });

  test('every way out of a thread, where threads are let start', async () => {
    const ways = Object.entries(WAYS_OUT).filter(([way]) => way !== 'a worker');
    const ends = await Promise.all(
      ways.map(async ([way, script]) => [way, await inThread(`try { ${script} } catch {}`)]),
    );
    expect(Object.fromEntries(ends)).toEqual(Object.fromEntries(ways.map(([way]) => [way, 'SIGKILL'])));
    expect(await inThread('await 1')).toBe(0);
    expect(await attempt(`try { ${WAYS_OUT.fetch} } catch {}`, NODE_WITH_THREADS)).toBe(CAUGHT);
  });

  test('nothing in a process that stays at home', async () => {
    expect(await attempt(`(await import('node:fs')).readFileSync(${JSON.stringify(HOOK)})`)).toBe(0);
  });
});

describe('linting opens no socket and starts no process', () => {
  const judge = (args: readonly string[]) =>
    run(['lint', 'examples', '--config', 'examples/agentid-lint.config.yaml', '--now', NOW, ...args], {
      node: NODE,
    });

  test('and says the same under the hook as without it', async () => {
    const [hooked, free] = await Promise.all([
      judge(['--format', 'json']),
      run([
        'lint',
        'examples',
        '--config',
        'examples/agentid-lint.config.yaml',
        '--now',
        NOW,
        '--format',
        'json',
      ]),
    ]);
    expect(hooked).toEqual(free);
    expect(hooked.status).toBe(1);
  });

  test('in any format, to a file, and from stdin', async () => {
    const folder = folderWith({});
    const [pretty, compact, stdin] = await Promise.all([
      judge(['--output', `json=${join(folder, 'lint.json')}`]),
      judge(['--format', 'compact', '--debug', '--stats']),
      run(['lint', '-', '--stdin-filename', 'a.yaml'], {
        node: NODE,
        stdin: 'kind: agentIdentityBlueprint\n',
      }),
    ]);
    expect([pretty.status, compact.status, stdin.status]).toEqual([1, 1, 1]);
    expect(JSON.parse(readFileSync(join(folder, 'lint.json'), 'utf8'))).toHaveProperty('verdict', 'fail');
  });
});

test('printing permissions and looking at what is set up open no socket', async () => {
  const [permissions, script, doctor] = await Promise.all([
    run(['permissions'], { node: NODE }),
    run(['permissions', '--format', 'az', '--repository', 'larkspur/agents'], { node: NODE }),
    run(['doctor', '--offline'], { node: NODE }),
  ]);
  expect([permissions.status, script.status, doctor.status]).toEqual([0, 0, 0]);
});

describe.skipIf(!compilerIsBuilt())('linting with own rules starts threads and gets no further', () => {
  const rules = (at: string): Files =>
    Object.fromEntries(Object.entries(WHOLE).map(([path, text]) => [`${at}/${path}`, text]));
  const manifest = JSON.stringify({ name: 'rules', 'agentid-lint': { rules: './src' } });

  test('whether they come from a folder, a bundle or a package', async () => {
    const team = folderWith(rules('.'));
    const sources = { folder: './rules', bundle: 'team.tar.gz', package: 'rules' };
    const folders = await Promise.all(
      Object.entries(sources).map(async ([kind, name]) =>
        folderWith({
          'a.yaml': 'kind: agentIdentityBlueprint\ndisplayName: a\n',
          'agentid-lint.config.json': JSON.stringify({ version: 1, rules: { sources: [{ [kind]: name }] } }),
          ...(kind === 'folder' ? rules('rules') : {}),
          ...(kind === 'bundle' ? { 'team.tar.gz': await compiledBundle(team) } : {}),
          ...(kind === 'package'
            ? { 'node_modules/rules/package.json': manifest, ...rules('node_modules/rules/src') }
            : {}),
        }),
      ),
    );
    for (const cwd of folders) {
      const ran = await run(['lint', '--no-cache', '--rule', 'ownership/*', '-f', 'compact'], {
        cwd,
        node: NODE_WITH_THREADS,
      });
      expect(ran).toMatchObject({ status: 0, signal: null, stderr: '' });
      expect(ran.stdout).toContain('a.yaml:1:1: low ownership/team-tag');
    }
  });
});
