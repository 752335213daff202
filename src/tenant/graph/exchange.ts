import type { MiddlewareOptions } from '@microsoft/microsoft-graph-client';
import type { Received } from './receive.ts';
import type { SignInProblem } from './sign-in-problem.ts';
import type { ApiVersion, Lane } from './types.ts';

/** A request as it is sent. */
export type Call = {
  readonly api: ApiVersion;
  readonly lane: Lane;
  readonly label: string;
  readonly method: 'GET' | 'POST';
  /** Whole, and just as it is to be sent. */
  readonly url: string;
  readonly headers: { readonly [name: string]: string };
  /** Of a batch; a GET has none. */
  readonly body: { readonly requests: readonly object[] } | null;
};

/** One try of a call, on its way through the middleware and back. */
export class Exchange implements MiddlewareOptions {
  readonly call: Call;
  /** Whether the call may still get a fresh token. */
  mayRenew: boolean;
  result: Received | { readonly kind: 'unsigned'; readonly problem: SignInProblem } | null = null;
  /** By our clock, milliseconds: when it was sent, and when the answer had come. */
  sentAt = 0;
  receivedAt = 0;

  constructor(call: Call, mayRenew: boolean) {
    this.call = call;
    this.mayRenew = mayRenew;
  }
}
