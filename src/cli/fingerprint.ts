import { usageError } from './errors.ts';

const FORM = /^v1:[0-9a-f]{8,32}$/;

/**
 * The beginning of a fingerprint that a text is, as reports write it; `null` when it is meant as something else.
 * @throws {UsageError} when it begins as a fingerprint does and is none
 */
export function readFingerprint(text: string): string | null {
  const lower = text.toLowerCase();
  if (/^[0-9a-f]{8,32}$/.test(lower)) return `v1:${lower}`;
  if (!/^v\d+:/.test(lower)) return null;
  if (FORM.test(lower)) return lower;
  throw usageError(
    `${JSON.stringify(text)} is no fingerprint`,
    'Write v1: and at least 8 of its 32 hexadecimal digits, as a report shows them.',
  );
}
