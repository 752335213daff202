import { isAbsolute } from 'node:path';

/**
 * Where the system keeps caches of this user: `~/.cache/agentid-lint` (or in `$XDG_CACHE_HOME`),
 * `~/Library/Caches/agentid-lint`, `%LOCALAPPDATA%\agentid-lint\Cache`. `null` when the user has no such place, as in
 * containers that run as a number without a home.
 */
export async function userCacheFolder(): Promise<string | null> {
  try {
    const { default: envPaths } = await import('env-paths');
    const { cache } = envPaths('agentid-lint', { suffix: '' });
    return isAbsolute(cache) ? cache : null;
  } catch {
    return null;
  }
}
