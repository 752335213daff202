import type { Flag } from '../config/flags.ts';
import { epochSeconds } from '../model/timestamps.ts';
import type { CliContext } from './context.ts';
import { usageError } from './errors.ts';

/**
 * The moment that expiry is judged against: what the flag says, else when the command started.
 * @throws {UsageError} when the flag says no time
 */
export function nowOf(flag: Flag<string> | undefined, { startedAt }: CliContext): string {
  if (flag === undefined) return rfc3339(Math.floor(startedAt / 1000));
  const seconds = epochSeconds(flag.value);
  if (seconds !== null) return rfc3339(seconds);
  throw usageError(
    `${flag.source}: ${JSON.stringify(flag.value)} is not an RFC 3339 time with a zone`,
    'For example: 2026-11-23T00:00:00Z',
  );
}

function rfc3339(seconds: number): string {
  return new Date(seconds * 1000).toISOString().replace('.000Z', 'Z');
}
