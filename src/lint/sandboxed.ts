import type { PolicyBundle } from '../policy/bundle.ts';
import { dataText } from '../policy/data.ts';
import { evaluateSandboxed } from '../policy/evaluate-sandboxed.ts';
import type { Evaluation } from '../policy/evaluate.ts';
import type { EvaluationLimits } from '../policy/limits.ts';
import { PolicySandbox } from '../policy/sandbox.ts';
import { POLICY_WORKER } from '../policy-worker.ts';
import type { Judge } from './judge.ts';

/**
 * Judges by a bundle in a thread of its own.
 * @throws {PolicyError} when its module may not even be compiled
 */
export function sandboxed(bundle: PolicyBundle, limits: EvaluationLimits): Judge<Evaluation> {
  const sandbox = new PolicySandbox(bundle, { limits, worker: POLICY_WORKER });
  return {
    prepare: async ({ data, subjects }) => {
      await sandbox.loaded();
      sandbox.provide(dataText(bundle, data), subjects.length);
      return (onFault) => evaluateSandboxed(sandbox, bundle, subjects, onFault);
    },
    close: () => {
      sandbox.close();
    },
  };
}
