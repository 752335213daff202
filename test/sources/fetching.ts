import { createHash } from 'node:crypto';
import { expect } from 'vitest';
import { NO_CACHE } from '../../src/sources/cache.ts';
import { parseRuleSource } from '../../src/sources/parse.ts';
import { fetchBundle, type FetchOptions } from '../../src/sources/remote.ts';
import { CERTIFICATE, httpsServer, type Handler, type HttpsServer } from './https-server.ts';

export const BUNDLE = 'a bundle';
export const sha256 = (content: string | Uint8Array) => createHash('sha256').update(content).digest('hex');
export const PINNED = `#sha256=${sha256(BUNDLE)}`;
/** Stands for a token in an address; no problem may repeat it. */
export const QUERY = '?sig=canary';

export const text = (content: string) => new Uint8Array(Buffer.from(content));
export const good = { ok: true, bytes: text(BUNDLE), sha256: sha256(BUNDLE) };

export type Fetching = Partial<Omit<FetchOptions, 'remote'>> & Partial<FetchOptions['remote']>;

/** Fetches what an address names. How long it would have waited is kept in `waited`. */
export async function fetched(
  address: string,
  { hosts = [], requireDigest = true, network, ...options }: Fetching = {},
) {
  const parsed = parseRuleSource(address, { base: '/' });
  if (!parsed.ok || parsed.source.kind !== 'url') throw new Error('not an address');
  const waited: number[] = [];
  const result = await fetchBundle(parsed.source, {
    remote: { hosts, requireDigest },
    offline: false,
    cache: NO_CACHE,
    version: '1.2.3',
    ...options,
    network: {
      ca: CERTIFICATE,
      wait: (milliseconds) => {
        waited.push(milliseconds);
        return Promise.resolve();
      },
      ...network,
    },
  });
  return { result, waited };
}

/** Fetches from a server whose host is named. */
export function from({ host }: HttpsServer, options: Fetching = {}, path = `/team.tgz${QUERY}${PINNED}`) {
  return fetched(`https://${host}${path}`, { hosts: [host], ...options });
}

/** The problem that a server leads to, how often it was asked, and what was waited. */
export async function problemOf(handle: Handler, options?: Fetching, path?: string) {
  const server = await httpsServer(handle);
  const { result, waited } = await from(server, options, path);
  const problem = result.ok ? 'none' : oneOf(result.problems);
  expect(JSON.stringify(problem)).not.toContain('canary');
  return { problem: problem.replaceAll(server.host, 'HOST'), asked: server.requests.length, waited };
}

function oneOf(
  problems: readonly { code: string; message: string; hint?: string; uri: string | null }[],
): string {
  expect(problems).toHaveLength(1);
  const [{ code, message, hint, uri } = { code: '', message: '', uri: '' }] = problems;
  expect([uri, hint]).toEqual([null, expect.any(String)]);
  return `${code}: ${message}`;
}

export const NAME = 'https://HOST/team.tgz?…';
