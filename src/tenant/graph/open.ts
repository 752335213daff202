import { setMaxListeners } from 'node:events';
import { setTimeout as delay } from 'node:timers/promises';
import type { Endpoints } from './clouds.ts';
import type { Clockwork, Wait } from './clockwork.ts';
import { ThrottledLane } from './lane.ts';
import { laneRules } from './lanes.ts';
import { graphClient } from './middleware.ts';
import { createReader } from './reader.ts';
import { RECEIVE_LIMITS, type ReceiveLimits } from './receive.ts';
import { Sender } from './sender.ts';
import type { Refused } from './sign-in-problem.ts';
import { Tally } from './tally.ts';
import type { TokenFacts } from './token-check.ts';
import { Tokens, type AskForToken } from './tokens.ts';
import type { GraphReader, Lane } from './types.ts';

export type GraphOptions = {
  readonly endpoints: Endpoints;
  readonly ask: AskForToken;
  /** Id or domain of the tenant that is to be read; `null` for that of the token. */
  readonly tenant: string | null;
  readonly allowWriteScopes: boolean;
  /** Of agentid-lint; Graph is told it. */
  readonly version: string;
  /** Milliseconds since 1970, and a number from 0 to 1. */
  readonly now: () => number;
  readonly random: () => number;
  /** Stops everything at once. */
  readonly signal: AbortSignal;
  /** Requests to the directory at a time, at most: 8. */
  readonly concurrency?: number;
  /** Told when Graph throttles. */
  readonly onWait?: (wait: Wait) => void;
  readonly limits?: GraphLimits;
};

/** Each has its default; tests have others. */
export type GraphLimits = Partial<ReceiveLimits> & {
  readonly sleep?: Clockwork['sleep'];
  /** Times that a request is sent when Graph or the network fails: 5. */
  readonly tries?: number;
  /** Milliseconds that one request may wait: 5 minutes. */
  readonly requestBudget?: number;
  /** Milliseconds that a run may wait for throttling: 30 minutes. */
  readonly runBudget?: number;
};

export type OpenedGraph = {
  readonly ok: true;
  readonly graph: GraphReader;
  readonly token: TokenFacts;
};

const MINUTE = 60_000;

/**
 * Signs in, looks at the token before it is sent anywhere, and gives a reader. Nothing has been asked of Graph by then.
 */
export async function openGraph(options: GraphOptions): Promise<OpenedGraph | Refused> {
  const { endpoints, ask, tenant, allowWriteScopes, now, signal } = options;
  const concurrency = Math.max(1, Math.floor(options.concurrency ?? 8));
  // Every request listens for the end of the run; Node would take more than ten for a mistake.
  setMaxListeners(0, signal);
  const tokens = new Tokens({ ask, demands: { endpoints, tenant, allowWriteScopes }, now, signal });
  const signed = await tokens.get();
  if (!signed.ok) return signed;
  const sender = senderOf(options, tokens, concurrency);
  const graph = createReader({ sender, origin: endpoints.graph, concurrency });
  return { ok: true, graph, token: signed.facts };
}

function senderOf(options: GraphOptions, tokens: Tokens, concurrency: number): Sender {
  const { endpoints, version, now, random, signal, limits = {}, onWait } = options;
  const { sleep = realSleep, tries = 5, requestBudget = 5 * MINUTE, runBudget = 30 * MINUTE } = limits;
  const tally = new Tally();
  const client = graphClient({
    origin: endpoints.graph,
    tokens,
    userAgent: `agentid-lint/${version}`,
    limits: { ...RECEIVE_LIMITS, ...limits },
    signal,
    now,
    onSend: () => {
      tally.sent();
    },
  });
  const rules = laneRules(concurrency);
  const laneOf = (lane: Lane) =>
    new ThrottledLane(rules[lane], {
      now,
      sleep,
      signal,
      budgetLeft: () => runBudget - tally.stats.waited,
      onWaited: (milliseconds) => {
        tally.waited(milliseconds);
      },
      onPause: (milliseconds) => onWait?.({ lane, milliseconds }),
    });
  return new Sender({
    client,
    lanes: { directory: laneOf('directory'), protection: laneOf('protection'), reports: laneOf('reports') },
    retry: { tries, budget: requestBudget, random },
    clockwork: { now, sleep, random },
    signal,
    tally,
    scrub: (text) => tokens.withoutTokens(text),
  });
}

const realSleep: Clockwork['sleep'] = (milliseconds, signal) => delay(milliseconds, undefined, { signal });
