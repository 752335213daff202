import { createHash } from 'node:crypto';

/** The same GUID for the same label, in every run: https://www.rfc-editor.org/rfc/rfc9562#name-uuid-version-5 */
export function guid(label: string): string {
  const hash = createHash('sha1').update(`larkspur-freight\n${label}`).digest();
  hash[6] = ((hash[6] ?? 0) & 0x0f) | 0x50;
  hash[8] = ((hash[8] ?? 0) & 0x3f) | 0x80;
  return hash.toString('hex', 0, 16).replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5');
}
