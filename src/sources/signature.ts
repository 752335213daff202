import { compactVerify, CompactSign, errors } from 'jose';
import { bundleFileName, type BundleEntries, type BundleFileName } from './archive.ts';
import { hashFile } from './file-hash.ts';
import { sourceProblem, type SourceProblemCode } from './problem.ts';
import type { VerificationKey } from './rule-source.ts';
import { readSignature, type BundleSignature } from './signature-file.ts';
import { isSignatureAlgorithm, usableKey } from './signing-key.ts';
import type { Problem } from '../documents/problem.ts';

/** How a bundle is signed. */
export type Signing = {
  /** A private key in PEM, or the shared secret of an HS algorithm. Never shown. */
  readonly key: string;
  readonly algorithm: string;
  /** The name under which those who verify have the key. */
  readonly keyId: string;
  /** What the bundle is for; OPA compares it with the scope that it is told to expect. */
  readonly scope?: string;
};

type Refused = { readonly ok: false; readonly problems: readonly Problem[] };

/** `.signatures.json` for these files, as OPA 1.18 writes and reads it. */
export async function signEntries(
  entries: BundleEntries,
  { key, algorithm, keyId, scope }: Signing,
): Promise<{ readonly ok: true; readonly file: Uint8Array<ArrayBuffer> } | Refused> {
  const refuse = refuser(null);
  const usable = usableKey(key, algorithm, 'sign');
  if (!usable.ok) return refuse('bundle-key-unusable', `The signing key ${usable.reason}.`);
  const files: { name: string; hash: string; algorithm: string }[] = [];
  for (const [name, content] of signedFiles(entries)) {
    const file = hashFile(name, content);
    if (!file.ok) return refuse('bundle-json', `${name} cannot be signed: ${file.reason}.`);
    files.push({ name, hash: file.hash, algorithm: 'SHA-256' });
  }
  const claims = { files, keyid: keyId, ...(scope === undefined ? {} : { scope }) };
  const token = await new CompactSign(new TextEncoder().encode(JSON.stringify(claims)))
    .setProtectedHeader({ alg: usable.algorithm, kid: keyId, typ: 'JWT' })
    .sign(usable.key);
  return {
    ok: true,
    file: new TextEncoder().encode(`${JSON.stringify({ signatures: [token] }, null, 1)}\n`),
  };
}

export type Verified = { readonly ok: true; readonly keyId: string };

/**
 * Whether exactly these files were signed with one of the keys, each key by the algorithm that it is configured for.
 * `scope` is the one that the signature must name; without it, it must name none. `uri` is what problems name.
 */
export async function verifyEntries(
  entries: BundleEntries,
  keys: readonly VerificationKey[],
  { scope = '', uri }: { readonly scope?: string; readonly uri: string | null },
): Promise<Verified | Refused> {
  const refuse = refuser(uri);
  const file = entries.get('.signatures.json');
  if (file === undefined) return refuse('bundle-not-signed');
  const reading = readSignature(file);
  if (!reading.ok) return refuse('bundle-signature-malformed', `.signatures.json: ${reading.reason}.`);
  const { signature } = reading;
  const candidates = candidatesFor(signature, keys);
  if (!candidates.ok) return refuse(candidates.code, candidates.message);
  const signer = await signerAmong(candidates.keys, signature.token);
  if (!signer.ok) return refuse(signer.code, signer.message);
  if (signature.scope !== scope) return refuse('bundle-signature-scope');
  const difference = differenceTo(entries, signature);
  return difference === null ? signer : refuse('bundle-signature-files', difference);
}

type Fault = { readonly ok: false; readonly code: SourceProblemCode; readonly message?: string };

/** The keys that the signature may be by: the one that it names, or all of its algorithm when it names none. */
function candidatesFor(
  { keyId, algorithm }: BundleSignature,
  keys: readonly VerificationKey[],
): { readonly ok: true; readonly keys: readonly VerificationKey[] } | Fault {
  if (!isSignatureAlgorithm(algorithm)) {
    return { ok: false, code: 'bundle-signature-algorithm' };
  }
  if (keys.length === 0) {
    return {
      ok: false,
      code: 'bundle-signature-key',
      message: 'The bundle is signed, and no key is configured.',
    };
  }
  const named = keyId === null ? keys : keys.filter(({ id }) => id === keyId);
  const ids = keys.map(({ id }) => `"${id}"`).join(', ');
  if (named.length === 0) {
    return {
      ok: false,
      code: 'bundle-signature-key',
      message: `The bundle is signed with the key ${shown(keyId ?? '')}. Configured are ${ids}.`,
    };
  }
  const fitting = named.filter((key) => key.algorithm === algorithm);
  if (fitting.length > 0) return { ok: true, keys: fitting };
  const configured = named.map(({ id, algorithm: other }) => `"${id}" for ${other}`).join(', ');
  return {
    ok: false,
    code: 'bundle-signature-algorithm',
    message: `The bundle is signed by ${algorithm}. Configured is ${configured}.`,
  };
}

async function signerAmong(keys: readonly VerificationKey[], token: string): Promise<Verified | Fault> {
  for (const { id, algorithm, key: text } of keys) {
    const usable = usableKey(text, algorithm, 'verify');
    if (!usable.ok) {
      return { ok: false, code: 'bundle-key-unusable', message: `The key "${id}" ${usable.reason}.` };
    }
    if (await isBy(usable, token)) return { ok: true, keyId: id };
  }
  return { ok: false, code: 'bundle-signature-invalid' };
}

async function isBy(
  { key, algorithm }: Extract<ReturnType<typeof usableKey>, { ok: true }>,
  token: string,
): Promise<boolean> {
  try {
    await compactVerify(token, key, { algorithms: [algorithm] });
    return true;
  } catch (cause) {
    if (cause instanceof errors.JOSEError) return false;
    throw cause;
  }
}

/** How the files differ from those that were signed, as a sentence; `null` when they do not. */
function differenceTo(entries: BundleEntries, { files }: BundleSignature): string | null {
  const signed = new Map<BundleFileName, string>();
  for (const { name: written, hash } of files) {
    const name = bundleFileName(written);
    if (name === null || name === '.signatures.json')
      return `A signature for ${shown(written)} is there, which is no file that is signed.`;
    if (signed.has(name)) return `${name} is signed twice.`;
    signed.set(name, hash);
  }
  for (const [name, content] of signedFiles(entries)) {
    const expected = signed.get(name);
    if (expected === undefined) return `${name} is not among the files that were signed.`;
    const file = hashFile(name, content);
    if (!file.ok) return `${name} cannot be compared with what was signed: ${file.reason}.`;
    if (file.hash !== expected) return `${name} is not the file that was signed.`;
    signed.delete(name);
  }
  const [missing] = signed.keys();
  return missing === undefined ? null : `${missing} was signed, and is missing.`;
}

function signedFiles(entries: BundleEntries): [BundleFileName, Uint8Array][] {
  return [...entries].filter(([name]) => name !== '.signatures.json').sort(([a], [b]) => (a < b ? -1 : 1));
}

/** A name from a bundle, in a message: short, and marked as not ours. */
function shown(name: string): string {
  return `"${name.length > 60 ? `${name.slice(0, 60)}…` : name}"`;
}

function refuser(uri: string | null) {
  return (code: SourceProblemCode, message?: string): Refused => ({
    ok: false,
    problems: [sourceProblem(code, message === undefined ? {} : { message }, { uri, range: null })],
  });
}
