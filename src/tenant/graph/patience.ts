/** How a request is tried again. */
export type RetryRules = {
  /** Times that a request is sent when Graph or the network fails: 5. */
  readonly tries: number;
  /** Milliseconds that one request may wait, between tries and for throttling: 5 minutes. */
  readonly budget: number;
  /** From 0 to 1. */
  readonly random: () => number;
};

/** Why a request is to be sent again. */
export type Again = {
  readonly why: 'throttled' | 'failed';
  /** What Graph asks to wait, milliseconds; `null` when it does not say. */
  readonly wait: number | null;
};

const FIRST_DELAY = 1_000;
const LONGEST_DELAY = 60_000;

/**
 * The patience with one request. Failures use up tries. Throttling does not, because Graph says that the request is to be
 * sent again: it ends with the time that the request may wait. https://learn.microsoft.com/graph/throttling
 */
export class Patience {
  readonly #rules: RetryRules;
  #failures = 0;
  #throttled = 0;
  #left: number;

  constructor(rules: RetryRules) {
    this.#rules = rules;
    this.#left = rules.budget;
  }

  /** Milliseconds that may still be waited. */
  get left(): number {
    return this.#left;
  }

  /** Takes waiting off what may be waited. */
  spend(milliseconds: number): void {
    this.#left -= milliseconds;
  }

  /** Milliseconds to wait before the next try, at least a second; `null` when there is no next one. */
  delay({ why, wait }: Again): number | null {
    if (why === 'failed') this.#failures += 1;
    else this.#throttled += 1;
    if (this.#failures >= this.#rules.tries) return null;
    const delay =
      wait === null
        ? this.#backoff(why === 'failed' ? this.#failures : this.#throttled)
        : Math.max(wait, FIRST_DELAY);
    return delay > this.#left ? null : delay;
  }

  /** Doubles from a second to a minute, with up to half as much again at random so that requests spread. */
  #backoff(times: number): number {
    const base = Math.min(FIRST_DELAY * 2 ** (times - 1), LONGEST_DELAY);
    return Math.round(base * (1 + this.#rules.random() / 2));
  }
}
