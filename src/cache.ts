import { userCacheFolder } from './sources/cache-folder.ts';
import { openCache, type StoredCache } from './sources/cache.ts';

export type { StoredCache } from './sources/cache.ts';

/** Where the cache of compiled rules and fetched bundles is, and when the run started. */
export type CacheRequest = {
  /** Absolute; the place that the system has for caches of this user when absent. */
  readonly folder?: string;
  /** Milliseconds since 1970-01-01T00:00:00Z. */
  readonly now: number;
};

/** The cache of compiled rules and fetched bundles; `null` when no folder is given and the user has none. */
export async function openUserCache({ folder, now }: CacheRequest): Promise<StoredCache | null> {
  const place = folder ?? (await userCacheFolder());
  return place === null ? null : openCache({ folder: place, now });
}
