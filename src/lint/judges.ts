import type { PolicyBundle } from '../policy/bundle.ts';
import { dataText } from '../policy/data.ts';
import { PolicyEngine } from '../policy/engine.ts';
import { evaluate, type Evaluation, type OnFault } from '../policy/evaluate.ts';
import { DEFAULT_LIMITS, type EvaluationLimits } from '../policy/limits.ts';
import { POLICY_WORKER } from '../policy-worker.ts';
import { mergeEvaluations, type RunEvaluation } from './merge.ts';
import type { Prepared } from './subjects.ts';

type Judge<E> = {
  /**
   * Takes what is to be judged, and what rules look up.
   * @throws {PolicyError} when a bundle cannot be used at all
   */
  readonly prepare: (prepared: Prepared) => Promise<(onFault?: OnFault) => Promise<E>>;
  /** Ends what still runs. */
  readonly close: () => void;
};

/** All that judge in a run, side by side. */
export type Judges = Judge<RunEvaluation>;

/**
 * Makes the bundles ready to judge. The built-in rules judge on this thread; any others in threads of their own, which
 * start at once, so that they are there when the files have been read.
 * @throws {PolicyError} when the module of a bundle may not even be compiled
 */
export async function openJudges(
  bundles: readonly PolicyBundle[],
  limits: Partial<EvaluationLimits> = {},
): Promise<Judges> {
  const judges: Judge<Evaluation>[] = [];
  const close = () => {
    for (const judge of judges) judge.close();
  };
  try {
    for (const bundle of bundles) {
      const isOurs = bundle.source.kind === 'built-in';
      judges.push(isOurs ? onThisThread(bundle) : await sandboxed(bundle, { ...DEFAULT_LIMITS, ...limits }));
    }
  } catch (fault) {
    close();
    throw fault;
  }
  const prepare: Judges['prepare'] = async (prepared) => {
    const ready = await Promise.all(judges.map((judge) => judge.prepare(prepared)));
    return async (onFault) => {
      const evaluations = await Promise.all(ready.map((judge) => judge(onFault)));
      return mergeEvaluations(bundles, evaluations, prepared.subjects);
    };
  };
  return { prepare, close };
}

function onThisThread(bundle: PolicyBundle): Judge<Evaluation> {
  return {
    prepare: ({ data, subjects }) => {
      const engine = new PolicyEngine(bundle.wasm, dataText(bundle, data));
      return Promise.resolve((onFault) => evaluate(engine, bundle.catalogue, subjects, onFault));
    },
    close: () => undefined,
  };
}

/** What a sandbox is made of is loaded only when there is something to put in. */
async function sandboxed(bundle: PolicyBundle, limits: EvaluationLimits): Promise<Judge<Evaluation>> {
  const [{ PolicySandbox }, { evaluateSandboxed }] = await Promise.all([
    import('../policy/sandbox.ts'),
    import('../policy/evaluate-sandboxed.ts'),
  ]);
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
