import {
  createHmac,
  createPrivateKey,
  generateKeyPairSync,
  sign,
  type KeyPairKeyObjectResult,
} from 'node:crypto';
import type { VerificationKey } from '../../src/sources/rule-source.ts';
import type { Signing } from '../../src/sources/signature.ts';

export type Pair = { readonly privateKey: string; readonly publicKey: string };

export function rsaPair(modulusLength = 2048): Pair {
  return inPem(generateKeyPairSync('rsa', { modulusLength }));
}

export function ecPair(namedCurve: string): Pair {
  return inPem(generateKeyPairSync('ec', { namedCurve }));
}

function inPem({ publicKey, privateKey }: KeyPairKeyObjectResult): Pair {
  return {
    publicKey: publicKey.export({ type: 'spki', format: 'pem' }).toString(),
    privateKey: privateKey.export({ type: 'pkcs8', format: 'pem' }).toString(),
  };
}

const RSA = rsaPair();
const SECRET = 'correct horse battery staple, correct horse battery staple, correct horse';

/** A key for each algorithm: a pair, or for HS algorithms the same secret twice. */
export const PAIRS: Readonly<Record<string, Pair>> = {
  RS256: RSA,
  RS384: RSA,
  RS512: RSA,
  PS256: RSA,
  PS384: RSA,
  PS512: RSA,
  ES256: ecPair('P-256'),
  ES384: ecPair('P-384'),
  ES512: ecPair('P-521'),
  HS256: { privateKey: SECRET, publicKey: SECRET },
  HS384: { privateKey: SECRET, publicKey: SECRET },
  HS512: { privateKey: SECRET, publicKey: SECRET },
};

export function signingBy(algorithm: string, more: Partial<Signing> = {}): Signing {
  return { key: PAIRS[algorithm]?.privateKey ?? '', algorithm, keyId: 'acme', ...more };
}

export function keyFor(algorithm: string, more: Partial<VerificationKey> = {}): VerificationKey {
  return { id: 'acme', algorithm, key: PAIRS[algorithm]?.publicKey ?? '', ...more };
}

/** A token made apart from the code under test: by RS256, or by HS256 with `secret`. */
export function tokenOf(header: object, claims: unknown, secret?: string): string {
  const body = [header, claims]
    .map((part) => Buffer.from(JSON.stringify(part)).toString('base64url'))
    .join('.');
  const seal =
    secret === undefined
      ? sign('sha256', Buffer.from(body), createPrivateKey(RSA.privateKey)).toString('base64url')
      : createHmac('sha256', secret).update(body).digest('base64url');
  return `${body}.${seal}`;
}
