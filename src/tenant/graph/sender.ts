import type { Client } from '@microsoft/microsoft-graph-client';
import type { Clockwork } from './clockwork.ts';
import type { Call, Exchange } from './exchange.ts';
import type { Scrub } from './graph-error.ts';
import type { ThrottledLane } from './lane.ts';
import { exchange } from './middleware.ts';
import { Patience, type RetryRules } from './patience.ts';
import type { Tally } from './tally.ts';
import type { Answer, GraphFault, Lane } from './types.ts';
import { fault, verdictOnExchange, type Verdict } from './verdict.ts';

export type SenderTools = {
  readonly client: Client;
  readonly lanes: { readonly [lane in Lane]: ThrottledLane };
  readonly retry: RetryRules;
  readonly clockwork: Clockwork;
  readonly signal: AbortSignal;
  readonly tally: Tally;
  readonly scrub: Scrub;
};

/** Sends calls, each until it has an answer or there is no more patience with it. */
export class Sender {
  readonly tools: SenderTools;

  constructor(tools: SenderTools) {
    this.tools = tools;
  }

  /** The JSON value of an answer with status 200. Never rejects for anything that Graph or the network does. */
  async send(call: Call): Promise<Answer<unknown>> {
    const { retry, lanes, tally } = this.tools;
    const patience = new Patience(retry);
    const lane = lanes[call.lane];
    let mayRenew = true;
    let last: GraphFault | null = null;
    for (;;) {
      const entry = await lane.enter(patience.left);
      if (!entry.ok) return { ok: false, fault: this.#turnedAway(entry.why, call, last) };
      patience.spend(entry.pass.paused);
      const state = await exchange(this.tools.client, call, mayRenew);
      ({ mayRenew } = state);
      const verdict = this.#judge(state);
      const delay = verdict.next === 'again' ? patience.delay(verdict.again) : null;
      if (verdict.next === 'again') this.noteThrottling(verdict, call.lane, delay);
      entry.pass.leave(verdict.next === 'again' ? 'failed' : 'good');
      if (verdict.next === 'done') return { ok: true, value: verdict.value };
      if (verdict.next === 'give-up' || delay === null) return { ok: false, fault: verdict.fault };
      last = verdict.fault;
      tally.retried();
      // A pause of the lane is waited for at its entrance.
      if (verdict.again.why === 'failed' && !(await this.#wait(delay, patience)))
        return { ok: false, fault: this.#turnedAway('aborted', call, null) };
    }
  }

  /** Throttling pauses the lane for everybody, even when this request is given up; so does any `Retry-After`. */
  noteThrottling({ again }: Extract<Verdict, { next: 'again' }>, lane: Lane, delay: number | null): void {
    if (again.why === 'throttled') this.tools.tally.throttled();
    const pause = again.why === 'throttled' ? Math.max(delay ?? 0, again.wait ?? 0) : (again.wait ?? 0);
    if (pause > 0) this.tools.lanes[lane].pause(pause);
  }

  #judge(state: Exchange): Verdict {
    const { tally, scrub } = this.tools;
    tally.received(state);
    return verdictOnExchange(state, state.call, scrub);
  }

  /** Waits, and takes it off the patience; false when the run was stopped. */
  async #wait(milliseconds: number, patience: Patience): Promise<boolean> {
    const { clockwork, signal } = this.tools;
    patience.spend(milliseconds);
    try {
      await clockwork.sleep(milliseconds, signal);
    } catch {
      return false;
    }
    return !signal.aborted;
  }

  #turnedAway(why: 'aborted' | 'paused-too-long', call: Call, last: GraphFault | null): GraphFault {
    if (why === 'aborted') return fault('aborted', 'The run was stopped', call);
    const evidence = {
      status: last?.status ?? null,
      code: last?.code ?? null,
      requestId: last?.requestId ?? null,
    };
    return fault('throttled', 'Graph throttles for longer than may be waited', call, evidence);
  }
}
