import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { expect, test } from 'vitest';
import { ALL_READ_ROLES } from '../graph-server/roles.ts';
import { folderWith, run, type Run } from './cli.ts';
import { envOf, standIn, tokenWith } from './stand-in.ts';

const COMMANDS = [
  ['collect', '-o', 'tenant.snapshot', '--debug', '--stats'],
  ['collect', '-o', 'tenant.snapshot', '--resume', '--debug'],
  ['scan', '--debug', '-f', 'json', '--output', 'compact=scan.txt', '--keep', 'kept.snapshot'],
  ['scan', '--snapshot', 'kept.snapshot', '--debug'],
  ['doctor', '--debug'],
  ['doctor', '--debug', '-f', 'json'],
  ['doctor', '--debug', '--offline'],
  ['permissions', '--debug', '-f', 'json'],
  ['config', 'print', '--debug'],
  ['lint', '--debug', '--allow-empty'],
] as const;

/** Everything that a folder holds, also what is packed in it. */
function contentsOf(folder: string): string {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => {
      const bytes = readFileSync(join(entry.parentPath, entry.name));
      return bytes.toString('latin1') + unpacked(bytes);
    })
    .join('\n');
}

/** Gzip streams in a file, wherever they begin. */
function unpacked(bytes: Buffer): string {
  const texts: string[] = [];
  for (
    let at = bytes.indexOf('\u001f\u008b\b', 0, 'latin1');
    at !== -1;
    at = bytes.indexOf('\u001f\u008b\b', at + 1, 'latin1')
  ) {
    try {
      texts.push(gunzipSync(bytes.subarray(at)).toString('utf8'));
    } catch {
      // Not the beginning of a stream, or of one that goes on behind its end.
    }
  }
  return texts.join('\n');
}

test.each([
  ['all goes well', {}],
  ['Graph refuses', { withheld: ALL_READ_ROLES }],
  [
    'Graph breaks',
    { faults: [{ match: {}, fault: { kind: 'status', status: 400, html: true }, times: Infinity }] },
  ],
  [
    'Graph wants more proof',
    { faults: [{ match: {}, fault: { kind: 'claims', claims: '{"access_token":{}}' }, times: Infinity }] },
  ],
] as const)(
  'no token and no secret is in any output or file when %s',
  { timeout: 60_000 },
  async (_, options) => {
    const { server } = await standIn(options);
    const token = tokenWith(server, undefined, { canary: 'token-canary-5c0ffee5' });
    const env = {
      ...envOf(server, token),
      AZURE_CLIENT_SECRET: 'secret-canary-5c0ffee5',
      AGENTID_LINT_QUIET: '',
    };
    const cwd = folderWith({});
    const seen: string[] = [];
    for (const args of COMMANDS) {
      const { stdout, stderr }: Run = await run(args, { cwd, env });
      seen.push(stdout, stderr);
    }
    seen.push(contentsOf(cwd));
    const text = seen.join('\n');
    const parts = token.split('.').filter((part) => part.length > 20);
    expect([token, ...parts, 'canary-5c0ffee5'].filter((secret) => text.includes(secret))).toEqual([]);
    expect(text).not.toContain('Bearer ');
  },
);
