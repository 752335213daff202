import type { Clockwork } from './clockwork.ts';

export type LaneRules = {
  /** Requests at a time to begin with, and at most. */
  readonly start: number;
  readonly most: number;
  /** At most `count` requests in any `per` milliseconds; `null` where Graph counts otherwise. */
  readonly rate: { readonly count: number; readonly per: number } | null;
};

export type LaneTools = Pick<Clockwork, 'now' | 'sleep'> & {
  readonly signal: AbortSignal;
  /** Milliseconds that the run may still wait for throttling. */
  readonly budgetLeft: () => number;
  /** Told of milliseconds that were waited for throttling. */
  readonly onWaited: (milliseconds: number) => void;
  /** Told of a pause that begins or grows, in milliseconds from now. */
  readonly onPause: (milliseconds: number) => void;
};

/** The right to send one request; `leave` gives it back. */
export type Pass = {
  /** Milliseconds that the lane was paused for when the request came. */
  readonly paused: number;
  readonly leave: (result: 'good' | 'failed') => void;
};

export type Entry =
  | { readonly ok: true; readonly pass: Pass }
  | { readonly ok: false; readonly why: 'aborted' | 'paused-too-long' };

type Waiter = { readonly most: number; readonly settle: (entry: Entry) => void; readonly paused: number };

/**
 * Lets requests to one part of Graph through: a number at a time that adapts, a number in a stretch of time where the
 * service counts that way, and none while it is throttled. First come, first served.
 *
 * The number at a time grows by one for each round of answers and is halved when a pause begins; requests that were
 * under way by then and are throttled too only make the pause longer.
 */
export class ThrottledLane {
  readonly #rules: LaneRules;
  readonly #tools: LaneTools;
  readonly #waiting: Waiter[] = [];
  /** When the last requests ended; only kept where there is a rate. */
  readonly #ended: number[] = [];
  #limit: number;
  #running = 0;
  #pausedUntil = Number.NEGATIVE_INFINITY;
  #isAsleep = false;

  constructor(rules: LaneRules, tools: LaneTools) {
    this.#rules = rules;
    this.#tools = tools;
    this.#limit = Math.min(rules.start, rules.most);
    tools.signal.addEventListener('abort', () => {
      this.#turnAway(() => true, 'aborted');
    });
  }

  /** Waits for a turn, unless the lane is paused for longer than `most` milliseconds. */
  enter(most: number): Promise<Entry> {
    if (this.#tools.signal.aborted) return Promise.resolve({ ok: false, why: 'aborted' });
    const paused = this.#pauseLeft();
    if (this.#isTooLong(paused, most)) return Promise.resolve({ ok: false, why: 'paused-too-long' });
    return new Promise((settle) => {
      this.#waiting.push({ most, settle, paused });
      this.#letThrough();
    });
  }

  /** Graph asks to be left alone for so long. */
  pause(milliseconds: number): void {
    const until = this.#tools.now() + milliseconds;
    if (until <= this.#pausedUntil) return;
    if (this.#pauseLeft() === 0) this.#limit = Math.max(1, this.#limit / 2);
    this.#pausedUntil = until;
    this.#tools.onPause(milliseconds);
    this.#turnAway(({ most }) => this.#isTooLong(milliseconds, most), 'paused-too-long');
  }

  #pauseLeft(): number {
    return Math.max(0, this.#pausedUntil - this.#tools.now());
  }

  #isTooLong(paused: number, most: number): boolean {
    return paused > 0 && paused > Math.min(most, this.#tools.budgetLeft());
  }

  #turnAway(isMeant: (waiter: Waiter) => boolean, why: 'aborted' | 'paused-too-long'): void {
    for (const waiter of this.#waiting.splice(0)) {
      if (isMeant(waiter)) waiter.settle({ ok: false, why });
      else this.#waiting.push(waiter);
    }
  }

  #letThrough(): void {
    while (!this.#isAsleep && this.#waiting.length > 0 && this.#running < Math.floor(this.#limit)) {
      const paused = this.#pauseLeft();
      const wait = Math.max(paused, this.#rateLeft());
      if (wait > 0) void this.#sleep(wait, paused);
      else this.#admit();
    }
  }

  #admit(): void {
    const waiter = this.#waiting.shift();
    if (waiter === undefined) return;
    this.#running += 1;
    const leave = (result: 'good' | 'failed') => {
      this.#leave(result);
    };
    waiter.settle({ ok: true, pass: { paused: waiter.paused, leave } });
  }

  #leave(result: 'good' | 'failed'): void {
    this.#running -= 1;
    if (this.#rules.rate !== null) {
      this.#ended.push(this.#tools.now());
      if (this.#ended.length > this.#rules.rate.count) this.#ended.shift();
    }
    if (result === 'good') this.#limit = Math.min(this.#rules.most, this.#limit + 1 / this.#limit);
    this.#letThrough();
  }

  /**
   * Milliseconds until the rate allows another request. Counted from the end of requests, which is when it is sure that
   * the service has counted them.
   */
  #rateLeft(): number {
    const { rate } = this.#rules;
    if (rate === null) return 0;
    const free = rate.count - this.#running;
    const first = this.#ended.at(-free);
    return first === undefined || this.#ended.length < free
      ? 0
      : Math.max(0, first + rate.per - this.#tools.now());
  }

  async #sleep(milliseconds: number, paused: number): Promise<void> {
    this.#isAsleep = true;
    try {
      await this.#tools.sleep(milliseconds, this.#tools.signal);
      if (paused > 0) this.#tools.onWaited(paused);
    } catch {
      // Stopped: those who wait have been turned away.
    }
    this.#isAsleep = false;
    this.#letThrough();
  }
}
