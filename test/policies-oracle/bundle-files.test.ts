import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, describe, expect, test } from 'vitest';
import { runOpa } from '../../scripts/lib/opa.mjs';
import { readArchive, writeArchive, type BundleFileName } from '../../src/sources/archive.ts';
import { readBundleFile, writeBundleFile } from '../../src/sources/bundle-file.ts';
import { readExactJson } from '../../src/sources/exact-json.ts';
import { hashFile } from '../../src/sources/file-hash.ts';
import { readSignature } from '../../src/sources/signature-file.ts';
import { verifyEntries } from '../../src/sources/signature.ts';
import { CONTENT } from '../sources/bundles.ts';
import { keyFor, PAIRS, rsaPair, signingBy } from '../sources/keys.ts';

const folder = mkdtempSync(join(tmpdir(), 'agentid-bundle-files-'));
afterAll(() => {
  rmSync(folder, { recursive: true });
});

const ALGORITHMS = Object.keys(PAIRS);
const PLACE = { source: { kind: 'bundle', name: 'rules.tar.gz' }, uri: null } as const;

function write(name: string, content: string | Uint8Array): string {
  const path = join(folder, name);
  mkdirSync(join(path, '..'), { recursive: true });
  writeFileSync(path, content);
  return path;
}

async function bundle(algorithm?: string, scope?: string): Promise<Uint8Array> {
  const signing =
    algorithm === undefined ? undefined : signingBy(algorithm, scope === undefined ? {} : { scope });
  const file = await writeBundleFile(CONTENT, signing);
  if (!file.ok) throw new Error(JSON.stringify(file.problems));
  return file.bytes;
}

/** Whether OPA takes a signed bundle, and what it says when it does not. */
function opaVerifies(
  bytes: Uint8Array,
  algorithm: string,
  key: string,
  more: readonly string[] = [],
): string {
  const file = write('verify.tar.gz', bytes);
  const keyFile = write('verify.pem', key);
  const { status, stdout } = runOpa(
    [
      'build',
      '--bundle',
      file,
      '--verification-key',
      keyFile,
      '--verification-key-id',
      'acme',
      '--signing-alg',
      algorithm,
      '--output',
      join(folder, 'out.tar.gz'),
      ...more,
    ],
    { allowFailure: true },
  );
  return status === 0 ? 'verified' : stdout.trim().replace(/^.*verify\.tar\.gz: /, '');
}

/** The files of a bundle with the `.signatures.json` that `opa sign` makes for them. */
function signedByOpa(bytes: Uint8Array, algorithm: string, claims?: object): Uint8Array {
  const file = write('sign.tar.gz', bytes);
  const keyFile = write('sign.pem', PAIRS[algorithm]?.privateKey ?? '');
  const claimsFile =
    claims === undefined ? [] : ['--claims-file', write('claims.json', JSON.stringify(claims))];
  runOpa([
    'sign',
    '--bundle',
    file,
    '--signing-key',
    keyFile,
    '--signing-alg',
    algorithm,
    ...claimsFile,
    '--output-file-path',
    folder,
  ]);
  return withFile(bytes, '.signatures.json', readFileSync(join(folder, '.signatures.json')));
}

function withFile(bytes: Uint8Array, name: BundleFileName, content: Uint8Array | null): Uint8Array {
  const archive = readArchive(bytes, null);
  if (!archive.ok) throw new Error(JSON.stringify(archive.problems));
  const files = new Map(archive.entries);
  if (content === null) files.delete(name);
  else files.set(name, new Uint8Array(content));
  return writeArchive(files);
}

async function weVerify(bytes: Uint8Array, algorithm: string, scope?: string): Promise<unknown> {
  const file = readBundleFile(bytes, PLACE);
  if (!file.ok) return file.problems.map(({ message }) => message);
  const keys = [keyFor(algorithm)];
  const result = await verifyEntries(file.entries, keys, scope === undefined ? PLACE : { ...PLACE, scope });
  return result.ok ? 'verified' : result.problems.map(({ message }) => message);
}

describe('bundles that we write', () => {
  test('OPA loads them: the tables are its data, the module its entrypoints', async () => {
    const file = write('plain.tar.gz', await bundle());
    const output = join(folder, 'loaded.tar.gz');
    runOpa(['build', '--bundle', file, '--output', output]);
    const data = spawnSync('tar', ['xOPzf', output, '/data.json'], { encoding: 'utf8' }).stdout;
    expect(JSON.parse(data)).toEqual({ agentid: { tables: JSON.parse(CONTENT.tables) as unknown } });
    const inspected = JSON.parse(runOpa(['inspect', '--format', 'json', file]).stdout) as {
      readonly manifest: { readonly revision: string; readonly wasm: readonly unknown[] };
    };
    expect(inspected.manifest.revision).toMatch(/^sha256:/);
    expect(inspected.manifest.wasm).toEqual(
      CONTENT.entrypoints.toSorted().map((entrypoint) => ({ entrypoint, module: '/policy.wasm' })),
    );
  });

  test.each(ALGORITHMS)(
    'P16 OPA verifies our signature by %s, and refuses what was changed',
    async (algorithm) => {
      const signed = await bundle(algorithm);
      const key = PAIRS[algorithm]?.publicKey ?? '';
      expect(opaVerifies(signed, algorithm, key)).toBe('verified');
      const swapped = withFile(signed, 'policy.wasm', Uint8Array.of(0, 0x61, 0x73, 0x6d, 1, 0, 0, 0));
      expect(opaVerifies(swapped, algorithm, key)).toMatch(/^policy\.wasm: digest mismatch/);
      expect(opaVerifies(withFile(signed, 'data.json', null), algorithm, key)).toMatch(
        /data\.json.* not found/,
      );
    },
  );

  test('P16 OPA refuses another key and another scope, as we do', async () => {
    const signed = await bundle('RS256', 'write');
    const key = PAIRS['RS256']?.publicKey ?? '';
    expect(opaVerifies(signed, 'RS256', key, ['--scope', 'write'])).toBe('verified');
    expect(await weVerify(signed, 'RS256', 'write')).toBe('verified');
    expect(opaVerifies(signed, 'RS256', key, ['--scope', 'read'])).toMatch(/scope mismatch/);
    expect(await weVerify(signed, 'RS256', 'read')).toEqual(['The bundle was signed for another scope.']);
    expect(opaVerifies(signed, 'RS256', key)).toMatch(/scope mismatch/);
    expect(opaVerifies(signed, 'RS256', rsaPair().publicKey, ['--scope', 'write'])).toMatch(
      /failed to verify/,
    );
  });
});

describe('signatures that OPA makes', () => {
  test.each(ALGORITHMS)('P16 we verify those by %s, and refuse what was changed', async (algorithm) => {
    const signed = signedByOpa(await bundle(), algorithm);
    expect(await weVerify(signed, algorithm)).toBe('verified');
    const other = await writeBundleFile({ ...CONTENT, tables: '{}' });
    if (!other.ok) throw new Error('not written');
    const archive = readArchive(signed, null);
    const signature = archive.ok ? archive.entries.get('.signatures.json') : undefined;
    expect(await weVerify(withFile(other.bytes, '.signatures.json', signature ?? null), algorithm)).toEqual([
      '.manifest is not the file that was signed.',
    ]);
  });

  test('with claims that name the key and the scope', async () => {
    const signed = signedByOpa(await bundle(), 'ES256', { keyid: 'acme', scope: 'write', team: 'x' });
    expect(await weVerify(signed, 'ES256', 'write')).toBe('verified');
    expect(await weVerify(signed, 'ES256')).toEqual(['The bundle was signed for another scope.']);
    const strange = signedByOpa(await bundle(), 'ES256', { keyid: 'stranger' });
    expect(await weVerify(strange, 'ES256')).toEqual([
      'The bundle is signed with the key "stranger". Configured are "acme".',
    ]);
  });
});

describe('hashes of files', () => {
  test('are those of OPA for any JSON', () => {
    const number = fc.oneof(
      fc.constantFrom('0', '1.0', '1.50', '1e2', '1E+2', '0.00001', '123456789012345', '-1.5e-7', '0.1e1'),
      fc.double({ noNaN: true, noDefaultInfinity: true }).map((value) => JSON.stringify(value)),
    );
    const string = fc.string({ unit: 'binary', maxLength: 8 }).map((value) => JSON.stringify(value));
    const { tree } = fc.letrec<{ tree: string }>((tie) => ({
      tree: fc.oneof(
        { maxDepth: 4, withCrossShrink: true },
        fc.oneof(number, string, fc.constantFrom('null', 'true', 'false', '[ ]', '{}')),
        fc.array(tie('tree'), { maxLength: 4 }).map((items) => `[${items.join(' , ')}]`),
        fc
          .uniqueArray(fc.tuple(string, tie('tree')), { maxLength: 5, selector: ([key]) => key })
          .map((members) => `{\n${members.map(([key, value]) => `${key}:${value}`).join(',')}}`),
      ),
    }));
    const samples = fc.sample(tree, 400).filter((text) => readExactJson(Buffer.from(text)).ok);
    expect(samples.length).toBeGreaterThan(200);
    const names = ['data.json', '.manifest'] as const;
    const root = join(folder, 'hashes');
    for (const [at, text] of samples.entries()) for (const name of names) write(`hashes/${at}/${name}`, text);
    const keyFile = write('hashes.pem', PAIRS['HS256']?.privateKey ?? '');
    runOpa([
      'sign',
      '--bundle',
      root,
      '--signing-key',
      keyFile,
      '--signing-alg',
      'HS256',
      '--output-file-path',
      folder,
    ]);
    const hashes = hashesIn(readFileSync(join(folder, '.signatures.json')));
    expect(hashes.size).toBe(2 * samples.length);
    for (const [at, text] of samples.entries()) {
      for (const name of names) {
        const hash = hashes.get(join(root, String(at), name).slice(1));
        expect([text, hashFile(name, Buffer.from(text))]).toEqual([text, { ok: true, hash }]);
      }
    }
  });
});

/** The hashes in a signature by file name, read without its rules on size. */
function hashesIn(file: Uint8Array): ReadonlyMap<string, string> {
  const { signatures } = JSON.parse(Buffer.from(file).toString()) as {
    readonly signatures: readonly string[];
  };
  const claims = Buffer.from(signatures[0]?.split('.')[1] ?? '', 'base64url').toString();
  const { files } = JSON.parse(claims) as { readonly files: readonly { name: string; hash: string }[] };
  return new Map(files.map(({ name, hash }) => [name, hash]));
}

describe('bundles that OPA or tar write', () => {
  test('P15 OPA puts the sources into a bundle; such a bundle is refused, and names the first of them', () => {
    write('sources/acme/rule.rego', 'package agentid.acme\n\nfindings := [data.agentid.tables.x]\n');
    write('sources/data.json', '{"agentid": {"tables": {"x": 1.50}}}');
    const output = join(folder, 'sources.tar.gz');
    const entrypoint = ['--entrypoint', 'agentid/acme/findings'];
    runOpa([
      'build',
      '--target',
      'wasm',
      ...entrypoint,
      '--bundle',
      join(folder, 'sources'),
      '--output',
      output,
    ]);
    const reading = readArchive(readFileSync(output), null);
    expect(reading.ok ? [] : reading.problems.map(({ code, message }) => `${code}: ${message}`)).toEqual([
      expect.stringMatching(
        /^bundle-entry-refused: The archive holds ".*", which is no file of a policy bundle\.$/,
      ),
    ]);
  });

  test.each([
    ['the folder', '.'],
    ['its files', './policy.wasm'],
  ])('P15 an archive that tar makes of %s is read', async (_, first) => {
    const archive = readArchive(await bundle('RS256'), null);
    if (!archive.ok) throw new Error('no archive');
    const root = join(folder, `tar-${first.length}`);
    for (const [name, content] of archive.entries) write(join(root, name).slice(folder.length), content);
    const files = first === '.' ? ['.'] : [first, 'data.json', './.manifest', '.signatures.json'];
    const output = join(folder, 'tar.tar.gz');
    expect(spawnSync('tar', ['czf', output, '-C', root, ...files]).status).toBe(0);
    expect(await weVerify(readFileSync(output), 'RS256')).toBe('verified');
    const again = signedByTar(output);
    expect(again).toEqual(['.manifest', 'data.json', 'policy.wasm']);
  });
});

/** The files that `opa sign` lists for an archive, by the names that we know them under. */
function signedByTar(file: string): readonly string[] {
  const keyFile = write('again.pem', PAIRS['HS256']?.privateKey ?? '');
  runOpa([
    'sign',
    '--bundle',
    file,
    '--signing-key',
    keyFile,
    '--signing-alg',
    'HS256',
    '--output-file-path',
    folder,
  ]);
  const reading = readSignature(readFileSync(join(folder, '.signatures.json')));
  return reading.ok ? reading.signature.files.map(({ name }) => name.replace(/^\.\//, '')).sort() : [];
}
