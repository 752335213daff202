import { afterEach, describe, expect, test } from 'vitest';
import { bytesOfParts } from '../../src/policy/call.ts';
import { chunksOf, type Chunk } from '../../src/policy/chunks.ts';
import { dataText } from '../../src/policy/data.ts';
import { engineJudge, Evaluator, type ChunkJudge } from '../../src/policy/evaluate.ts';
import { PolicyEngine } from '../../src/policy/engine.ts';
import { sharedJudge, type SharedJudge } from '../../src/policy/shared-judge.ts';
import { POLICY_WORKER } from '../../src/policy-worker.ts';
import { bundle, builtInEngine, dataOf, resourceWith, subjectOf } from '../support/subjects.ts';

const { catalogue } = bundle;
const subjects = Array.from({ length: 40 * 64 }, (_, index) =>
  subjectOf(
    resourceWith('blueprint', { displayName: `bot ${index}` }, { uri: `agents/${index}.yaml`, unknown: {} }),
  ),
);
const chunks = [...chunksOf(subjects)];

let open: SharedJudge | null = null;
afterEach(() => {
  open?.close();
  open = null;
});

function shared(wasm = bundle.wasm, worker = POLICY_WORKER): SharedJudge {
  const data = dataText(bundle, dataOf());
  open = sharedJudge(new PolicyEngine(wasm, data), data, worker);
  return open;
}

/** Gives all chunks at once. */
async function judgeAll(judge: ChunkJudge, given: readonly Chunk[] = chunks) {
  const evaluator = new Evaluator(judge, catalogue);
  const judged = await Promise.all(given.map((chunk) => evaluator.judge(chunk)));
  return { judged, ...evaluator.totals() };
}

describe('a second thread', () => {
  test('changes nothing but the time', async () => {
    expect(await judgeAll(shared().judge)).toEqual(await judgeAll(engineJudge(builtInEngine())));
  });

  test('judges alone what is given chunk by chunk', async () => {
    const data = dataText(bundle, dataOf());
    const { module } = builtInEngine();
    const evaluate = () => {
      throw new TypeError('this thread was asked');
    };
    open = sharedJudge({ module, evaluate }, data, POLICY_WORKER);
    const evaluator = new Evaluator(open.judge, catalogue);
    const [first, second] = chunks;
    if (first === undefined || second === undefined) throw new RangeError('no chunks');
    await evaluator.judge(first);
    expect((await evaluator.judge(second)).judged.size).toBe(64);
  });

  test('that cannot be started is done without', async () => {
    const { judge } = shared(bundle.wasm, new URL('file:///nowhere/worker.js'));
    expect(await judgeAll(judge)).toEqual(await judgeAll(engineJudge(builtInEngine())));
  });

  test('that was ended is done without', async () => {
    const { judge, close } = shared();
    close();
    expect(await judgeAll(judge)).toEqual(await judgeAll(engineJudge(builtInEngine())));
  });
});

describe('a text of parts in UTF-8', () => {
  test.each([
    ['nothing', []],
    ['ASCII', ['{"a":', '"b"', '}']],
    ['other letters', ['"ä€', '𝄞"', ',"x"']],
    ['half a character', ['"\ud834', '"']],
  ])('of %s', (_, parts) => {
    expect(Buffer.from(bytesOfParts(parts)).toString()).toBe(Buffer.from(parts.join('')).toString());
  });
});
