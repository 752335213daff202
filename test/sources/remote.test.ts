import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { NO_CACHE, openCache, type Cache } from '../../src/sources/cache.ts';
import { BUNDLE, fetched, from, good, NAME, PINNED, problemOf, QUERY, sha256, text } from './fetching.ts';
import { give, httpsServer, inTurn, status, type Handler, type HttpsServer } from './https-server.ts';
import { temporaryFolder } from './temporary.ts';

describe('a bundle is fetched', () => {
  test('by a request that tells nothing but what it wants and who asks', async () => {
    const server = await httpsServer(give(BUNDLE));
    expect(await from(server)).toEqual({ result: good, waited: [] });
    expect(server.requests).toEqual([
      {
        line: `GET /team.tgz${QUERY}`,
        headers: {
          accept: '*/*',
          connection: 'close',
          host: server.host,
          'user-agent': 'agentid-lint/1.2.3',
        },
      },
    ]);
  });

  test('in as many pieces as it comes', async () => {
    const server = await httpsServer((_, response) => {
      for (const letter of BUNDLE) response.write(letter);
      response.end();
    });
    expect((await from(server)).result).toEqual(good);
  });

  test('of 16 MiB, and not of one byte more', async () => {
    const most = new Uint8Array(16 * 1024 * 1024);
    const server = await httpsServer(give(most));
    expect((await from(server, {}, `/t#sha256=${sha256(most)}`)).result).toMatchObject({ ok: true });
    expect(await problemOf(give(new Uint8Array(most.length + 1)))).toMatchObject({
      problem: `source-too-large: The bundle is larger than 16 MiB: ${NAME}`,
    });
  });

  test('without a digest only if the config says so, and then in every run', async () => {
    const server = await httpsServer(give(BUNDLE));
    const cache = openCache({ folder: temporaryFolder(), now: 0 });
    const unpinned = (requireDigest: boolean) => from(server, { requireDigest, cache }, '/team.tgz');
    expect((await unpinned(true)).result).toMatchObject({
      problems: [
        {
          code: 'source-not-pinned',
          message: `The address has no digest: https://${server.host}/team.tgz`,
          hint: 'Add #sha256=<64 hexadecimal digits>, or set `remoteRules.requireDigest: false` in the config.',
        },
      ],
    });
    expect(server.requests).toEqual([]);
    expect([(await unpinned(false)).result, (await unpinned(false)).result]).toEqual([good, good]);
    expect([server.requests.length, cache.size()]).toEqual([2, 0]);
  });
});

describe('a pinned bundle', () => {
  const newCache = () => openCache({ folder: join(temporaryFolder(), 'cache'), now: 0 });

  test('is fetched once, and then comes from the cache, also without a network', async () => {
    const server = await httpsServer(give(BUNDLE));
    const cache = newCache();
    const runs = [
      await from(server, { cache }),
      await from(server, { cache }),
      await from(server, { cache, offline: true }),
    ];
    expect(runs.map(({ result }) => result)).toEqual([good, good, good]);
    expect(server.requests).toHaveLength(1);
  });

  test('comes from the cache only while its host is named', async () => {
    const server = await httpsServer(give(BUNDLE));
    const cache = newCache();
    await from(server, { cache });
    expect((await from(server, { cache, hosts: [] })).result).toMatchObject({
      problems: [{ code: 'source-host-not-named' }],
    });
  });

  test('P16 that was changed on the server is refused before anything looks at it', async () => {
    const cache = newCache();
    const other = 'a bundlf';
    expect(await problemOf(give(other), { cache })).toEqual({
      problem: `source-digest-mismatch: The file is not the one that was pinned: expected sha256 ${sha256(BUNDLE)}, got ${sha256(other)}: ${NAME}`,
      asked: 1,
      waited: [],
    });
    expect(cache.size()).toBe(0);
  });

  test('S11 whose place in the cache holds something else is fetched anew', async () => {
    const server = await httpsServer(give(BUNDLE));
    const poisoned: Cache = { ...NO_CACHE, read: () => text('a bundlf') };
    expect((await from(server, { cache: poisoned })).result).toEqual(good);
    expect(server.requests).toHaveLength(1);
    expect(await problemOf(give(BUNDLE), { cache: poisoned, offline: true })).toMatchObject({ asked: 0 });
  });

  test('is fetched without a cache too', async () => {
    const folder = join(temporaryFolder({ file: '' }), 'file');
    const cache = openCache({ folder, now: 0 });
    const server = await httpsServer(give(BUNDLE));
    expect((await from(server, { cache })).result).toEqual(good);
    expect(cache.warning()).toMatchObject({ code: 'source-cache-unusable' });
  });
});

describe('the network is not used', () => {
  test.each<[string, string]>([
    [PINNED, 'The bundle is not in the cache, and --offline forbids to fetch it'],
    ['', 'Without a digest a bundle is fetched in every run, and --offline forbids that'],
  ])('offline: "%s"', async (pinned, message) => {
    const options = { offline: true, requireDigest: false };
    expect(await problemOf(give(BUNDLE), options, `/team.tgz${QUERY}${pinned}`)).toEqual({
      problem: `source-offline: ${message}: ${NAME}`,
      asked: 0,
      waited: [],
    });
  });

  test.each<[string, (server: HttpsServer) => readonly string[]]>([
    ['no host', () => []],
    ['the host without its port', () => ['127.0.0.1']],
    ['another port', ({ port }) => [`127.0.0.1:${port + 1}`]],
    ['another name for it', ({ port }) => [`localhost:${port}`]],
    ['the beginning of it', ({ port }) => [`127.0.0.1:${String(port).slice(0, -1)}`]],
    ['a pattern', () => ['*', '127.*', '']],
    ['an address', ({ host }) => [`https://${host}`]],
  ])('when the config names %s', async (_, hosts) => {
    const server = await httpsServer(give(BUNDLE));
    const { result } = await from(server, { hosts: hosts(server) });
    expect(result).toEqual({
      ok: false,
      problems: [
        {
          code: 'source-host-not-named',
          message: `The config does not name the host ${server.host}: https://${server.host}/team.tgz?…`,
          hint: `Add "${server.host}" under \`remoteRules.hosts\` in the config, if its rules are to be trusted.`,
          uri: null,
          range: null,
        },
      ],
    });
    expect(server.requests).toEqual([]);
  });

  test('letter case of a host does not count', async () => {
    const server = await httpsServer(give(BUNDLE));
    const { result } = await fetched(`https://LocalHost:${server.port}/${PINNED}`, {
      hosts: [`LOCALhost:${server.port}`],
    });
    expect(result).toEqual(good);
  });
});

describe('the server does not give it', () => {
  test.each([
    [401, 'The server gives it only to those it knows (status 401)'],
    [403, 'The server gives it only to those it knows (status 403)'],
    [404, 'The server has no such file (status 404)'],
    [410, 'The server has no such file (status 410)'],
    [204, 'The server answers with status 204 instead of the file'],
    [206, 'The server answers with status 206 instead of the file'],
    [300, 'The server answers with status 300 instead of the file'],
    [304, 'The server answers with status 304 instead of the file'],
    [418, 'The server answers with status 418 instead of the file'],
  ])('status %i, at once', async (code, message) => {
    expect(await problemOf(status(code))).toEqual({
      problem: `source-refused-by-server: ${message}: ${NAME}`,
      asked: 1,
      waited: [],
    });
  });

  test.each([
    [429, 'The server has had too many requests (status 429)'],
    [500, 'The server has a fault (status 500)'],
    [503, 'The server has a fault (status 503)'],
  ])('status %i, after three tries', async (code, message) => {
    expect(await problemOf(status(code))).toEqual({
      problem: `source-refused-by-server: ${message}: ${NAME}`,
      asked: 3,
      waited: [500, 1000],
    });
  });

  test('by an answer of another protocol', async () => {
    const handle: Handler = (_, response) => {
      response.socket?.end('HTTP/1.1 101 Switching Protocols\r\nconnection: upgrade\r\nupgrade: x\r\n\r\n');
    };
    expect(await problemOf(handle)).toMatchObject({
      problem: `source-refused-by-server: The server answers with status 101 instead of the file: ${NAME}`,
    });
  });
});

describe('a redirect', () => {
  const to = (location: string, code = 302) => status(code, { location });

  test.each([301, 302, 303, 307, 308])('of status %i is followed', async (code) => {
    const server = await httpsServer(inTurn(to('../b?c', code), give(BUNDLE)));
    expect((await from(server, {}, `/x/y/a${PINNED}`)).result).toEqual(good);
    expect(server.requests.map(({ line }) => line)).toEqual(['GET /x/y/a', 'GET /x/b?c']);
  });

  test('is followed three times, and to another host that is named', async () => {
    const other = await httpsServer(give(BUNDLE));
    const server = await httpsServer(inTurn(to('/b'), to('/c'), to(`https://localhost:${other.port}/d#x`)));
    const { result } = await from(server, { hosts: [server.host, `localhost:${other.port}`] });
    expect(result).toEqual(good);
    expect(other.requests.map(({ line, headers }) => [line, headers.host])).toEqual([
      ['GET /d', `localhost:${other.port}`],
    ]);
  });

  test('is not followed a fourth time', async () => {
    expect(await problemOf(to('/again'))).toEqual({
      problem: `source-redirect-refused: The server redirects more than 3 times: ${NAME}`,
      asked: 4,
      waited: [],
    });
  });

  test('to a host that is not named is not followed', async () => {
    const other = await httpsServer(give(BUNDLE));
    const server = await httpsServer(to(`https://${other.host}/team.tgz?sig=canary`));
    const { result } = await from(server);
    expect(result).toMatchObject({
      problems: [
        {
          code: 'source-redirect-refused',
          message: `The server redirects to ${other.host}, which the config does not name: https://${server.host}/team.tgz?…`,
          hint: `Add "${other.host}" under \`remoteRules.hosts\` in the config, if its rules are to be trusted.`,
        },
      ],
    });
    expect(other.requests).toEqual([]);
  });

  test.each([
    ['http://HOST/canary', 'to where there is no https'],
    ['file:///canary', 'to where there is no https'],
    ['data:text/plain,canary', 'to where there is no https'],
    ['https://canary:canary@HOST/', 'to an address with a user name or password'],
    ['https://HOST:canary/', 'to nowhere'],
    ['https://', 'to nowhere'],
  ])('to %s is not followed', async (location, words) => {
    const handle: Handler = (request, response) => {
      to(location.replace('HOST', request.headers.host ?? ''))(request, response);
    };
    expect(await problemOf(handle)).toEqual({
      problem: `source-redirect-refused: The server redirects ${words}: ${NAME}`,
      asked: 1,
      waited: [],
    });
  });

  test('that does not say where to is not followed', async () => {
    expect(await problemOf(status(302))).toMatchObject({
      problem: `source-redirect-refused: The server redirects to nowhere: ${NAME}`,
    });
  });
});
