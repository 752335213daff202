import type { Exchange } from './exchange.ts';
import { httpDate } from './retry-after.ts';
import type { GraphStats } from './types.ts';

/** `Date` has whole seconds. */
const RESOLUTION = 1_000;

/** Counts what reading costs. */
export class Tally {
  #stats: GraphStats = {
    roundTrips: 0,
    requests: 0,
    batches: 0,
    retries: 0,
    throttled: 0,
    waited: 0,
    bytes: 0,
    clockSkew: null,
  };

  get stats(): GraphStats {
    return this.#stats;
  }

  sent(): void {
    this.#add('roundTrips', 1);
  }

  asked(requests: number): void {
    this.#add('requests', requests);
  }

  batched(): void {
    this.#add('batches', 1);
  }

  retried(): void {
    this.#add('retries', 1);
  }

  throttled(): void {
    this.#add('throttled', 1);
  }

  waited(milliseconds: number): void {
    this.#add('waited', milliseconds);
  }

  received({ result, sentAt, receivedAt }: Exchange): void {
    if (result?.kind !== 'answer') return;
    this.#add('bytes', result.bytes.length);
    const date = httpDate(result.headers.get('date') ?? '');
    if (date === null) return;
    const skew = Math.round(skewOf(date, sentAt, receivedAt) / 1000);
    if (Math.abs(skew) >= Math.abs(this.#stats.clockSkew ?? 0))
      this.#stats = { ...this.#stats, clockSkew: skew };
  }

  #add(name: Exclude<keyof GraphStats, 'clockSkew'>, amount: number): void {
    this.#stats = { ...this.#stats, [name]: this.#stats[name] + amount };
  }
}

/** How far Graph's clock is ahead of ours: by as much as its moment lies outside the time that the request took. */
function skewOf(date: number, sentAt: number, receivedAt: number): number {
  if (date + RESOLUTION < sentAt) return date - sentAt;
  return date > receivedAt + RESOLUTION ? date - receivedAt : 0;
}
