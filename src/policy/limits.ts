/** What judging with a bundle that is not ours may take. */
export type EvaluationLimits = {
  /** Milliseconds of one call. */
  readonly call: number;
  /** Milliseconds of all calls of a bundle in a run. */
  readonly bundle: number;
  /** Bytes of memory of an evaluation. */
  readonly memory: number;
};

const MEBIBYTE = 1024 ** 2;

export const DEFAULT_LIMITS: EvaluationLimits = { call: 10_000, bundle: 60_000, memory: 256 * MEBIBYTE };

/**
 * What a module may answer. JSON is parsed in one go that nothing can end and that takes the whole process with it
 * when the heap is too small, so the number of values is what counts: 250,000 take at most some 70 MB.
 */
export const ANSWER = {
  /** Bytes of one answer, and of all answers of a bundle in a run. */
  bytes: 16 * MEBIBYTE,
  bytesInAll: 64 * MEBIBYTE,
  values: 250_000,
  depth: 32,
  /** Findings of one resource, and of a bundle in a run. */
  findings: 10_000,
  findingsInAll: 500_000,
} as const;

/** Mebibytes of JavaScript heap of the thread that a module runs in. */
export const HEAP = 256;

/** Bytes of a page of WebAssembly memory. */
export const PAGE = 65_536;

/** `10 s`, `0.3 s`. */
export function inSeconds(milliseconds: number): string {
  return `${milliseconds / 1000} s`;
}

/** `256 MiB`. */
export function inMebibytes(bytes: number): string {
  return `${Math.round((10 * bytes) / MEBIBYTE) / 10} MiB`;
}
