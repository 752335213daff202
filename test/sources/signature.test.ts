import { createHash } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import type { BundleEntries, BundleFileName } from '../../src/sources/archive.ts';
import type { VerificationKey } from '../../src/sources/rule-source.ts';
import { signEntries, verifyEntries, type Signing } from '../../src/sources/signature.ts';
import { ecPair, keyFor, PAIRS, rsaPair, signingBy, tokenOf } from './keys.ts';

const FILES: Readonly<Record<string, string>> = {
  'policy.wasm': '\0asm module',
  'data.json': '{"agentid":{"tables":{}}}',
  '.manifest': '{"revision":"","roots":["agentid"]}',
};
const RSA = PAIRS['RS256']!;

function sha256(text: string): string {
  return createHash('sha256').update(text, 'latin1').digest('hex');
}

const SIGNED = Object.entries(FILES).map(([name, text]) => ({
  name,
  hash: sha256(text),
  algorithm: 'SHA-256',
}));

function entriesOf(files: Readonly<Record<string, string>>): Map<BundleFileName, Uint8Array<ArrayBuffer>> {
  return new Map(
    Object.entries(files).map(([name, text]) => [
      name as BundleFileName,
      new Uint8Array(Buffer.from(text, 'latin1')),
    ]),
  );
}

async function signed(signing: Signing, files = FILES): Promise<BundleEntries> {
  const entries = entriesOf(files);
  const made = await signEntries(entries, signing);
  if (!made.ok) throw new Error(made.problems.map(({ message }) => message).join());
  return entries.set('.signatures.json', made.file);
}

function withSignatures(signatures: unknown, files = FILES): BundleEntries {
  return entriesOf({ ...files, '.signatures.json': JSON.stringify(signatures) });
}

function withToken(header: object, claims: unknown = { files: SIGNED }, secret?: string): BundleEntries {
  return withSignatures({ signatures: [tokenOf(header, claims, secret)] });
}

async function verdict(
  entries: BundleEntries,
  keys: readonly VerificationKey[] = [keyFor('RS256')],
  scope?: string,
): Promise<unknown> {
  const result = await verifyEntries(entries, keys, {
    uri: 'rules.tar.gz',
    ...(scope === undefined ? {} : { scope }),
  });
  if (result.ok) return result;
  return result.problems.map(({ code, message, uri }) => `${uri}: ${code}: ${message}`);
}

function refusal(code: string, message: string): readonly string[] {
  return [`rules.tar.gz: ${code}: ${message}`];
}

const OK = { ok: true, keyId: 'acme' };
const INVALID = refusal(
  'bundle-signature-invalid',
  'The signature of the bundle is not by the key that it names.',
);

describe('signatures that are right', () => {
  test.each(Object.keys(PAIRS))('%s: signed and verified', async (algorithm) => {
    expect(await verdict(await signed(signingBy(algorithm)), [keyFor(algorithm)])).toEqual(OK);
  });

  test('the file is as OPA writes it: one token with the files, their hashes, the key and the scope', async () => {
    const entries = await signed(signingBy('RS256', { scope: 'write' }));
    const file = Buffer.from(entries.get('.signatures.json')!).toString();
    const claims = {
      files: [...SIGNED].sort((a, b) => (a.name < b.name ? -1 : 1)),
      keyid: 'acme',
      scope: 'write',
    };
    const token = tokenOf({ alg: 'RS256', kid: 'acme', typ: 'JWT' }, claims);
    expect(file).toBe(`{\n "signatures": [\n  "${token}"\n ]\n}\n`);
    expect(await verdict(entries, undefined, 'write')).toEqual(OK);
  });

  test('a token as OPA writes it, which names no key, is tried with every key of its algorithm', async () => {
    const entries = withToken({ alg: 'RS256', typ: 'JWT' });
    const others = [keyFor('ES256', { id: 'ec' }), keyFor('RS256', { id: 'old', key: rsaPair().publicKey })];
    expect(await verdict(entries, [...others, keyFor('RS256')])).toEqual(OK);
    expect(await verdict(entries, others)).toEqual(INVALID);
    expect(await verdict(withToken({ alg: 'RS256', kid: '' }), [...others, keyFor('RS256')])).toEqual(OK);
  });

  test('the key is the one of the header, or else of the claims', async () => {
    const keys = [keyFor('RS256', { id: 'other', key: rsaPair().publicKey }), keyFor('RS256')];
    expect(await verdict(withToken({ alg: 'RS256', kid: 'acme' }), keys)).toEqual(OK);
    expect(await verdict(withToken({ alg: 'RS256' }, { files: SIGNED, keyid: 'acme' }), keys)).toEqual(OK);
    const both = withToken({ alg: 'RS256', kid: 'acme' }, { files: SIGNED, keyid: 'other' });
    expect(await verdict(both, keys)).toEqual(OK);
  });

  test('what OPA may write besides', async () => {
    const token = tokenOf({ alg: 'RS256' }, { files: SIGNED, iss: 'acme', iat: 1, write: { deep: [1] } });
    expect(await verdict(withSignatures({ signatures: [token], plugin: '_default' }))).toEqual(OK);
    expect(await verdict(withSignatures({ plugin: '', signatures: [token] }))).toEqual(OK);
    const spelled = SIGNED.map(({ name, hash, algorithm }) => ({
      name: `./${name}`,
      hash: hash.toUpperCase(),
      algorithm,
    }));
    expect(await verdict(withToken({ alg: 'RS256' }, { files: spelled }))).toEqual(OK);
  });

  test.each([
    ['a public key of its own format', (pem: string) => rsaPublic(pem)],
    ['a key with text around it', (pem: string) => `Key of acme\n\n${pem}\n`],
    ['a key with CRLF', (pem: string) => pem.replaceAll('\n', '\r\n')],
  ])('%s verifies', async (_, written) => {
    expect(
      await verdict(await signed(signingBy('RS256')), [keyFor('RS256', { key: written(RSA.publicKey) })]),
    ).toEqual(OK);
  });
});

/** The same key as PKCS #1: the bytes within the SPKI's bit string. */
function rsaPublic(pem: string): string {
  const spki = Buffer.from(pem.replace(/-----.*-----|\s/g, ''), 'base64').subarray(24);
  return `-----BEGIN RSA PUBLIC KEY-----\n${spki.toString('base64')}\n-----END RSA PUBLIC KEY-----\n`;
}

describe('P16 a bundle that is not the one that was signed', () => {
  test('any changed byte of the module', async () => {
    const good = await signed(signingBy('HS256'));
    const message = 'policy.wasm is not the file that was signed.';
    const module = good.get('policy.wasm')!;
    for (let at = 0; at < module.length; at += 1) {
      const changed = new Uint8Array(module);
      changed[at] = (changed[at] ?? 0) ^ 1;
      const entries = new Map([...good, ['policy.wasm', changed] as const]);
      expect(await verdict(entries, [keyFor('HS256')])).toEqual(refusal('bundle-signature-files', message));
    }
  });

  test('any changed byte of its JSON, unless it says the same', async () => {
    const good = await signed(signingBy('HS256'));
    for (const name of ['data.json', '.manifest'] as const) {
      const file = good.get(name)!;
      for (let at = 0; at < file.length; at += 1) {
        const changed = new Uint8Array(file);
        changed[at] = (changed[at] ?? 0) ^ 1;
        const result = await verifyEntries(new Map([...good, [name, changed] as const]), [keyFor('HS256')], {
          uri: null,
        });
        expect([name, at, result.ok ? [] : result.problems.map(({ code }) => code)]).toEqual([
          name,
          at,
          ['bundle-signature-files'],
        ]);
      }
    }
    const reformatted = { ...FILES, '.manifest': '{ "roots": ["agentid"],\n  "revision": "" }\n' };
    const entries = entriesOf(reformatted).set(
      '.signatures.json',
      new Uint8Array(good.get('.signatures.json')!),
    );
    expect(await verdict(entries, [keyFor('HS256')])).toEqual(OK);
  });

  test.each(Object.keys(FILES))('without %s', async (name) => {
    const entries = new Map(await signed(signingBy('HS256')));
    entries.delete(name as BundleFileName);
    expect(await verdict(entries, [keyFor('HS256')])).toEqual(
      refusal('bundle-signature-files', `${name} was signed, and is missing.`),
    );
  });

  test.each(Object.keys(FILES))('with %s added', async (name) => {
    const others = Object.fromEntries(Object.entries(FILES).filter(([other]) => other !== name));
    const entries = new Map(await signed(signingBy('HS256'), others));
    entries.set(name as BundleFileName, new Uint8Array(Buffer.from(FILES[name]!, 'latin1')));
    expect(await verdict(entries, [keyFor('HS256')])).toEqual(
      refusal('bundle-signature-files', `${name} is not among the files that were signed.`),
    );
  });

  test('any changed character of the token', async () => {
    const good = await signed(signingBy('HS256'), { 'data.json': '{}' });
    const file = Buffer.from(good.get('.signatures.json')!).toString();
    const start = file.indexOf('"ey') + 1;
    for (let at = start; at < file.lastIndexOf('"'); at += 1) {
      for (const other of ['A', 'B', '_', '.', '=']) {
        if (file[at] === other) continue;
        const changed = `${file.slice(0, at)}${other}${file.slice(at + 1)}`;
        const entries = new Map([...good, ['.signatures.json', new TextEncoder().encode(changed)] as const]);
        const result = await verifyEntries(entries, [keyFor('HS256')], { uri: null });
        expect([changed, result.ok]).toEqual([changed, false]);
      }
    }
  });

  test('without a signature', async () => {
    expect(await verdict(entriesOf(FILES))).toEqual(
      refusal('bundle-not-signed', 'The bundle is not signed.'),
    );
  });

  test.each([
    ['twice', [...SIGNED, { ...SIGNED[0], name: '/policy.wasm' }], 'policy.wasm is signed twice.'],
    [
      'under another name',
      [{ ...SIGNED[0], name: '../policy.wasm' }],
      'A signature for "../policy.wasm" is there, which is no file that is signed.',
    ],
    [
      'that is the signature',
      [{ ...SIGNED[0], name: '.signatures.json' }],
      'A signature for ".signatures.json" is there, which is no file that is signed.',
    ],
  ])('with a file signed %s', async (_, files, message) => {
    expect(await verdict(withToken({ alg: 'RS256' }, { files }))).toEqual(
      refusal('bundle-signature-files', message),
    );
  });
});

describe('keys and algorithms', () => {
  test('by another key of the same name', async () => {
    const stranger = signingBy('RS256', { key: rsaPair().privateKey });
    expect(await verdict(await signed(stranger))).toEqual(INVALID);
    const secret = signingBy('HS256', { key: 'x'.repeat(32) });
    expect(await verdict(await signed(secret), [keyFor('HS256')])).toEqual(INVALID);
  });

  test('by a key that is not configured, and with no key at all', async () => {
    const entries = await signed(signingBy('RS256', { keyId: 'stranger' }));
    expect(await verdict(entries, [keyFor('RS256'), keyFor('ES256', { id: 'ec' })])).toEqual(
      refusal(
        'bundle-signature-key',
        'The bundle is signed with the key "stranger". Configured are "acme", "ec".',
      ),
    );
    expect(await verdict(entries, [])).toEqual(
      refusal('bundle-signature-key', 'The bundle is signed, and no key is configured.'),
    );
  });

  test('the public key as the secret of an HS algorithm', async () => {
    const forged = withToken({ alg: 'HS256', kid: 'acme' }, { files: SIGNED }, RSA.publicKey);
    expect(await verdict(forged)).toEqual(
      refusal('bundle-signature-algorithm', 'The bundle is signed by HS256. Configured is "acme" for RS256.'),
    );
    expect(await verdict(forged, [keyFor('HS256', { key: RSA.publicKey })])).toEqual(
      refusal('bundle-key-unusable', 'The key "acme" is a PEM file, but HS256 takes a secret.'),
    );
  });

  test.each([
    ['PS256', 'RS256'],
    ['RS256', 'RS512'],
    ['ES256', 'ES384'],
    ['HS512', 'HS256'],
  ])('signed by %s with a key that is for %s', async (used, configured) => {
    expect(await verdict(await signed(signingBy(used)), [keyFor(configured)])).toEqual(
      refusal(
        'bundle-signature-algorithm',
        `The bundle is signed by ${used}. Configured is "acme" for ${configured}.`,
      ),
    );
  });

  test.each(['none', 'None', '', 'EdDSA', 'ES256K', 'RS1', 'constructor'])(
    'the algorithm %j',
    async (alg) => {
      const [header = '', claims = ''] = tokenOf({ alg, kid: 'acme' }, { files: SIGNED }).split('.');
      for (const seal of ['', tokenOf({ alg: 'RS256' }, {}).split('.')[2]]) {
        const entries = withSignatures({ signatures: [`${header}.${claims}.${seal}`] });
        expect(await verdict(entries, [keyFor('RS256'), keyFor(alg)])).toEqual(
          refusal(
            'bundle-signature-algorithm',
            'The signature of the bundle uses an algorithm that is not accepted.',
          ),
        );
      }
    },
  );

  test.each([
    ['none, and it names one', { files: SIGNED, scope: 'read' }, undefined],
    ['another', { files: SIGNED, scope: 'read' }, 'write'],
    ['one, and it names none', { files: SIGNED }, 'write'],
  ])('the scope that is expected is %s', async (_, claims, scope) => {
    expect(await verdict(withToken({ alg: 'RS256' }, claims), undefined, scope)).toEqual(
      refusal('bundle-signature-scope', 'The bundle was signed for another scope.'),
    );
  });
});

describe('signatures that cannot be read', () => {
  const header = { alg: 'RS256' };
  const token = tokenOf(header, { files: SIGNED });
  const [first = '', second = '', third = ''] = token.split('.');
  const base64 = (text: string) => Buffer.from(text).toString('base64url');

  test.each<[string, unknown, string]>([
    ['no object', [], 'it holds no list of signatures'],
    ['no list', { signatures: token }, 'it holds no list of signatures'],
    ['another field', { signatures: [token], more: 1 }, 'it holds no list of signatures'],
    ['no signature', { signatures: [] }, 'it holds 0 signatures, and must hold one'],
    ['two signatures', { signatures: [token, token] }, 'it holds 2 signatures, and must hold one'],
    ['a plugin', { signatures: [token], plugin: 'acme' }, "it is not signed by OPA's own method"],
    ['a number', { signatures: [1] }, 'the signature is no JWT'],
    ['two parts', { signatures: [`${first}.${second}`] }, 'the signature is no JWT'],
    ['five parts', { signatures: [`${token}.a.b`] }, 'the signature is no JWT'],
    [
      'other characters',
      { signatures: [`${first}.${second}.${third}!`] },
      'the signature is no base64url text',
    ],
    [
      'padding',
      { signatures: [`${first}=.${second}.${third}`] },
      'the header of the signature: it is no base64url text',
    ],
    [
      'a header that is no JSON',
      { signatures: [`${base64('x')}.${second}.${third}`] },
      'the header of the signature: line 1, column 1: A word that is no JSON value',
    ],
    [
      'a header that is no object',
      { signatures: [`${base64('[]')}.${second}.${third}`] },
      'the header of the signature: it is no object',
    ],
    [
      'two algorithms',
      { signatures: [`${base64('{"alg":"none","alg":"RS256"}')}.${second}.${third}`] },
      'the header of the signature: line 1, column 15: The key "alg" stands here a second time',
    ],
    ['no algorithm', { signatures: [tokenOf({}, { files: SIGNED })] }, 'its header names no algorithm'],
    [
      'an extension',
      { signatures: [tokenOf({ ...header, crit: ['b64'], b64: false }, { files: SIGNED })] },
      'its header asks for extensions that no bundle has',
    ],
    [
      'a key id that is no text',
      { signatures: [tokenOf({ ...header, kid: 1 }, { files: SIGNED })] },
      'the name of the key or the scope is no text',
    ],
    [
      'claims that are no object',
      { signatures: [tokenOf(header, [])] },
      'the claims of the signature: it is no object',
    ],
    ['no files', { signatures: [tokenOf(header, {})] }, 'it lists no files'],
    [
      'a file without a hash',
      { signatures: [tokenOf(header, { files: [{ name: 'x' }] })] },
      'a file that it lists has no name and hash',
    ],
    [
      'a file that is no object',
      { signatures: [tokenOf(header, { files: ['x'] })] },
      'a file that it lists has no name and hash',
    ],
    [
      'a weak hash',
      { signatures: [tokenOf(header, { files: [{ ...SIGNED[0], algorithm: 'MD5' }] })] },
      'a hash that it lists is no SHA-256',
    ],
    [
      'half a hash',
      { signatures: [tokenOf(header, { files: [{ ...SIGNED[0], hash: 'ab' }] })] },
      'a hash that it lists is no SHA-256',
    ],
  ])('%s', async (_, signatures, reason) => {
    expect(await verdict(withSignatures(signatures))).toEqual(
      refusal('bundle-signature-malformed', `.signatures.json: ${reason}.`),
    );
  });

  test('what is no JSON, or too large', async () => {
    for (const [text, reason] of [
      [
        '{"signatures":["a"],"signatures":["b"]}',
        'line 1, column 21: The key "signatures" stands here a second time',
      ],
      [' '.repeat(65_537), 'it is larger than 64 KiB'],
    ] as const) {
      expect(await verdict(entriesOf({ ...FILES, '.signatures.json': text }))).toEqual(
        refusal('bundle-signature-malformed', `.signatures.json: ${reason}.`),
      );
    }
  });
});

describe('keys that cannot be used', () => {
  const small = rsaPair(1024);
  const p256 = ecPair('P-256');

  test.each<[string, string, string, string]>([
    ['a private key', 'RS256', RSA.privateKey, 'is a private key; verifying takes the public one'],
    ['no PEM', 'RS256', 'hunter2', 'is no public key or certificate in PEM'],
    ['half a PEM', 'RS256', RSA.publicKey.slice(0, 200), 'is no public key or certificate in PEM'],
    ['nothing', 'ES256', '', 'is no public key or certificate in PEM'],
    ['an RSA key for ES', 'ES256', RSA.publicKey, 'is not of the kind that ES256 takes, which is EC'],
    ['an EC key for RS', 'RS256', p256.publicKey, 'is not of the kind that RS256 takes, which is RSA'],
    ['another curve', 'ES384', p256.publicKey, 'is on another curve than ES384 takes, which is P-384'],
    ['a short RSA key', 'RS256', small.publicKey, 'has 1024 bits, but an RSA key needs at least 2048'],
    ['a short secret', 'HS512', 'x'.repeat(63), 'has 63 bytes, but HS512 needs a secret of at least 64'],
    ['no secret', 'HS256', '', 'has 0 bytes, but HS256 needs a secret of at least 32'],
  ])('for verifying: %s', async (_, algorithm, key, reason) => {
    expect(await verdict(withToken({ alg: algorithm }), [keyFor(algorithm, { key })])).toEqual(
      refusal('bundle-key-unusable', `The key "acme" ${reason}.`),
    );
  });

  test.each<[string, string, string, string]>([
    ['a public key', 'RS256', RSA.publicKey, 'is no private key in PEM without a passphrase'],
    ['no PEM', 'PS256', 'hunter2', 'is no private key in PEM without a passphrase'],
    ['another curve', 'ES512', p256.privateKey, 'is on another curve than ES512 takes, which is P-521'],
    ['a short RSA key', 'RS256', small.privateKey, 'has 1024 bits, but an RSA key needs at least 2048'],
    ['a PEM file as a secret', 'HS256', RSA.privateKey, 'is a PEM file, but HS256 takes a secret'],
    [
      'another algorithm',
      'none',
      RSA.privateKey,
      'is for an algorithm that is none of RS256, RS384, RS512, PS256, PS384, PS512, ES256, ES384, ES512, HS256, HS384, HS512',
    ],
  ])('for signing: %s', async (_, algorithm, key, reason) => {
    const result = await signEntries(entriesOf(FILES), { key, algorithm, keyId: 'acme' });
    expect(result.ok ? [] : result.problems.map(({ code, message }) => `${code}: ${message}`)).toEqual([
      `bundle-key-unusable: The signing key ${reason}.`,
    ]);
  });

  test('no problem shows any of a key', async () => {
    const keys = [
      RSA.privateKey,
      RSA.publicKey,
      p256.privateKey,
      'hunter2 hunter2',
      RSA.privateKey.slice(0, 300),
    ];
    const said: string[] = [];
    for (const key of keys) {
      for (const algorithm of [...Object.keys(PAIRS), 'none', key]) {
        const made = await signEntries(entriesOf(FILES), { key, algorithm, keyId: 'acme' });
        const checked = await verifyEntries(withToken({ alg: algorithm }), [{ id: 'acme', algorithm, key }], {
          uri: null,
        });
        said.push(
          ...[made, checked].flatMap((result) => (result.ok ? [] : [JSON.stringify(result.problems)])),
        );
      }
    }
    const material = keys.flatMap((key) =>
      key.split('\n').filter((line) => line.length > 6 && !line.startsWith('-----')),
    );
    expect(said.length).toBeGreaterThan(100);
    expect(said.filter((text) => material.some((part) => text.includes(part)))).toEqual([]);
  });

  test('a file that cannot be hashed is not signed', async () => {
    const result = await signEntries(
      entriesOf({ ...FILES, 'data.json': '{"a":1,"a":2}' }),
      signingBy('HS256'),
    );
    expect(result.ok ? [] : result.problems.map(({ code, message }) => `${code}: ${message}`)).toEqual([
      'bundle-json: data.json cannot be signed: line 1, column 8: The key "a" stands here a second time.',
    ]);
  });
});
