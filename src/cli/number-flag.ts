import type { Flag } from '../config/flags.ts';
import { usageError } from './errors.ts';

/**
 * A whole number from 1 on; `null` when nobody says one.
 * @throws {UsageError} for anything else
 */
export function countOf(flag: Flag<string> | undefined, most = 1_000_000_000): number | null {
  if (flag === undefined) return null;
  const number = /^[1-9]\d{0,9}$/.test(flag.value) ? Number(flag.value) : 0;
  if (number >= 1 && number <= most) return number;
  throw usageError(
    `${flag.source}: ${JSON.stringify(flag.value)} is not a whole number from 1 to ${most}`,
    'Give it a value like 8.',
  );
}
