/** The time that the stand-in goes by, milliseconds since 1970-01-01T00:00:00Z. */
export type Clock = { readonly now: () => number };

/** A clock that stands still until it is moved. */
export type VirtualClock = Clock & { readonly advance: (milliseconds: number) => void };

/** The moment that tests take for now. */
export const NOW = Date.parse('2026-11-23T00:00:00Z');

export function virtualClock(start: number = NOW): VirtualClock {
  let now = start;
  return {
    now: () => now,
    advance: (milliseconds) => {
      now += milliseconds;
    },
  };
}
