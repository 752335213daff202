import type { Context, Middleware } from '@microsoft/microsoft-graph-client';
import { isObject } from '../../util/is-object.ts';
import { Exchange } from './exchange.ts';
import { NotReadingError } from './read-only.ts';
import type { Signed, Tokens } from './tokens.ts';

export type AuthenticationTools = {
  /** Origin of Graph; no other is ever asked, with or without a token. */
  readonly origin: string;
  readonly tokens: Tokens;
};

/**
 * Signs requests to Graph, and gets a fresh token once when the first is refused. Puts in the address just as it is to be
 * sent: the client would change the order of a query, and next links are opaque.
 */
export class Authentication implements Middleware {
  readonly #tools: AuthenticationTools;
  #next: Middleware | null = null;

  constructor(tools: AuthenticationTools) {
    this.#tools = tools;
  }

  setNext(next: Middleware): void {
    this.#next = next;
  }

  async execute(context: Context): Promise<void> {
    const { tokens, origin } = this.#tools;
    const state = context.middlewareControl?.getMiddlewareOptions(Exchange);
    if (!(state instanceof Exchange)) throw new NotReadingError('A request that was not planned was stopped');
    if (new URL(state.call.url).origin !== origin)
      throw new NotReadingError('A request to another host than Graph was stopped');
    context.request = state.call.url;
    const first = await tokens.get();
    await this.#send(context, state, first);
    if (!first.ok || state.result?.kind !== 'answer' || state.result.status !== 401 || !state.mayRenew)
      return;
    state.mayRenew = false;
    const claims = claimsOf(state.result.headers.get('www-authenticate'));
    await this.#send(context, state, await tokens.renew(first.token, claims));
  }

  async #send(context: Context, state: Exchange, signed: Signed): Promise<void> {
    if (signed.ok) {
      const headers = new Headers(context.options?.headers);
      headers.set('authorization', `Bearer ${signed.token}`);
      context.options = { ...context.options, headers };
      await this.#next?.execute(context);
    } else {
      state.result = { kind: 'unsigned', problem: signed.problem };
      context.response = Response.error();
    }
  }
}

/**
 * The claims that Graph demands of a token, as JSON, from a challenge with `claims="…"`; `null` when there are none.
 * https://learn.microsoft.com/entra/identity-platform/claims-challenge
 */
function claimsOf(challenge: string | null): string | null {
  const encoded = /\bclaims="([^"]+)"/.exec(challenge ?? '')?.[1];
  if (encoded === undefined) return null;
  const claims = Buffer.from(encoded, 'base64').toString('utf8');
  try {
    return isObject(JSON.parse(claims)) ? claims : null;
  } catch {
    return null;
  }
}
