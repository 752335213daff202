import { createHash } from 'node:crypto';

const MAGIC = 'agentid-lint cache 1\n';
const DIGEST_LENGTH = 64;

/** Bytes that an entry is larger than its content. */
export const ENTRY_OVERHEAD = MAGIC.length + DIGEST_LENGTH + '\n'.length;

/** The file name of a key's entry. */
export function entryName(key: string): string {
  return createHash('sha256').update(key).digest('hex');
}

/** Whether a file name is one that `entryName` gives. */
export function isEntryName(name: string): boolean {
  return /^[0-9a-f]{64}$/.test(name);
}

/** Content as it is kept: behind a digest of itself and of its key. */
export function encodeEntry(key: string, content: Uint8Array): Uint8Array {
  return Buffer.concat([headerOf(key, content), content]);
}

/** The content of an entry, or `null` when it is not, byte for byte, what was written for this key. */
export function decodeEntry(key: string, entry: Uint8Array): Uint8Array<ArrayBuffer> | null {
  if (entry.length < ENTRY_OVERHEAD) return null;
  const content = new Uint8Array(entry.subarray(ENTRY_OVERHEAD));
  const header = entry.subarray(0, ENTRY_OVERHEAD);
  return headerOf(key, content).equals(header) ? content : null;
}

function headerOf(key: string, content: Uint8Array): Buffer {
  const digest = createHash('sha256')
    .update(`${entryName(key)}\n`)
    .update(content)
    .digest('hex');
  return Buffer.from(`${MAGIC}${digest}\n`);
}
