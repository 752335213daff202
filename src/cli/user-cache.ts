import { isAbsolute } from 'node:path';
import type { StoredCache } from '../cache.ts';
import type { CliContext } from './context.ts';
import { usageError } from './errors.ts';
import { CACHE_VARIABLE } from './flags.ts';

/**
 * The cache of compiled rules and fetched bundles: in the folder that the environment names, else where the system has
 * the user's caches. `null` when there is no such place.
 * @throws {UsageError} when the environment names a folder that depends on where the command runs
 */
export async function userCache({ env, startedAt }: CliContext): Promise<StoredCache | null> {
  const named = env[CACHE_VARIABLE]?.trim() ?? '';
  if (named !== '' && !isAbsolute(named)) {
    throw usageError(
      `${CACHE_VARIABLE}: ${JSON.stringify(named)} is not an absolute path`,
      'Every run would have another cache. Write the whole path.',
    );
  }
  const { openUserCache } = await import('../cache.ts');
  return openUserCache({ ...(named === '' ? {} : { folder: named }), now: startedAt });
}
