import type { Clock } from './clock.ts';

/** A part of Graph that is throttled on its own (https://learn.microsoft.com/graph/throttling-limits). */
export type Lane = 'directory' | 'protection' | 'reports';

/** What a refused request is told; `null` when the service says nothing. */
type Refusal = {
  readonly retryAfter: number | null;
  readonly headers: Readonly<Record<string, string>>;
};

type Limit = { readonly units: number; readonly windowMs: number; readonly saysRetryAfter: boolean };

/** Resource units per ten seconds, by the number of users of the tenant. */
function directoryUnits(users: number): number {
  if (users < 50) return 3500;
  return users <= 500 ? 5000 : 8000;
}

export type Throttle = {
  /** Takes what a request costs, or says how it is refused. */
  readonly take: (lane: Lane | 'keys', cost: number) => Refusal | null;
  /** Resource units taken from the directory so far. */
  readonly units: () => number;
};

/** Counts requests in sliding windows of the clock. `on` false only counts. */
export function createThrottle(clock: Clock, users: number, on: boolean): Throttle {
  const limits: { readonly [lane in Lane | 'keys']: Limit } = {
    directory: { units: directoryUnits(users), windowMs: 10_000, saysRetryAfter: true },
    // One request a second for the whole tenant, and no word on when to come back.
    protection: { units: 1, windowMs: 1000, saysRetryAfter: false },
    reports: { units: 5, windowMs: 10_000, saysRetryAfter: true },
    // Reads of `keyCredentials` by `$select`: 150 a minute.
    keys: { units: 150, windowMs: 60_000, saysRetryAfter: true },
  };
  const taken = new Map<string, { readonly at: number; readonly cost: number }[]>();
  let units = 0;

  return {
    units: () => units,
    take: (lane, cost) => {
      const limit = limits[lane];
      const now = clock.now();
      const recent = (taken.get(lane) ?? []).filter(({ at }) => at > now - limit.windowMs);
      const used = recent.reduce((sum, entry) => sum + entry.cost, 0);
      taken.set(lane, recent);
      if (on && used + cost > limit.units) {
        const oldest = recent[0]?.at ?? now;
        const retryAfter = Math.max(1, Math.ceil((oldest + limit.windowMs - now) / 1000));
        return {
          retryAfter: limit.saysRetryAfter ? retryAfter : null,
          headers: lane === 'directory' ? { 'x-ms-throttle-information': 'ResourceUnitLimitExceeded' } : {},
        };
      }
      if (on) recent.push({ at: now, cost });
      if (lane === 'directory') units += cost;
      return null;
    },
  };
}
