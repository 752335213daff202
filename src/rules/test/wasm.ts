import type { Capabilities, Compiler, TestResult } from '../../../packages/opa-compiler/src/types.ts';
import type { Problem } from '../../documents/problem.ts';
import { POLICY_WORKER } from '../../policy-worker.ts';
import { DEFAULT_LIMITS, type EvaluationLimits } from '../../policy/limits.ts';
import { PolicyError } from '../../policy/policy-error.ts';
import { PolicySandbox } from '../../policy/sandbox.ts';
import { keyOf } from './test-key.ts';
import { compileTests } from './wasm-build.ts';
import type { TestWorld } from './world.ts';

/** What the engine that rules run in says about a test. */
export type WasmAnswer =
  /** `undefined` when it has no value. */
  | { readonly kind: 'value'; readonly value: unknown }
  /** In the words of the engine. */
  | { readonly kind: 'broke'; readonly message: string }
  | { readonly kind: 'not-compiled'; readonly problem: Problem };

export type WasmOptions = {
  readonly compiler: Compiler;
  readonly capabilities: Capabilities;
  /** What a test may take. */
  readonly limits?: Partial<EvaluationLimits>;
};

/**
 * Runs tests in the engine that rules run in, in a thread of their own. The answers are by the keys of the tests.
 * @throws {PolicyError} when the engine does not take the module at all
 */
export async function testInWasm(
  results: readonly TestResult[],
  world: TestWorld,
  { compiler, capabilities, limits = {} }: WasmOptions,
): Promise<ReadonlyMap<string, WasmAnswer>> {
  const tests = results.filter(isEvaluated);
  const { wasm, entrypoints, refused } = await compileTests(tests, world, { compiler, capabilities });
  const answers = new Map<string, WasmAnswer>(
    [...refused].map(([key, problem]) => [key, { kind: 'not-compiled', problem }]),
  );
  if (wasm === null) return answers;
  const source = { kind: 'folder', name: world.folder.uri } as const;
  const bundle = { source, digest: '', wasm, catalogue: { version: 1, rules: [] }, tables: '{}' } as const;
  // Each test has its own time; how many there are does not matter.
  const sandbox = new PolicySandbox(bundle, {
    limits: { ...DEFAULT_LIMITS, ...limits, bundle: Infinity },
    worker: POLICY_WORKER,
  });
  try {
    await sandbox.loaded();
    sandbox.provide(world.data, 0);
    for (const result of tests) {
      const entrypoint = entrypoints.get(keyOf(result));
      if (entrypoint !== undefined) answers.set(keyOf(result), await answerOf(sandbox, entrypoint));
    }
  } finally {
    sandbox.close();
  }
  return answers;
}

/** A function is no value that could be asked for. */
function isEvaluated({ outcome, error }: TestResult): boolean {
  return outcome !== 'skip' && error?.includes('used as reference, not called') !== true;
}

async function answerOf(sandbox: PolicySandbox, entrypoint: string): Promise<WasmAnswer> {
  try {
    const list = await sandbox.value(entrypoint);
    return { kind: 'value', value: Array.isArray(list) ? (list as readonly unknown[])[0] : undefined };
  } catch (fault) {
    if (!(fault instanceof PolicyError)) throw fault;
    return { kind: 'broke', message: fault.message };
  }
}
