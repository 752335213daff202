import { describe, expect, test } from 'vitest';
import { AGENTS, outcome, readAll, reading } from './opening.ts';
import { inTurn, json, list, raw, scriptedServer, type Seen, type Turn } from './scripted-server.ts';

const PATH = '/v1.0/servicePrincipals/microsoft.graph.agentIdentity';

/** A page with a link to the next, at the host that was asked. */
function linked(ids: readonly string[], next: string): Turn {
  return (seen, response) => {
    const value = ids.map((id) => ({ id }));
    json({ value, '@odata.nextLink': `http://${seen.headers.host ?? ''}${next}` })(seen, response);
  };
}

describe('next links', () => {
  test('pages are followed to the end, by links as they are', async () => {
    // Not the order, nor the case, in which Graph's own client would send it.
    const odd = `${PATH}?$skiptoken=x%20y&$top=2&$select=id&$skiptoken=z'`;
    const turn = inTurn(linked(['a', 'b'], odd), linked(['c'], `${PATH}?$skiptoken=2`), list('d'));
    const { graph, server } = await reading(turn);
    expect(await readAll(graph, server)).toEqual({ ids: ['a', 'b', 'c', 'd'], end: 'end', asked: 3 });
    expect(server.seen.map(({ line }) => line)).toEqual([
      `GET ${PATH}?$top=2&$select=id`,
      `GET ${PATH}?$skiptoken=x%20y&$top=2&$select=id&$skiptoken=z%27`,
      `GET ${PATH}?$skiptoken=2`,
    ]);
  });

  test('headers of the request go with every page', async () => {
    const { graph, server } = await reading(inTurn(linked(['a'], `${PATH}?$skiptoken=1`), list('b')));
    await readAll(graph, server, { ...AGENTS, headers: { ConsistencyLevel: 'eventual' } });
    expect(server.seen.map(({ headers }) => headers['consistencylevel'])).toEqual(['eventual', 'eventual']);
  });

  test('a count and a delta link are read', async () => {
    const turn: Turn = (seen, response) => {
      const link = `http://${seen.headers.host ?? ''}/v1.0/applications/delta?$deltatoken=t`;
      json({ '@odata.count': 7, value: [], '@odata.deltaLink': link })(seen, response);
    };
    const { graph, server } = await reading(turn);
    expect(await graph.page(AGENTS)).toEqual({
      ok: true,
      value: {
        items: [],
        nextLink: null,
        deltaLink: `${server.origin}/v1.0/applications/delta?$deltatoken=t`,
        count: 7,
      },
    });
  });

  test('G08 a link to another host is refused, and nothing is asked of that host', async () => {
    const foreign = await scriptedServer(list('foreign'));
    const turn = json({ value: [{ id: 'a' }], '@odata.nextLink': `${foreign.origin}${PATH}?$skiptoken=1` });
    const { answer } = await outcome(turn);
    expect(answer).toBe('malformed: The next link points to another host');
    expect(foreign.seen).toEqual([]);
  });

  /** `HOST` stands for host and port that were asked, `PORT` for another port there. */
  const TRICKS: readonly (readonly [link: string, says: string])[] = [
    ['http://HOST:x@evil.example/v1.0/x', 'holds a user name'],
    ['http://HOST@evil.example/v1.0/x', 'holds a user name'],
    ['http://user:pass@HOST/v1.0/x', 'holds a user name'],
    ['https://HOST/v1.0/x', 'points to another host'],
    ['http://127.0.0.1:PORT/v1.0/x', 'points to another host'],
    ['http://HOST.evil.example/v1.0/x', 'is not a whole URL'],
    ['http://127.0.0.1.evil.example/v1.0/x', 'points to another host'],
    ['http:\\\\HOST\\v1.0\\x', 'holds characters that no link has'],
    ['http://HOST/v1.0/\tx', 'holds characters that no link has'],
    [' http://HOST/v1.0/x', 'holds characters that no link has'],
    ['http://graph.microsoft.cöm/v1.0/x', 'holds characters that no link has'],
    ['/v1.0/x', 'is not a whole URL'],
    ['//evil.example/v1.0/x', 'is not a whole URL'],
    ['http:/HOST/v1.0/x', 'is not a whole URL'],
    ['http:///HOST/v1.0/x', 'is not a whole URL'],
    ['ftp://HOST/v1.0/x', 'is not a whole URL'],
    ['file:///etc/passwd', 'is not a whole URL'],
    ['http://HOST/beta/x', 'points to another version of the API'],
    ['http://HOST/v1.0/../beta/x', 'points to another version of the API'],
    ['http://HOST/v1.0/%2e%2e/beta/x', 'points to another version of the API'],
    ['http://HOST/', 'points to another version of the API'],
    ['http://HOST/v1.0/x#fragment', 'has a fragment'],
    ['', 'is empty'],
  ];
  test.each(TRICKS)('G09 G11 a next link of “%s” is refused before anything is asked', async (link, says) => {
    const turn: Turn = (seen, response) => {
      const host = seen.headers.host ?? '';
      json({ value: [], '@odata.nextLink': link.replace('HOST', host).replace('PORT', '1') })(seen, response);
    };
    const { answer, asked } = await outcome(turn);
    expect([answer, asked]).toEqual([`malformed: The next link ${says}`, 1]);
  });

  test('G09 a link in upper case leads to the same host', async () => {
    const shout: Turn = (seen, response) => {
      json({ value: [], '@odata.nextLink': `HTTP://${seen.headers.host ?? ''}/v1.0/x` })(seen, response);
    };
    const { graph, server } = await reading(inTurn(shout, list('b')));
    expect(await readAll(graph, server)).toMatchObject({ ids: ['b'], end: 'end' });
  });

  test('G09 a link that a caller brings is looked at the same way', async () => {
    const { graph, server } = await reading(list('a'));
    const answer = await graph.page(AGENTS, 'http://evil.example/v1.0/x');
    expect(answer).toMatchObject({
      fault: { kind: 'malformed', message: 'The next link points to another host' },
    });
    expect(server.seen).toEqual([]);
  });

  test.each([[null], [7], [{}], [['x']], [true]])(
    'G11 a next link of %j is malformed, not the end',
    async (link) => {
      const { answer } = await outcome(json({ value: [], '@odata.nextLink': link }));
      expect(answer).toBe('malformed: The next link is not a text');
    },
  );

  test.each([null, 7, ''])('G11 so is a delta link of %j', async (link) => {
    const { answer } = await outcome(json({ value: [], '@odata.deltaLink': link }));
    expect(answer).toMatch(/^malformed: The delta link /);
  });
});

describe('pages that do not lead on', () => {
  const CIRCLE = 'malformed: The next link was there before: the pages go round in a circle';

  test('G10 the same link for ever', async () => {
    const { graph, server } = await reading(linked(['a'], `${PATH}?$skiptoken=1`));
    expect(await readAll(graph, server)).toMatchObject({ end: CIRCLE, asked: 2 });
  });

  test('G10 a circle of three links', async () => {
    const [one, two, three] = ['1', '2', '3'].map((token) => linked([token], `${PATH}?$skiptoken=${token}`));
    const turn = inTurn(one!, two!, three!, one!);
    const { graph, server } = await reading(turn);
    expect(await readAll(graph, server)).toMatchObject({ ids: ['1', '2', '3'], end: CIRCLE, asked: 4 });
  });

  const endless = (idsOf: (page: number) => readonly string[]): Turn => {
    let page = 0;
    return (seen: Seen, response) => {
      page += 1;
      linked(idsOf(page), `${PATH}?$skiptoken=${page}`)(seen, response);
    };
  };

  test('G10 empty pages for ever', async () => {
    const { graph, server } = await reading(endless(() => []));
    const { end, asked } = await readAll(graph, server);
    expect([end, asked]).toEqual(['malformed: 50 pages on end held nothing new', 50]);
  });

  test('G10 the same page for ever, each time with another link', async () => {
    const { graph, server } = await reading(endless(() => ['a', 'b']));
    const { end, asked } = await readAll(graph, server);
    expect([end, asked]).toEqual(['malformed: 50 pages on end held nothing new', 51]);
  });

  test('G10 some empty pages in between are no fault', async () => {
    const { graph, server } = await reading(endless((page) => (page % 40 === 0 ? [`id ${page}`] : [])));
    expect((await readAll(graph, server)).end).toBe('for ever');
  });

  test('G10 collections that are read at the same time do not get in each other’s way', async () => {
    const turn: Turn = (seen, response) => {
      const last = seen.line.includes('token=9');
      const token = Number(/token=(\d)/.exec(seen.line)?.[1] ?? 0);
      const path = seen.line.includes('owners') ? '/v1.0/owners' : PATH;
      if (last) list('end')(seen, response);
      else linked([`${token}`], `${path}?$skiptoken=${token + 1}`)(seen, response);
    };
    const { graph, server } = await reading(turn);
    const owners = { ...AGENTS, path: '/owners', label: '/owners' };
    const both = await Promise.all([
      readAll(graph, server),
      readAll(graph, server, owners),
      readAll(graph, server),
    ]);
    expect(both.map(({ ids, end }) => [ids.length, end])).toEqual([
      [10, 'end'],
      [10, 'end'],
      [10, 'end'],
    ]);
  });
});

describe('answers that are not what Graph sends', () => {
  const NO_LIST = 'malformed: The answer has no list of objects';
  test.each([
    [{}, NO_LIST],
    [{ value: null }, NO_LIST],
    [{ value: {} }, NO_LIST],
    [{ value: 'text' }, NO_LIST],
    [null, 'malformed: The answer is not an object'],
    [[], 'malformed: The answer is not an object'],
    [7, 'malformed: The answer is not an object'],
    [{ value: [{ id: 'a' }, null] }, 'malformed: The list has something that is no object'],
    [{ value: ['a'] }, 'malformed: The list has something that is no object'],
  ])('G12 a page of %j is malformed', async (body, says) => {
    expect((await outcome(json(body))).answer).toBe(says);
  });

  test('G12 so is a second page without a list, and what was read before is not the whole', async () => {
    const { graph, server } = await reading(inTurn(linked(['a'], `${PATH}?$skiptoken=1`), json({})));
    expect(await readAll(graph, server)).toEqual({ ids: ['a'], end: NO_LIST, asked: 2 });
  });

  test.each([201, 202, 204, 206])('G12 status %i is malformed', async (status) => {
    const { answer, asked } = await outcome(raw(status, { 'content-type': 'application/json' }));
    expect([answer, asked]).toEqual([
      `malformed: The answer has the status ${status}, which reading never has`,
      1,
    ]);
  });

  const PORTAL =
    'malformed: The answer is not JSON: something between here and Graph may answer in its place';
  test.each(['text/html', 'application/problem+json', 'text/json', 'application/jsonp', ''])(
    'G15 an answer of type “%s” is refused at once',
    async (type) => {
      const headers: { [name: string]: string } = type === '' ? {} : { 'content-type': type };
      const { answer, asked } = await outcome(raw(200, headers, '{"value":[]}'));
      expect([answer, asked]).toEqual([PORTAL, 1]);
    },
  );

  test('G15 an error in an answer with status 200 is no data', async () => {
    const { fault } = await outcome(json({ error: { code: 'Oops', message: 'words' }, value: [] }));
    expect(fault).toMatchObject({
      kind: 'malformed',
      message: 'The answer says that all is well and holds an error',
      status: 200,
      code: 'Oops',
    });
  });

  test('G16 a page over the limit is not read to its end', async () => {
    const big = JSON.stringify({ value: [{ id: 'x'.repeat(20_000) }] });
    const { answer, asked } = await outcome(raw(200, { 'content-type': 'application/json' }, big), AGENTS, {
      limits: { bytes: 10_000 },
    });
    expect([answer, asked]).toEqual(['malformed: The answer is larger than anything that Graph sends', 1]);
  });

  test('G16 the limit is for unpacked bytes: a small packed answer can be too large', async () => {
    const { gzipSync } = await import('node:zlib');
    const packed = gzipSync(Buffer.alloc(5_000_000));
    const headers = { 'content-type': 'application/json', 'content-encoding': 'gzip' };
    const { answer } = await outcome(raw(200, headers, packed), AGENTS, { limits: { bytes: 1_000_000 } });
    expect(packed.length).toBeLessThan(10_000);
    expect(answer).toBe('malformed: The answer is larger than anything that Graph sends');
  });

  test('packed answers are read', async () => {
    const { gzipSync } = await import('node:zlib');
    const headers = { 'content-type': 'application/json', 'content-encoding': 'gzip' };
    expect((await outcome(raw(200, headers, gzipSync('{"value":[{"id":"a"}]}')))).answer).toEqual(['a']);
  });

  test.each([301, 302, 303, 307, 308])('G17 a redirect (%i) is not followed, to no host', async (status) => {
    const foreign = await scriptedServer(list('foreign'));
    for (const location of [`${foreign.origin}${PATH}`, '/v1.0/elsewhere', 'https://evil.example/']) {
      const { answer, asked } = await outcome(raw(status, { location }));
      expect([answer, asked]).toEqual(['malformed: The answer is a redirect, which reading never needs', 1]);
    }
    expect(foreign.seen).toEqual([]);
  });

  test('one object is read as it is', async () => {
    const { graph } = await reading(json({ id: 'a', displayName: 'Larkspur' }));
    expect(await graph.get(AGENTS)).toEqual({ ok: true, value: { id: 'a', displayName: 'Larkspur' } });
  });

  test.each([null, [], 'text', 7])('G12 an object of %j is malformed', async (body) => {
    const { graph } = await reading(json(body));
    expect(await graph.get(AGENTS)).toMatchObject({
      ok: false,
      fault: { kind: 'malformed', message: 'The answer is not an object' },
    });
  });
});
