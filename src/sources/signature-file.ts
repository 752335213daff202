import { readExactJson } from './exact-json.ts';
import { isObject } from '../util/is-object.ts';

/** What a `.signatures.json` says. Nothing of it is to be believed before its token is verified. */
export type BundleSignature = {
  /** A JSON Web Signature in compact form. */
  readonly token: string;
  readonly algorithm: string;
  /** The key that it says it is by; `null` when it names none. */
  readonly keyId: string | null;
  /** Empty when it names none. */
  readonly scope: string;
  /** Every file with the SHA-256 of its content in lower-case hexadecimal digits. */
  readonly files: readonly SignedFile[];
};

type SignedFile = { readonly name: string; readonly hash: string };

type Reading<T> =
  | { readonly ok: true; readonly value: T }
  /** Why not, as the end of a sentence. */
  | { readonly ok: false; readonly reason: string };

const MAX_BYTES = 64 * 1024;
const SHA_256 = /^[0-9a-fA-F]{64}$/;

/** Reads the form that OPA 1.18 writes: exactly one token, over `files` with SHA-256 hashes, by OPA's own method. */
export function readSignature(
  bytes: Uint8Array,
):
  | { readonly ok: true; readonly signature: BundleSignature }
  | { readonly ok: false; readonly reason: string } {
  const token = readToken(bytes);
  if (!token.ok) return token;
  const [header = '', payload = '', seal = ''] = token.value.split('.');
  const protectedHeader = readPart(header);
  if (!protectedHeader.ok) return failed(`the header of the signature: ${protectedHeader.reason}`);
  const claims = readPart(payload);
  if (!claims.ok) return failed(`the claims of the signature: ${claims.reason}`);
  if (!isCanonicalBase64(seal)) return failed('the signature is no base64url text');
  const { alg, kid, crit } = protectedHeader.value;
  const { keyid, scope } = claims.value;
  if (typeof alg !== 'string') return failed('its header names no algorithm');
  if (crit !== undefined) return failed('its header asks for extensions that no bundle has');
  const names = [kid, keyid, scope];
  if (!names.every((name) => name === undefined || typeof name === 'string')) {
    return failed('the name of the key or the scope is no text');
  }
  const files = readFiles(claims.value['files']);
  if (!files.ok) return files;
  return {
    ok: true,
    signature: {
      token: token.value,
      algorithm: alg,
      keyId: textOf(kid) ?? textOf(keyid),
      scope: textOf(scope) ?? '',
      files: files.value,
    },
  };
}

function readToken(bytes: Uint8Array): Reading<string> {
  if (bytes.length > MAX_BYTES) return failed('it is larger than 64 KiB');
  const json = readExactJson(bytes);
  if (!json.ok) return json;
  if (!isObject(json.value)) return failed('it holds no list of signatures');
  const { signatures, plugin = '', ...others } = json.value;
  // OPA names its own method `_default`; any other is a program that only its author has.
  if (plugin !== '' && plugin !== '_default') return failed("it is not signed by OPA's own method");
  const [unknown] = Object.keys(others);
  if (unknown !== undefined || !Array.isArray(signatures)) return failed('it holds no list of signatures');
  const [token] = signatures as readonly unknown[];
  if (signatures.length !== 1) return failed(`it holds ${signatures.length} signatures, and must hold one`);
  if (typeof token !== 'string' || token.split('.').length !== 3) return failed('the signature is no JWT');
  return { ok: true, value: token };
}

function readPart(part: string): Reading<Record<string, unknown>> {
  if (!isCanonicalBase64(part)) return failed('it is no base64url text');
  const json = readExactJson(Buffer.from(part, 'base64url'));
  if (!json.ok) return json;
  return isObject(json.value) ? { ok: true, value: json.value } : failed('it is no object');
}

/** Decoders pass over characters and bits that mean nothing; a token that has some would be a second form of another. */
function isCanonicalBase64(text: string): boolean {
  return Buffer.from(text, 'base64url').toString('base64url') === text;
}

function readFiles(value: unknown): Reading<readonly SignedFile[]> {
  if (!Array.isArray(value)) return failed('it lists no files');
  const files: SignedFile[] = [];
  for (const file of value as readonly unknown[]) {
    if (!isObject(file)) return failed('a file that it lists has no name and hash');
    const { name, hash, algorithm } = file;
    if (typeof name !== 'string' || typeof hash !== 'string') {
      return failed('a file that it lists has no name and hash');
    }
    if (algorithm !== 'SHA-256' || !SHA_256.test(hash)) return failed('a hash that it lists is no SHA-256');
    files.push({ name, hash: hash.toLowerCase() });
  }
  return { ok: true, value: files };
}

function textOf(value: unknown): string | null {
  return typeof value === 'string' && value !== '' ? value : null;
}

function failed(reason: string): { readonly ok: false; readonly reason: string } {
  return { ok: false, reason };
}
