import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { projectRoot, runOpa } from '../../scripts/lib/opa.mjs';
import { PAIRS, rsaPair } from '../sources/keys.ts';
import { compilerIsBuilt } from '../support/compiler.ts';
import { TEAM_TAG, WHOLE } from '../support/own-rules.ts';

const TABLE = { cards: { 'team:claims': 'mira' } };
const FILES: Readonly<Record<string, string>> = {
  ...WHOLE,
  'ownership/team_tag.rego': TEAM_TAG.replace(
    'import data.agentid.lib.finding\n',
    'import data.agentid.lib.cards\nimport data.agentid.lib.finding\n',
  ).replace('\twanted :=', '\tnot cards.known(input.name)\n\twanted :='),
  'lib/cards.rego': `package agentid.lib.cards

default known(_) := false

known(name) if data.agentid.tables.team_cards.cards[name]
`,
  'data/team-cards.json': JSON.stringify(TABLE),
};
const KEYS = PAIRS['RS256'] ?? rsaPair();
let folder = '';

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'agentid-rules-build-'));
  for (const [path, text] of Object.entries({
    ...FILES,
    'k.pem': KEYS.privateKey,
    'k.pub': KEYS.publicKey,
  })) {
    const file = join(folder, path.endsWith('.pem') || path.endsWith('.pub') ? '' : 'rules', path);
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, text);
  }
  if (!compilerIsBuilt()) return;
  for (const more of [['plain.tar.gz'], ['signed.tar.gz', '--sign', '--key', 'k.pem', '--key-id', 'acme']]) {
    const args = [join(projectRoot, 'dist', 'cli.js'), 'rules', 'build', '-o', ...more];
    const { status, stderr } = spawnSync(process.execPath, args, { cwd: folder, encoding: 'utf8' });
    expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
  }
});

afterAll(() => {
  rmSync(folder, { recursive: true });
});

describe.skipIf(!compilerIsBuilt())('what "rules build" makes', () => {
  test('is a bundle to OPA, with our catalogue in its metadata', () => {
    const { stdout } = runOpa(['inspect', '--format', 'json', join(folder, 'plain.tar.gz')]);
    const { manifest } = JSON.parse(stdout) as {
      readonly manifest: {
        readonly revision: string;
        readonly roots: readonly string[];
        readonly wasm: readonly { readonly entrypoint: string; readonly module: string }[];
        readonly metadata: {
          readonly 'agentid-lint': { readonly digest: string; readonly catalogue: object };
        };
      };
    };
    expect(manifest).toMatchObject({
      roots: ['agentid'],
      wasm: ['blueprint', 'rule_0'].map((name) => ({
        entrypoint: `agentid/main/${name}`,
        module: '/policy.wasm',
      })),
      metadata: {
        'agentid-lint': {
          version: 1,
          digest: manifest.revision,
          catalogue: { version: 1, rules: [{ id: 'ownership/team-tag' }] },
          examples: { 'ownership/team-tag': [{ expect: 'fail' }, { expect: 'pass' }] },
        },
      },
    });
  });

  // An opa that go builds has no engine for WebAssembly, so that it loads such bundles and evaluates none.
  test('is loaded by OPA, with the tables that the rules read and no others', () => {
    const output = join(folder, 'rebuilt.tar.gz');
    runOpa(['build', '--bundle', join(folder, 'plain.tar.gz'), '--output', output]);
    const data = spawnSync('tar', ['xOPzf', output, '/data.json'], { encoding: 'utf8' }).stdout;
    expect(JSON.parse(data)).toEqual({
      // The helper for tags knows placeholders.
      agentid: { tables: { team_cards: TABLE, placeholders: expect.any(Object) as unknown } },
    });
  });

  test('is verified by OPA when it is signed, with the right key only', () => {
    const verified = (key: string) =>
      runOpa(
        [
          ...['build', '--bundle', join(folder, 'signed.tar.gz'), '--output', join(folder, 'out.tar.gz')],
          ...['--verification-key', join(folder, key), '--verification-key-id', 'acme'],
        ],
        { allowFailure: true },
      ).status;
    expect(verified('k.pub')).toBe(0);
    writeFileSync(join(folder, 'other.pub'), rsaPair().publicKey);
    expect(verified('other.pub')).not.toBe(0);
  });
});
