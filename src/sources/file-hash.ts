import { createHash } from 'node:crypto';
import type { BundleFileName } from './archive.ts';
import { canonicalText } from './canonical-json.ts';
import { readExactJson } from './exact-json.ts';

export type FileHash =
  | { readonly ok: true; readonly hash: string }
  /** Why the file has no hash, as the end of a sentence. */
  | { readonly ok: false; readonly reason: string };

/** Files that OPA takes as values and not as bytes (`IsStructuredDoc` in v1/bundle/bundle.go of OPA 1.18). */
const STRUCTURED: ReadonlySet<BundleFileName> = new Set(['.manifest', 'data.json']);

/**
 * The SHA-256 of a file of a bundle as OPA computes it for signatures, in lower-case hexadecimal digits. A JSON file
 * is hashed by its meaning, so that white space and the order of keys do not count.
 */
export function hashFile(name: BundleFileName, content: Uint8Array): FileHash {
  if (!STRUCTURED.has(name)) return { ok: true, hash: sha256(content) };
  const json = readExactJson(content);
  return json.ok ? { ok: true, hash: sha256(canonicalText(json.text)) } : json;
}

function sha256(content: Uint8Array | string): string {
  return createHash('sha256').update(content).digest('hex');
}
