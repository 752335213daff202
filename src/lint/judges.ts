import type { PolicyBundle } from '../policy/bundle.ts';
import { dataText } from '../policy/data.ts';
import { PolicyEngine } from '../policy/engine.ts';
import { evaluate, type Evaluation } from '../policy/evaluate.ts';
import { DEFAULT_LIMITS, type EvaluationLimits } from '../policy/limits.ts';
import type { Judge } from './judge.ts';
import { mergeEvaluations, type RunEvaluation } from './merge.ts';

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
      judges.push(isOurs ? onThisThread(bundle) : await elsewhere(bundle, { ...DEFAULT_LIMITS, ...limits }));
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
async function elsewhere(bundle: PolicyBundle, limits: EvaluationLimits): Promise<Judge<Evaluation>> {
  const { sandboxed } = await import('./sandboxed.ts');
  return sandboxed(bundle, limits);
}
