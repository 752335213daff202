import type { Context, Middleware } from '@microsoft/microsoft-graph-client';
import type { Clockwork } from './clockwork.ts';
import { Exchange } from './exchange.ts';
import { assertReading, NotReadingError } from './read-only.ts';
import { receive, type ReceiveLimits } from './receive.ts';

export type TransportTools = {
  /** Origin of Graph; nothing is sent to another. */
  readonly origin: string;
  readonly userAgent: string;
  readonly limits: ReceiveLimits;
  readonly signal: AbortSignal;
  readonly now: Clockwork['now'];
  /** Told before a request leaves. */
  readonly onSend: () => void;
};

/**
 * The end of the chain, and the only way out: sends what can only read, to Graph alone, follows nothing, and puts the
 * whole answer into the exchange.
 */
export class Transport implements Middleware {
  readonly #tools: TransportTools;

  constructor(tools: TransportTools) {
    this.#tools = tools;
  }

  async execute(context: Context): Promise<void> {
    const { origin, limits, signal, now, onSend, userAgent } = this.#tools;
    const { method = 'GET', body = null, headers: given } = context.options ?? {};
    const address: unknown = context.request;
    if (typeof address !== 'string') throw new NotReadingError('A request without an address was stopped');
    const url = new URL(address);
    if (url.origin !== origin) throw new NotReadingError('A request to another host than Graph was stopped');
    assertReading(method, url, body);
    const state = context.middlewareControl?.getMiddlewareOptions(Exchange);
    if (!(state instanceof Exchange)) throw new NotReadingError('A request that was not planned was stopped');
    const headers = new Headers(given);
    headers.set('accept', 'application/json');
    headers.set('user-agent', userAgent);
    onSend();
    state.sentAt = now();
    state.result = await receive(url.href, { method, body, headers }, { limits, signal });
    state.receivedAt = now();
    // The client only wants something that is a response.
    context.response = Response.error();
  }
}
