import { isUtf8 } from 'node:buffer';
import { readdirSync } from 'node:fs';

export const REPLACEMENT = '\uFFFD';

/**
 * Names in a folder that are not UTF-8, by the text that Node makes of them, which opens nothing. The answer shows
 * their odd bytes as `\xff`.
 */
export function undecodableNames(folder: string): ReadonlyMap<string, readonly string[]> {
  const found = new Map<string, string[]>();
  for (const name of readdirSync(folder, { encoding: 'buffer' })) {
    if (isUtf8(name)) continue;
    const lossy = name.toString('utf8');
    found.set(lossy, [...(found.get(lossy) ?? []), visibleBytes(name)]);
  }
  return found;
}

function visibleBytes(name: Buffer): string {
  return Array.from(name, (byte) =>
    byte >= 0x20 && byte < 0x7f
      ? String.fromCharCode(byte)
      : String.raw`\x${byte.toString(16).padStart(2, '0')}`,
  ).join('');
}
