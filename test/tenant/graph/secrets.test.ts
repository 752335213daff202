import { describe, expect, onTestFinished, test, vi } from 'vitest';
import type { Answer, GraphReader } from '../../../src/tenant/graph/types.ts';
import { AGENTS, asking, OWNERS, reading, tokenWith } from './opening.ts';
import { batch, failure, json, raw, reset, type Seen, type Turn } from './scripted-server.ts';

const bearerOf = ({ headers }: Seen) => headers.authorization?.replace('Bearer ', '') ?? '';

/** Answers with something that is made of the token that came in. */
function echo(made: (token: string) => Turn): Turn {
  return (seen, response) => {
    made(bearerOf(seen))(seen, response);
  };
}

/** The same for batches; requests by themselves fail. */
function echoInBatch(made: (token: string) => Turn): Turn {
  return (seen, response) => {
    const turn = seen.line.startsWith('POST') ? made : (token: string) => failure(500, token);
    turn(bearerOf(seen))(seen, response);
  };
}

const JSON_TYPE = { 'content-type': 'application/json' };

/** Servers that say back what they were sent, in each place where a fault could repeat it. */
const ECHOES: readonly (readonly [place: string, turn: Turn])[] = [
  ['the code of an error', echo((token) => failure(403, token))],
  ['the message of an error', echo((token) => failure(400, 'x', `you sent ${token}!`))],
  ['a message that is cut in the middle of it', echo((token) => failure(400, 'x', 'y'.repeat(170) + token))],
  ['the request id', echo((token) => failure(404, 'x', 'y', { 'request-id': token.slice(0, 64) }))],
  ['Retry-After', echo((token) => failure(429, token, 'y', { 'retry-after': token }))],
  [
    'a challenge',
    echo((token) => failure(401, token, 'y', { 'www-authenticate': `Bearer claims="${token}"` })),
  ],
  ['a redirect', echo((token) => raw(302, { location: `https://evil.example/${token}` }))],
  ['a page for people', echo((token) => raw(200, { 'content-type': 'text/html' }, token))],
  ['the content type', echo((token) => raw(200, { 'content-type': token }, '{}'))],
  ['broken JSON', echo((token) => raw(200, JSON_TYPE, `{"${token}`))],
  ['an error with status 200', echo((token) => json({ error: { code: token, message: token } }))],
  ['a next link', echo((token) => json({ value: [], '@odata.nextLink': `https://${token}@evil.example/` }))],
  ['an error of the service', echo((token) => failure(503, token, token))],
  ['nothing at all', reset],
  [
    'a part of a batch',
    echoInBatch((token) => batch(() => ({ status: 400, body: { error: { code: token, message: token } } }))),
  ],
  ['ids of a batch', echoInBatch((token) => json({ responses: [{ id: token, status: 200 }] }))],
];

const TOKENS = [
  ['a readable token', tokenWith({ jti: 'canary' })],
  ['an opaque token', 'canary-0123456789-opaque'],
] as const;

/** What went wrong; what was read is data, and not ours to change. */
async function faultsOf(graph: GraphReader) {
  const parts = [
    { key: 1, request: OWNERS },
    { key: 2, request: { ...OWNERS, lane: 'reports' } as const },
  ];
  const answers: Answer<unknown>[] = [await graph.page(AGENTS), await graph.get(OWNERS)];
  for await (const { answer } of graph.batch(parts)) answers.push(answer);
  return answers.flatMap((answer) => (answer.ok ? [] : [answer.fault]));
}

describe.each(TOKENS)('O18 %s is in no fault, figure, message or log', (_, token) => {
  test.each(ECHOES)('when a server says it back in %s', async (_place, turn) => {
    const said: unknown[] = [];
    for (const name of ['log', 'info', 'warn', 'error', 'debug'] as const)
      vi.spyOn(console, name).mockImplementation((...words) => said.push(words));
    onTestFinished(() => {
      vi.restoreAllMocks();
    });
    const { graph, server } = await reading(turn, {
      ask: asking(token).ask,
      onWait: (wait) => said.push(wait),
    });
    const faults = await faultsOf(graph);
    const text = JSON.stringify([faults, graph.stats(), said]);
    expect(faults.length).toBeGreaterThan(0);
    expect(server.seen.length).toBeGreaterThan(0);
    expect(bearerOf(server.seen[0]!)).toBe(token);
    for (const piece of [token, ...token.split('.'), token.slice(0, 20)]) expect(text).not.toContain(piece);
    expect(said.filter(Array.isArray)).toEqual([]);
  });
});
