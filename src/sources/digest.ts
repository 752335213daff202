import { createHash } from 'node:crypto';

const DIGEST = /^(?:sha256:)?([0-9a-f]{64})$/i;

/** The 64 lower-case hexadecimal digits of a sha256, which may stand behind `sha256:`; `null` for anything else. */
export function parseDigest(text: string): string | null {
  return DIGEST.exec(text)?.[1]?.toLowerCase() ?? null;
}

/** The sha256 of bytes as 64 lower-case hexadecimal digits. */
export function digestOf(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex');
}
