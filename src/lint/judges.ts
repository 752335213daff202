import type { PolicyBundle } from '../policy/bundle.ts';
import type { Chunk } from '../policy/chunks.ts';
import { dataText } from '../policy/data.ts';
import { PolicyEngine } from '../policy/engine.ts';
import { engineJudge, Evaluator } from '../policy/evaluate.ts';
import { DEFAULT_LIMITS, type EvaluationLimits } from '../policy/limits.ts';
import type { Unread } from '../policy/outcomes.ts';
import type { SharedJudge } from '../policy/shared-judge.ts';
import { POLICY_WORKER } from '../policy-worker.ts';
import type { BundleJudge, Judge } from './judge.ts';
import { mergeChunks, mergeTotals, type JudgedChunk, type RunTotals } from './merge.ts';

/** Judges chunk after chunk by all bundles of a run, and keeps nothing of them but numbers. */
export type RunJudge = {
  /** Waits for all bundles. Between chunks the event loop runs, so that signals are seen. */
  readonly judge: (chunk: Chunk) => Promise<JudgedChunk>;
  /** How many chunks may be given before the first of them is judged. */
  readonly atOnce: number;
  /** Books resources that could not be read. */
  readonly addUnread: (unread: Unread) => void;
  readonly totals: () => RunTotals;
};

/** All that judge in a run, side by side. */
export type Judges = Judge<RunJudge>;

/**
 * Makes the bundles ready to judge. The built-in rules judge on this thread; any others in threads of their own, which
 * start at once, so that they are there when everything has been read.
 * @throws {PolicyError} when the module of a bundle may not even be compiled
 */
export async function openJudges(
  bundles: readonly PolicyBundle[],
  limits: Partial<EvaluationLimits> = {},
): Promise<Judges> {
  const judges: BundleJudge[] = [];
  const close = () => {
    for (const judge of judges) judge.close();
  };
  try {
    for (const bundle of bundles) {
      judges.push(
        isOurs(bundle)
          ? onThisThread(bundle, bundles.length === 1)
          : await elsewhere(bundle, { ...DEFAULT_LIMITS, ...limits }),
      );
    }
  } catch (fault) {
    close();
    throw fault;
  }
  const prepare: Judges['prepare'] = async (run, onFault) => {
    const evaluators = await Promise.all(judges.map((judge) => judge.prepare(run, onFault)));
    return {
      judge: async (chunk) => {
        const evaluated = evaluators.map(async (evaluator, index) => {
          const bundle = bundles[index];
          // The other threads are asked first: what judges here lets nothing else happen.
          if (bundle !== undefined && isOurs(bundle)) await eventLoop();
          return evaluator.judge(chunk);
        });
        return mergeChunks(bundles, await Promise.all(evaluated));
      },
      atOnce: Math.min(...evaluators.map(({ atOnce }) => atOnce)),
      addUnread: (unread) => {
        for (const evaluator of evaluators) evaluator.addUnread(unread);
      },
      totals: () =>
        mergeTotals(
          bundles,
          evaluators.map((evaluator) => evaluator.totals()),
        ),
    };
  };
  return { prepare, close };
}

function isOurs({ source }: PolicyBundle): boolean {
  return source.kind === 'built-in';
}

function eventLoop(): Promise<void> {
  return new Promise((resume) => setImmediate(resume));
}

function onThisThread(bundle: PolicyBundle, isAlone: boolean): BundleJudge {
  let close = (): void => undefined;
  return {
    prepare: async ({ data, resources, isStream = false }, onFault) => {
      const text = dataText(bundle, data);
      const engine = new PolicyEngine(bundle.wasm, text);
      const shared = isAlone && isStream && resources >= MANY ? await onTwoThreads(engine, text) : null;
      if (shared === null) return new Evaluator(engineJudge(engine), bundle.catalogue, onFault);
      close = shared.close;
      return new Evaluator(shared.judge, bundle.catalogue, onFault, shared.atOnce);
    },
    close: () => {
      close();
    },
  };
}

/** Fewer resources are judged before another thread is there. */
const MANY = 2_000;

/** The judge of a run that is worth another thread; `null` when there is no processor for it. */
async function onTwoThreads(engine: PolicyEngine, data: string): Promise<SharedJudge | null> {
  const { availableParallelism } = await import('node:os');
  if (availableParallelism() < 2) return null;
  const { sharedJudge } = await import('../policy/shared-judge.ts');
  return sharedJudge(engine, data, POLICY_WORKER);
}

/** What a sandbox is made of is loaded only when there is something to put in. */
async function elsewhere(bundle: PolicyBundle, limits: EvaluationLimits): Promise<BundleJudge> {
  const { sandboxed } = await import('./sandboxed.ts');
  return sandboxed(bundle, limits);
}
