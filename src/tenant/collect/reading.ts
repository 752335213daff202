import type { GraphReader } from '../graph/types.ts';
import type { JoinBatch, Spool } from '../spool/types.ts';

/** What a step has come to, for whoever watches. */
export type StepProgress = {
  readonly step: string;
  readonly objects: number;
  readonly requests: number;
  readonly done: boolean;
};

/** What the steps of a collection share. */
export type Reading = {
  readonly reader: GraphReader;
  readonly spool: Spool;
  /** As the spool's, of steps that were begun; one join waits for the other. */
  readonly join: (steps: readonly string[]) => AsyncIterable<JoinBatch<string>>;
  readonly onStep: (progress: StepProgress) => void;
};

export function openReading(
  reader: GraphReader,
  spool: Spool,
  onStep: (progress: StepProgress) => void,
): Reading {
  let last: Promise<void> = Promise.resolve();
  async function* join(steps: readonly string[]): AsyncIterable<JoinBatch<string>> {
    const before = last;
    let release = (): void => undefined;
    last = new Promise((resolve) => {
      release = resolve;
    });
    await before;
    try {
      const begun = new Set(spool.steps());
      yield* spool.join(steps.filter((name) => begun.has(name)));
    } finally {
      release();
    }
  }
  return { reader, spool, join, onStep };
}

/** How many ids the rows of these steps have, and how many rows another one replaced. */
export async function countIds(
  reading: Reading,
  steps: readonly string[],
): Promise<{ readonly ids: number; readonly rows: number; readonly duplicates: number }> {
  let ids = 0;
  let rows = 0;
  let duplicates = 0;
  for await (const batch of reading.join(steps)) {
    ids += batch.joined.length;
    for (const entry of batch.joined) for (const list of Object.values(entry.rows)) rows += list.length;
    for (const number of Object.values(batch.duplicates)) duplicates += number;
  }
  return { ids, rows, duplicates };
}
