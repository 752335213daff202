import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { projectRoot } from './lib/opa.mjs';
import { importSource } from './lib/source.mjs';

const USAGE = `Scans an invented tenant, served on this machine, for those who have none at hand.

  npm run demo:tenant                      scan it
  npm run demo:tenant -- --format json     further arguments go to the command
  npm run demo:tenant -- --serve           only serve it, and say how to reach it
  npm run demo:tenant -- --serve --port 4711
`;

const cli = join(projectRoot, 'dist', 'cli.js');

/**
 * Our own arguments, and the others.
 * @param {string[]} args
 */
function split(args) {
  const options = /** @type {const} */ ({
    serve: { type: 'boolean', default: false },
    port: { type: 'string', default: '0' },
    help: { type: 'boolean', short: 'h', default: false },
  });
  const { values, tokens } = parseArgs({ args, options, strict: false, tokens: true });
  const taken = new Set();
  for (const token of tokens) {
    if (token.kind !== 'option' || !Object.hasOwn(options, token.name)) continue;
    taken.add(token.index);
    if (token.value !== undefined && token.inlineValue === false) taken.add(token.index + 1);
  }
  return { own: values, rest: args.filter((_, index) => !taken.has(index)) };
}

/**
 * Runs the command on the tenant and gives its exit code.
 * @param {{ url: string, token: string }} demo
 * @param {string[]} rest
 * @returns {Promise<number>}
 */
function scan({ url, token }, rest) {
  return new Promise((resolve, reject) => {
    const args = [cli, 'scan', '--auth', 'token', '--graph-url', url, ...rest];
    const env = { ...process.env, AGENTID_LINT_ACCESS_TOKEN: token };
    const child = spawn(process.execPath, args, { env, stdio: 'inherit' });
    // An interrupt goes to the command too, which ends in its own way.
    for (const signal of ['SIGINT', 'SIGTERM']) process.on(signal, () => undefined);
    child.on('error', reject);
    child.on('close', (code, signal) => resolve(code ?? (signal === 'SIGINT' ? 130 : 143)));
  });
}

const { own, rest } = split(process.argv.slice(2));
if (own.help) {
  process.stdout.write(USAGE);
} else if (!own.serve && !existsSync(cli)) {
  process.stderr.write('The command is not built yet: run `npm run build`.\n');
  process.exitCode = 2;
} else {
  const { startDemo } = await importSource('test/graph-server/demo.ts');
  const demo = await startDemo(Number(own.port));
  if (own.serve) {
    process.stdout.write(
      `Larkspur Freight (tenant ${demo.tenantId}) is served until you press Ctrl-C. In another terminal:\n\n` +
        `  export AGENTID_LINT_ACCESS_TOKEN=${demo.token}\n` +
        `  node dist/cli.js scan --auth token --graph-url ${demo.url}\n`,
    );
  } else {
    try {
      process.exitCode = await scan(demo, rest);
    } finally {
      await demo.close();
    }
  }
}
