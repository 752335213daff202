/** The thread that rules which are not ours run in, as `scripts/build.mjs` builds it: beside `src/` and in `dist/`. */
export const POLICY_WORKER = new URL('../dist/policy-worker.js', import.meta.url);
