import { partReplies, type PartReply } from './batch-answer.ts';
import { BatchQueue, MOST_PARTS, type Item } from './batch-queue.ts';
import type { Call } from './exchange.ts';
import { Patience } from './patience.ts';
import type { Sender } from './sender.ts';
import type { Answer, BatchAnswer, BatchPart, GraphFault, GraphRequest } from './types.ts';
import { bodyOfPart, fault, verdictOnReply, type Verdict } from './verdict.ts';

export type BatchTools = {
  readonly sender: Sender;
  readonly origin: string;
  /** Batches under way at a time. */
  readonly width: number;
  /** A number that no part of the run has had: an answer to another batch is not taken for one to this. */
  readonly nextId: () => number;
  /** Sends a request by itself. */
  readonly alone: (request: GraphRequest) => Promise<Answer<unknown>>;
};

type Parts<K> = Iterable<BatchPart<K>> | AsyncIterable<BatchPart<K>>;

/** Sends many small requests, as few at a time as answers are taken; see `GraphReader.batch`. */
export async function* sendInBatches<K>(parts: Parts<K>, tools: BatchTools): AsyncGenerator<BatchAnswer<K>> {
  const run = new BatchRun<K>(tools);
  const source = new Source(parts);
  try {
    for (;;) {
      while (run.start(source.hasMore)) continue;
      yield* run.answers.splice(0);
      const pulling = run.hasRoom ? source.pull(run) : source.pulling;
      const waits = pulling === null ? [...run.underWay] : [...run.underWay, pulling];
      if (waits.length > 0) await Promise.race(waits);
      else if (run.isEmpty) return;
      else await run.untilDue();
    }
  } finally {
    await source.end();
  }
}

/** Where parts come from. It must not wait for answers of the batches that it feeds. */
class Source<K> {
  hasMore = true;
  pulling: Promise<void> | null = null;
  readonly #parts: AsyncIterator<BatchPart<K>> | Iterator<BatchPart<K>>;

  constructor(parts: Parts<K>) {
    this.#parts = Symbol.asyncIterator in parts ? parts[Symbol.asyncIterator]() : parts[Symbol.iterator]();
  }

  /** Goes on to the next parts, unless there are none or some are on their way already. */
  pull(run: BatchRun<K>): Promise<void> | null {
    if (this.hasMore) this.pulling ??= this.#next(run);
    return this.pulling;
  }

  async end(): Promise<void> {
    await this.#parts.return?.();
  }

  /** Enough for a batch, at most. */
  async #next(run: BatchRun<K>): Promise<void> {
    for (let count = 0; count < MOST_PARTS && this.hasMore; count += 1) {
      const next = await this.#parts.next();
      if (next.done === true) this.hasMore = false;
      else run.add(next.value);
    }
    this.pulling = null;
  }
}

class BatchRun<K> {
  readonly answers: BatchAnswer<K>[] = [];
  readonly underWay = new Set<Promise<void>>();
  readonly #tools: BatchTools;
  readonly #queue = new BatchQueue<K>();

  constructor(tools: BatchTools) {
    this.#tools = tools;
  }

  get hasRoom(): boolean {
    return this.underWay.size < this.#tools.width;
  }

  get isEmpty(): boolean {
    return this.#queue.isEmpty && this.answers.length === 0;
  }

  add(part: BatchPart<K>): void {
    const { retry, tally } = this.#tools.sender.tools;
    if (part.request.lane === 'directory') tally.asked(1);
    this.#queue.add({ part, patience: new Patience(retry) });
  }

  /** Sends one more group, when there is one and room for it. */
  start(areMoreToCome: boolean): boolean {
    this.#queue.wake(this.#now());
    const group = this.hasRoom ? this.#queue.take(areMoreToCome) : null;
    if (group === null) return false;
    const sending = this.#send(group).finally(() => {
      this.underWay.delete(sending);
    });
    this.underWay.add(sending);
    return true;
  }

  /** Waits until a part is to be sent again; at once when the run was stopped. */
  async untilDue(): Promise<void> {
    const { clockwork, signal } = this.#tools.sender.tools;
    const due = this.#queue.nextDue();
    if (due === null) return;
    try {
      await clockwork.sleep(Math.max(0, due - this.#now()), signal);
    } catch {
      this.#queue.wake(Number.POSITIVE_INFINITY);
    }
  }

  async #send(group: readonly Item<K>[]): Promise<void> {
    const [first] = group;
    if (first === undefined) return;
    const { request } = first.part;
    if (request.lane === 'directory') await this.#sendTogether(group, request);
    else this.#answer(first, await this.#tools.alone(request));
  }

  async #sendTogether(group: readonly Item<K>[], { api, lane }: GraphRequest): Promise<void> {
    const { sender, origin, nextId } = this.#tools;
    const items = new Map(group.map((item) => [String(nextId()), item]));
    const requests = [...items].map(([id, { part }]) => requestOf(id, part.request));
    const call: Call = {
      api,
      lane,
      label: '/$batch',
      method: 'POST',
      url: `${origin}/${api}/$batch`,
      headers: { 'content-type': 'application/json' },
      body: { requests },
    };
    sender.tools.tally.batched();
    const answer = await sender.send(call);
    const replies = answer.ok ? partReplies(answer.value, [...items.keys()]) : null;
    for (const [id, item] of items) {
      if (!answer.ok) this.#answer(item, { ok: false, fault: ofPart(answer.fault, item.part.request) });
      else this.#judge(item, replies === null ? 'no-batch' : (replies.get(id) ?? 'missing'));
    }
  }

  #judge(item: Item<K>, reply: PartReply | keyof typeof BROKEN): void {
    const { sender } = this.#tools;
    const verdict = this.#verdictOn(reply, item.part.request);
    if (verdict.next === 'done') {
      this.#answer(item, { ok: true, value: verdict.value });
      return;
    }
    const delay = verdict.next === 'again' ? item.patience.delay(verdict.again) : null;
    if (verdict.next === 'again') sender.noteThrottling(verdict, item.part.request.lane, delay);
    if (delay === null) {
      this.#answer(item, { ok: false, fault: verdict.fault });
      return;
    }
    item.patience.spend(delay);
    sender.tools.tally.retried();
    this.#queue.addLater(item, this.#now() + delay);
  }

  #verdictOn(reply: PartReply | keyof typeof BROKEN, request: GraphRequest): Verdict {
    const { scrub } = this.#tools.sender.tools;
    if (typeof reply === 'string') {
      const again = { why: 'failed', wait: null } as const;
      return { next: 'again', again, fault: fault('malformed', BROKEN[reply], request) };
    }
    const header = (name: string) => reply.headers.get(name) ?? null;
    const body = bodyOfPart(reply.body, header('content-type'));
    return verdictOnReply({ status: reply.status, body, header, receivedAt: this.#now() }, request, scrub);
  }

  #answer({ part }: Item<K>, answer: Answer<unknown>): void {
    this.answers.push({ key: part.key, answer });
  }

  #now(): number {
    return this.#tools.sender.tools.clockwork.now();
  }
}

const BROKEN = {
  missing: 'A batch was answered without this part',
  twice: 'A batch was answered with this part more than once',
  broken: 'A batch was answered with a part that has no status',
  'no-batch': 'A batch was answered with something else than its parts',
} as const;

function requestOf(id: string, { path, headers }: GraphRequest): object {
  return { id, method: 'GET', url: path, ...(headers === undefined ? {} : { headers }) };
}

/** What became of the whole batch became of each part; what was refused about the batch is not said of the part. */
function ofPart(whole: GraphFault, { label }: GraphRequest): GraphFault {
  return { ...whole, request: label };
}
