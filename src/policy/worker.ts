import { parentPort, workerData } from 'node:worker_threads';
import { checkAnswer } from './answer.ts';
import { PolicyEngine } from './engine.ts';
import { OUR_ROOM, type Room } from './host.ts';
import { ANSWER } from './limits.ts';
import { PolicyError } from './policy-error.ts';
import { readJudgements, type Judgement } from './receipt.ts';
import type { WorkerAnswer, WorkerMessage, WorkerRequest, WorkerSetup } from './worker-protocol.ts';

/** The thread that a policy runs in, and nothing else: one that is not ours (`sandbox.ts`), or ours to share the work (`shared-judge.ts`). */

const setup = workerData as WorkerSetup;
let engine: PolicyEngine | null = null;
let resources = 0;
let bytes = 0;

const room: Room = setup.isOurs
  ? OUR_ROOM
  : {
      memory: setup.memory,
      checkText: (json) => {
        bytes += json.length;
        checkAnswer(json);
      },
    };

function answer(request: WorkerRequest): WorkerAnswer {
  const start = performance.now();
  bytes = 0;
  const cost = () => ({ time: performance.now() - start, bytes });
  try {
    if (request.ask === 'value') return { value: ready().evaluate(request.entrypoint, null), ...cost() };
    const judgements = judgementsFor(request);
    return { judgements, ...cost() };
  } catch (fault) {
    if (!(fault instanceof PolicyError)) throw fault;
    const { code, message } = fault;
    return { fault: { code, message }, ...cost() };
  }
}

function judgementsFor(request: Exclude<WorkerRequest, { readonly ask: 'value' }>): readonly Judgement[] {
  if (request.ask === 'load') {
    engine = load();
    return [];
  }
  if (request.ask === 'provide') {
    resources = request.resources;
    ready().provide(request.data);
    return [];
  }
  const { entrypoint, documents, refs, rules } = request;
  const answered = ready().evaluate(entrypoint, documents);
  if (setup.isOurs) return readJudgements(answered, refs, rules);
  return readJudgements(answered, refs, rules, { findings: ANSWER.findings, resources });
}

function ready(): PolicyEngine {
  if (engine === null) throw new TypeError('the policy has not been loaded');
  return engine;
}

function load(): PolicyEngine {
  const loaded = new PolicyEngine(setup.wasm, '{}', room);
  const there = new Set(loaded.entrypoints());
  const missing = setup.entrypoints.find((name) => !there.has(name));
  if (missing !== undefined) throw new PolicyError('bundle', `the policy has no entrypoint ${missing}`);
  return loaded;
}

function send(message: WorkerMessage): void {
  parentPort?.postMessage(message);
}

parentPort?.on('message', (request: WorkerRequest) => {
  send(answer(request));
});
send('ready');
