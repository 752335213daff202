import { createServer } from 'node:http';
import { createServer as createSocketServer, type AddressInfo } from 'node:net';
import { gzipSync } from 'node:zlib';
import { afterEach, describe, expect, onTestFinished, test, vi } from 'vitest';
import { BUNDLE, fetched, from, good, NAME, PINNED, problemOf, sha256 } from './fetching.ts';
import { give, httpsServer, inTurn, status, type Handler } from './https-server.ts';

describe('a fault that passes is waited for', () => {
  const reset: Handler = (_, response) => {
    response.socket?.destroy();
  };
  const resetInside: Handler = (_, response) => {
    response.writeHead(200, { 'content-length': '8' }).write('a b', () => response.socket?.destroy());
  };

  test.each<[string, Handler, readonly number[]]>([
    ['503', inTurn(status(503), give(BUNDLE)), [500]],
    ['429, then 500', inTurn(status(429), status(500), give(BUNDLE)), [500, 1000]],
    ['429 with seconds to wait', inTurn(status(429, { 'retry-after': '2' }), give(BUNDLE)), [2000]],
    [
      'seconds to wait that are fewer than ours',
      inTurn(status(503, { 'retry-after': '0' }), give(BUNDLE)),
      [500],
    ],
    [
      'a date to wait for',
      inTurn(
        status(503, {
          'retry-after': 'Mon, 23 Nov 2026 00:00:04 GMT',
          date: 'Mon, 23 Nov 2026 00:00:01 GMT',
        }),
        give(BUNDLE),
      ),
      [3000],
    ],
    ['what nobody can wait for', inTurn(status(503, { 'retry-after': 'soon' }), give(BUNDLE)), [500]],
    ['a connection that breaks off before the answer', inTurn(reset, give(BUNDLE)), [500]],
    [
      'a connection that breaks off in the middle',
      inTurn(resetInside, resetInside, give(BUNDLE)),
      [500, 1000],
    ],
  ])('%s', async (_, handle, expected) => {
    const { result, waited } = await from(await httpsServer(handle));
    expect([result, waited]).toEqual([good, expected]);
  });

  test.each<[string, Handler]>([
    ['before the answer', reset],
    ['in the middle', resetInside],
  ])('a connection that always breaks off %s is given up after three tries', async (_, handle) => {
    expect(await problemOf(handle)).toEqual({
      problem: `source-unreachable: The server cannot be reached: it broke the connection off (ECONNRESET): ${NAME}`,
      asked: 3,
      waited: [500, 1000],
    });
  });

  test('more than five seconds are not', async () => {
    const server = await httpsServer(status(429, { 'retry-after': '6' }));
    const { result, waited } = await from(server);
    expect(result).toMatchObject({
      problems: [{ code: 'source-refused-by-server', hint: 'The server asks to try again in 6 seconds.' }],
    });
    expect([server.requests.length, waited]).toEqual([1, []]);
  });
});

describe('the server takes too long', () => {
  const silent: Handler = () => undefined;
  const stuck: Handler = (_, response) => {
    response.write('a b');
  };
  const drip: Handler = (_, response) => {
    const timer = setInterval(() => response.write('x'), 5);
    response.on('close', () => {
      clearInterval(timer);
    });
  };

  test.each<[string, Handler]>([
    ['without an answer', silent],
    ['in the middle of one', stuck],
  ])('%s', async (_, handle) => {
    expect(await problemOf(handle, { network: { idleTimeout: 400 } })).toEqual({
      problem: `source-timeout: The server does not answer any more: ${NAME}`,
      asked: 1,
      waited: [],
    });
  });

  test('with an answer that comes drop by drop', async () => {
    expect(await problemOf(drip, { network: { totalTimeout: 100 } })).toMatchObject({
      problem: `source-timeout: The server needs more time than there is for a bundle: ${NAME}`,
    });
  });

  test('but one that comes steadily is waited for', async () => {
    const steady: Handler = (_, response) => {
      const pieces = BUNDLE.split('');
      const timer = setInterval(() => {
        if (pieces.length > 0) response.write(pieces.shift());
        else response.end();
      }, 80);
      response.on('close', () => {
        clearInterval(timer);
      });
    };
    expect((await from(await httpsServer(steady), { network: { idleTimeout: 600 } })).result).toEqual(good);
  });

  test('with retries', async () => {
    const wait = () => new Promise<void>((resolve) => setTimeout(resolve, 30));
    expect(await problemOf(status(503), { network: { totalTimeout: 25, wait } })).toMatchObject({
      problem: `source-timeout: The server needs more time than there is for a bundle: ${NAME}`,
    });
  });

  test('before it even takes a request', async () => {
    const plain = createSocketServer(() => undefined);
    await new Promise<void>((resolve) => plain.listen(0, '127.0.0.1', resolve));
    onTestFinished(() => {
      plain.close();
    });
    const host = `127.0.0.1:${(plain.address() as AddressInfo).port}`;
    const { result } = await fetched(`https://${host}/${PINNED}`, {
      hosts: [host],
      network: { idleTimeout: 400 },
    });
    expect(result).toMatchObject({ problems: [{ code: 'source-timeout' }] });
  });
});

describe('P15 an answer is never believed about its length', () => {
  test('that says more than is allowed is not read', async () => {
    const handle: Handler = (_, response) => {
      response.writeHead(200, { 'content-length': String(16 * 1024 * 1024 + 1) }).write('a b');
    };
    expect(await problemOf(handle)).toMatchObject({
      problem: `source-too-large: The bundle is larger than 16 MiB: ${NAME}`,
    });
  });

  test('that never ends is read to the limit', async () => {
    let sent = 0;
    let closed = false;
    const piece = new Uint8Array(1024 * 1024);
    const handle: Handler = (_, response) => {
      const more = (): void => {
        if (closed) return;
        sent += piece.length;
        if (response.write(piece)) setImmediate(more);
      };
      response.on('drain', more);
      response.on('close', () => {
        closed = true;
      });
      more();
    };
    expect(await problemOf(handle)).toMatchObject({
      problem: `source-too-large: The bundle is larger than 16 MiB: ${NAME}`,
    });
    expect(sent).toBeLessThan(64 * 1024 * 1024);
    await expect.poll(() => closed, { interval: 5 }).toBe(true);
  });

  const raw =
    (length: number): Handler =>
    (_, response) => {
      response.socket?.end(
        `HTTP/1.1 200 OK\r\ncontent-length: ${length}\r\nconnection: close\r\n\r\n${BUNDLE}`,
      );
    };

  test('that says too much is not taken for whole', async () => {
    expect(await problemOf(raw(BUNDLE.length + 1))).toMatchObject({
      problem: `source-unreachable: The server cannot be reached: it broke the connection off (ECONNRESET): ${NAME}`,
    });
  });

  test('that says too little is not taken for the file', async () => {
    const { problem } = await problemOf(raw(BUNDLE.length - 1));
    expect(problem).toMatch(/^(?:source-digest-mismatch|source-unreachable): /);
  });

  test('that is packed by the server is not unpacked', async () => {
    const packed = gzipSync(BUNDLE);
    const handle: Handler = (_, response) => {
      response.writeHead(200, { 'content-encoding': 'gzip' }).end(packed);
    };
    const { result } = await from(await httpsServer(handle), {}, `/t#sha256=${sha256(packed)}`);
    expect(result).toMatchObject({ ok: true, sha256: sha256(packed) });
  });
});

describe('a server is not to be trusted', () => {
  const setting = process.env['NODE_TLS_REJECT_UNAUTHORIZED'];
  afterEach(() => {
    vi.restoreAllMocks();
    if (setting === undefined) delete process.env['NODE_TLS_REJECT_UNAUTHORIZED'];
    else process.env['NODE_TLS_REJECT_UNAUTHORIZED'] = setting;
  });

  /** Trusts what Node trusts. */
  const strangers = { network: { ca: '' } };
  const selfSigned = `source-untrusted-server: The server is not to be trusted: it signed its certificate itself (DEPTH_ZERO_SELF_SIGNED_CERT): ${NAME}`;

  test('when nobody known vouches for it', async () => {
    expect(await problemOf(give(BUNDLE), strangers)).toEqual({ problem: selfSigned, asked: 0, waited: [] });
  });

  test('G30 even where the environment says that anything is', async () => {
    process.env['NODE_TLS_REJECT_UNAUTHORIZED'] = '0';
    vi.spyOn(process, 'emitWarning').mockImplementation(() => undefined);
    expect(await problemOf(give(BUNDLE), strangers)).toMatchObject({ problem: selfSigned, asked: 0 });
  });

  // Elsewhere there is only one loopback address.
  test.runIf(process.platform === 'linux')('when its certificate is for another host', async () => {
    const server = await httpsServer(give(BUNDLE), '127.0.0.2');
    const { result } = await from(server);
    expect(result).toMatchObject({
      problems: [
        {
          code: 'source-untrusted-server',
          message: `The server is not to be trusted: its certificate is for another host (ERR_TLS_CERT_ALTNAME_INVALID): https://${server.host}/team.tgz?…`,
        },
      ],
    });
    expect(server.requests).toEqual([]);
  });
});

describe('a server cannot be reached', () => {
  test('that speaks http', async () => {
    const plain = createServer((_, response) => response.end(BUNDLE));
    await new Promise<void>((resolve) => plain.listen(0, '127.0.0.1', resolve));
    onTestFinished(() => {
      plain.close();
    });
    const host = `127.0.0.1:${(plain.address() as AddressInfo).port}`;
    const { result, waited } = await fetched(`https://${host}/${PINNED}`, { hosts: [host] });
    expect(result).toMatchObject({
      problems: [
        {
          code: 'source-unreachable',
          message: expect.stringMatching(
            /^The server cannot be reached: it does not speak TLS as it should \(\w+\): /,
          ) as string,
        },
      ],
    });
    expect(waited).toEqual([]);
  });

  test('that is not there', async () => {
    const { host } = await new Promise<{ host: string }>((resolve) => {
      const gone = createServer().listen(0, '127.0.0.1', () => {
        const { port } = gone.address() as AddressInfo;
        gone.close(() => {
          resolve({ host: `127.0.0.1:${port}` });
        });
      });
    });
    const { result, waited } = await fetched(`https://${host}/t${PINNED}`, { hosts: [host] });
    expect(result).toMatchObject({
      problems: [
        {
          code: 'source-unreachable',
          message: `The server cannot be reached: it refuses connections (ECONNREFUSED): https://${host}/t`,
        },
      ],
    });
    expect(waited).toEqual([]);
  });

  test('that does not speak HTTP', async () => {
    const handle: Handler = (_, response) => {
      response.socket?.end('220 ready\r\n');
    };
    expect((await problemOf(handle)).problem).toMatch(
      /^source-unreachable: The server cannot be reached: it does not speak HTTP as it should \(HPE_\w+\): /,
    );
  });
});
