import type { PolicyBundle } from '../policy/bundle.ts';
import { dataText } from '../policy/data.ts';
import { sandboxJudge } from '../policy/evaluate-sandboxed.ts';
import { Evaluator } from '../policy/evaluate.ts';
import type { EvaluationLimits } from '../policy/limits.ts';
import { PolicySandbox } from '../policy/sandbox.ts';
import { POLICY_WORKER } from '../policy-worker.ts';
import type { BundleJudge } from './judge.ts';

/**
 * Judges by a bundle in a thread of its own.
 * @throws {PolicyError} when its module may not even be compiled
 */
export function sandboxed(bundle: PolicyBundle, limits: EvaluationLimits): BundleJudge {
  const sandbox = new PolicySandbox(bundle, { limits, worker: POLICY_WORKER });
  return {
    prepare: async ({ data, resources }, onFault) => {
      await sandbox.loaded();
      sandbox.provide(dataText(bundle, data), resources);
      return new Evaluator(sandboxJudge(sandbox, bundle), bundle.catalogue, onFault);
    },
    close: () => {
      sandbox.close();
    },
  };
}
