import { expect } from 'vitest';
import { CLOUDS, endpointsOf, type Endpoints } from '../../../src/tenant/graph/clouds.ts';
import { openGraph, type GraphLimits, type GraphOptions } from '../../../src/tenant/graph/open.ts';
import type { AskForToken, TokenRequest } from '../../../src/tenant/graph/tokens.ts';
import type { GraphReader, GraphRequest } from '../../../src/tenant/graph/types.ts';
import { scriptedServer, type ScriptedServer, type Turn } from './scripted-server.ts';

export const TENANT = 'f470eba6-5b3d-58e3-8bae-7d058027d4fb';
/** 2026-11-23T00:00:00Z. */
export const NOW = Date.UTC(2026, 10, 23);

/** Time that passes when somebody sleeps, and only then. */
export function standingClock() {
  const slept: number[] = [];
  let time = NOW;
  const sleep = (milliseconds: number, signal: AbortSignal) => {
    if (signal.aborted) return Promise.reject(new Error('stopped'));
    slept.push(milliseconds);
    time += milliseconds;
    return Promise.resolve();
  };
  return { slept, now: () => time, sleep };
}

/** A token with claims, as Entra writes it; nobody has signed it. */
export function tokenWith(claims: { readonly [name: string]: unknown } = {}): string {
  const all = {
    aud: CLOUDS.global.graph,
    tid: TENANT,
    exp: NOW / 1000 + 3600,
    roles: ['Application.Read.All', 'Directory.Read.All'],
    ...claims,
  };
  const encode = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url');
  return `${encode({ alg: 'none', typ: 'JWT' })}.${encode(all)}.canary-signature`;
}

/** Gives these tokens in turn, the last of them for ever; keeps what it was asked. */
export function asking(...tokens: readonly string[]) {
  const asked: Pick<TokenRequest, 'fresh' | 'claims'>[] = [];
  const ask: AskForToken = ({ fresh, claims }) => {
    const token = tokens[Math.min(asked.length, tokens.length - 1)] ?? '';
    asked.push({ fresh, claims });
    return Promise.resolve({ ok: true, token, expiresAt: NOW + 3_600_000 });
  };
  return { asked, ask };
}

export function loopback(origin: string): Endpoints {
  const answer = endpointsOf({ cloud: 'global', graphUrl: origin });
  if (!answer.ok) throw new Error(answer.problem.message);
  return answer.endpoints;
}

export type Opening = Partial<Omit<GraphOptions, 'limits'>> & { readonly limits?: GraphLimits };

/** A reader of a scripted server, with a clock that only sleeping moves. */
export async function reading(turn: Turn, { limits, ...options }: Opening = {}) {
  const server = await scriptedServer(turn);
  const clock = standingClock();
  const opened = await openGraph({
    endpoints: loopback(server.origin),
    ask: asking(tokenWith()).ask,
    tenant: TENANT,
    allowWriteScopes: false,
    version: '1.2.3',
    now: clock.now,
    random: () => 0,
    signal: new AbortController().signal,
    ...options,
    limits: { sleep: clock.sleep, ...limits },
  });
  if (!opened.ok) throw new Error(opened.problem.message);
  return { graph: opened.graph, server, clock };
}

export const AGENTS: GraphRequest = {
  api: 'v1.0',
  path: '/servicePrincipals/microsoft.graph.agentIdentity?$top=2&$select=id',
  label: '/servicePrincipals/microsoft.graph.agentIdentity',
  lane: 'directory',
};

export const OWNERS: GraphRequest = {
  api: 'v1.0',
  path: '/applications/a1/owners',
  label: '/applications/{id}/owners',
  lane: 'directory',
};

/** What a request came to, without what differs from run to run. */
export async function outcome(turn: Turn, request: GraphRequest = AGENTS, options: Opening = {}) {
  const { graph, server, clock } = await reading(turn, options);
  const answer = await graph.page(request);
  expect(JSON.stringify([answer, graph.stats()])).not.toContain('canary');
  return {
    answer: answer.ok
      ? answer.value.items.map(({ id }) => id)
      : `${answer.fault.kind}: ${answer.fault.message}`,
    fault: answer.ok ? null : answer.fault,
    asked: server.seen.length,
    slept: clock.slept,
    stats: graph.stats(),
  };
}

/** Reads a collection to its end or to a fault; never more pages than a test could want. */
export async function readAll(graph: GraphReader, server: ScriptedServer, request: GraphRequest = AGENTS) {
  const ids: unknown[] = [];
  let link: string | undefined;
  for (let pages = 0; pages < 130; pages += 1) {
    const answer = await graph.page(request, link);
    if (!answer.ok)
      return { ids, end: `${answer.fault.kind}: ${answer.fault.message}`, asked: server.seen.length };
    ids.push(...answer.value.items.map(({ id }) => id));
    if (answer.value.nextLink === null) return { ids, end: 'end', asked: server.seen.length };
    link = answer.value.nextLink;
  }
  return { ids, end: 'for ever', asked: server.seen.length };
}
