import { Client, ResponseType } from '@microsoft/microsoft-graph-client';
import { Authentication, type AuthenticationTools } from './authentication.ts';
import { Exchange, type Call } from './exchange.ts';
import { Transport, type TransportTools } from './transport.ts';

export type ClientTools = AuthenticationTools & TransportTools;

/**
 * Graph's client with a chain of our own. The client's middleware sends tokens by a comparison of texts, follows
 * redirects to other hosts, gives up on faults that pass, and has no timeouts: none of it is used.
 */
export function graphClient(tools: ClientTools): Client {
  const middleware = [new Authentication(tools), new Transport(tools)];
  return Client.initWithMiddleware({ baseUrl: tools.origin, middleware });
}

/** Sends a call once, and a second time with a fresh token where Graph refuses the first one and that is allowed. */
export async function exchange(client: Client, call: Call, mayRenew: boolean): Promise<Exchange> {
  const state = new Exchange(call, mayRenew);
  // What came back is in the state: the client would lose the cause of a failure, and reads bodies without a limit.
  const request = client
    .api('/')
    .version(call.api)
    .headers({ ...call.headers })
    .middlewareOptions([state])
    .responseType(ResponseType.RAW);
  await (call.body === null ? request.get() : request.post(call.body));
  return state;
}
