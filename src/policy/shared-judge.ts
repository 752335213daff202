import { bytesOfParts } from './call.ts';
import { documentsOf, targetEntrypoint, type Chunk } from './chunks.ts';
import type { PolicyEngine } from './engine.ts';
import { engineJudge, NO_FAULTS, type ChunkJudge } from './evaluate.ts';
import type { Judged } from './outcomes.ts';
import { OUR_ROOM } from './host.ts';
import { PolicyThread } from './thread.ts';
import type { WorkerAnswer, WorkerRequest } from './worker-protocol.ts';

/** What sharing needs of a `PolicyEngine`. */
type Engine = Pick<PolicyEngine, 'evaluate' | 'module'>;

export type SharedJudge = {
  /** Chunks may be given before the ones before are judged, and their judgements may come in any order. */
  readonly judge: ChunkJudge;
  /** How many chunks may be given at once. */
  readonly atOnce: number;
  /** Ends the other thread. */
  readonly close: () => void;
};

/** Chunks that wait for the other thread: enough that it has something to do while this one judges. */
const AHEAD = 3;
/** More than that, as chunks are waited for in their order and not all take equally long. */
const AT_ONCE = 8;

/**
 * Judges by a policy of ours on this thread and on another one. What the other cannot judge, for whatever reason, is judged
 * here, so that nothing depends on it but time.
 * @param worker the built worker, `dist/policy-worker.js`
 * @param data JSON text of the policy's `data`
 */
export function sharedJudge(engine: Engine, data: string, worker: URL): SharedJudge {
  const here = engineJudge(engine);
  const thread = new PolicyThread(worker, {
    wasm: engine.module,
    isOurs: true,
    memory: OUR_ROOM.memory,
    entrypoints: [],
  });
  let isThere = true;
  let waiting = 0;
  const ask = async (request: WorkerRequest): Promise<WorkerAnswer | null> => {
    waiting += 1;
    try {
      return await thread.ask(request, null);
    } catch {
      isThere = false;
      return null;
    } finally {
      waiting -= 1;
    }
  };
  const there = async (chunk: Chunk, rules: readonly number[]): Promise<readonly Judged[] | null> => {
    const { subjects } = chunk;
    const answer = await ask({
      ask: 'judge',
      entrypoint: targetEntrypoint(chunk),
      documents: bytesOfParts(documentsOf(subjects)),
      refs: subjects.map(({ ref }) => ref),
      rules,
    });
    if (answer === null || !('judgements' in answer)) return null;
    return answer.judgements.map(({ findings }) => ({ findings, faults: NO_FAULTS }));
  };
  void ask({ ask: 'load' });
  void ask({ ask: 'provide', data, resources: 0 });
  return {
    judge: async (chunk, rules) => {
      const judged = isThere && waiting < AHEAD ? await there(chunk, rules) : null;
      return judged ?? here(chunk, rules);
    },
    atOnce: AT_ONCE,
    close: () => {
      thread.end();
    },
  };
}
