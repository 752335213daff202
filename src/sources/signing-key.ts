import { createPrivateKey, createPublicKey, type KeyObject } from 'node:crypto';

type Family =
  | { readonly kind: 'rsa' }
  | { readonly kind: 'ec'; readonly curve: string; readonly name: string }
  /** RFC 7518, section 3.2: a secret is at least as long as the hash. */
  | { readonly kind: 'secret'; readonly bytes: number };

const RSA: Family = { kind: 'rsa' };

/** The JWS algorithms that an OPA can be configured with (`supportedAlgos` in v1/keys of OPA 1.18), and their keys. */
const ALGORITHMS = {
  RS256: RSA,
  RS384: RSA,
  RS512: RSA,
  PS256: RSA,
  PS384: RSA,
  PS512: RSA,
  ES256: { kind: 'ec', curve: 'prime256v1', name: 'P-256' },
  ES384: { kind: 'ec', curve: 'secp384r1', name: 'P-384' },
  ES512: { kind: 'ec', curve: 'secp521r1', name: 'P-521' },
  HS256: { kind: 'secret', bytes: 32 },
  HS384: { kind: 'secret', bytes: 48 },
  HS512: { kind: 'secret', bytes: 64 },
} as const satisfies { readonly [algorithm: string]: Family };

export type SignatureAlgorithm = keyof typeof ALGORITHMS;

export const SIGNATURE_ALGORITHMS = Object.keys(ALGORITHMS) as readonly SignatureAlgorithm[];

const SHORTEST_RSA_BITS = 2048;
const PEM = '-----BEGIN ';

export type UsableKey =
  | { readonly ok: true; readonly algorithm: SignatureAlgorithm; readonly key: KeyObject | Uint8Array }
  /** What is wrong with it, as the end of a sentence that begins with the key. Never shows any of it. */
  | { readonly ok: false; readonly reason: string };

/**
 * The key that signatures of an algorithm are made or verified with. Making one takes a private key in PEM, verifying
 * one a public key or certificate in PEM; for HS algorithms both take the secret itself.
 */
export function usableKey(text: string, algorithm: string, use: 'sign' | 'verify'): UsableKey {
  if (!isSignatureAlgorithm(algorithm)) {
    return unusable(`is for an algorithm that is none of ${SIGNATURE_ALGORITHMS.join(', ')}`);
  }
  const family: Family = ALGORITHMS[algorithm];
  if (family.kind === 'secret') return secretKey(text, algorithm, family.bytes);
  const key = use === 'sign' ? privateKey(text) : publicKey(text);
  if (typeof key === 'string') return unusable(key);
  const mismatch = whyNotOf(family, key, algorithm);
  return mismatch === null ? { ok: true, algorithm, key } : unusable(mismatch);
}

export function isSignatureAlgorithm(name: string): name is SignatureAlgorithm {
  return Object.hasOwn(ALGORITHMS, name);
}

function secretKey(text: string, algorithm: SignatureAlgorithm, shortest: number): UsableKey {
  // Whoever has the public key of another algorithm could sign with it as a secret.
  if (text.includes(PEM)) return unusable(`is a PEM file, but ${algorithm} takes a secret`);
  const key = new TextEncoder().encode(text);
  if (key.length >= shortest) return { ok: true, algorithm, key };
  return unusable(`has ${key.length} bytes, but ${algorithm} needs a secret of at least ${shortest}`);
}

function privateKey(pem: string): KeyObject | string {
  try {
    return createPrivateKey(pem);
  } catch {
    return 'is no private key in PEM without a passphrase';
  }
}

function publicKey(pem: string): KeyObject | string {
  // Node would take the public half of it. A private key has no place on a machine that only verifies.
  if (pem.includes('PRIVATE KEY-----')) return 'is a private key; verifying takes the public one';
  try {
    return createPublicKey(pem);
  } catch {
    return 'is no public key or certificate in PEM';
  }
}

function whyNotOf(family: Family, key: KeyObject, algorithm: SignatureAlgorithm): string | null {
  const { modulusLength = 0, namedCurve } = key.asymmetricKeyDetails ?? {};
  if (key.asymmetricKeyType !== family.kind) {
    return `is not of the kind that ${algorithm} takes, which is ${family.kind.toUpperCase()}`;
  }
  if (family.kind === 'rsa' && modulusLength < SHORTEST_RSA_BITS) {
    return `has ${modulusLength} bits, but an RSA key needs at least ${SHORTEST_RSA_BITS}`;
  }
  if (family.kind === 'ec' && namedCurve !== family.curve) {
    return `is on another curve than ${algorithm} takes, which is ${family.name}`;
  }
  return null;
}

function unusable(reason: string): UsableKey {
  return { ok: false, reason };
}
