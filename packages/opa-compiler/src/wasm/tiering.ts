import { setFlagsFromString } from 'node:v8';

/** Whether a worker is to start fast or to run long. */
export type Effort = 'brief' | 'long';

/**
 * How much a function of the module may run before V8 optimises it. Go compiles to functions that are large and costly
 * to optimise: left to its own, V8 spends three times as long and 100 MB more on it than a compile takes. Only runs of
 * many tests are long enough to win it back (`npm run bench:compiler`).
 */
const BUDGETS: { readonly [Name in Effort]: number } = { brief: 2_000_000_000, long: 200_000_000 };

/** V8's own default: https://github.com/v8/v8/blob/main/src/flags/flag-definitions.h */
const USUAL = Number.parseInt(process.versions.v8, 10) < 12 ? 1_800_000 : 13_000_000;

/** Makes a module whose functions have the budget. The flag is one for the process, so it is put back at once. */
export function withTieringBudget(effort: Effort, load: () => WebAssembly.Module): WebAssembly.Module {
  setFlagsFromString(`--wasm-tiering-budget=${BUDGETS[effort]}`);
  try {
    return load();
  } finally {
    setFlagsFromString(`--wasm-tiering-budget=${USUAL}`);
  }
}
