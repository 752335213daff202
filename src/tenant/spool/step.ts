import { open, type FileHandle } from 'node:fs/promises';
import { FILE_MODE } from './files.ts';
import type { SavedStep } from './checkpoint.ts';
import { SpoolError } from './problem.ts';
import { lineOfRow, rowLines, rowOf, splitRow } from './rows.ts';
import type { SpoolRow, SpoolStep } from './types.ts';

export const BEGUN: SavedStep = { done: false, rows: 0, nextLink: null, notes: {}, bytes: 0 };

/** What a step may do with the spool that it is of. */
export type StepContext = {
  /** The file of its rows. */
  readonly path: string;
  readonly saved: SavedStep;
  /** Writes the checkpoint of the whole spool with this in it. */
  readonly save: (state: SavedStep) => Promise<void>;
};

export type OpenStep = SpoolStep & {
  /** Every row as of now, as lines. */
  readonly lines: () => AsyncGenerator<readonly string[]>;
  readonly close: () => Promise<void>;
};

/** A step whose file holds exactly the rows of its last checkpoint. */
export function openStep(name: string, { path, saved: before, save }: StepContext): OpenStep {
  let saved = before;
  let { rows, bytes } = before;
  let handle: FileHandle | null = null;
  let last: Promise<unknown> = Promise.resolve();

  /** One thing after the other, in the order of the calls; after a failure nothing is done any more. */
  const inTurn = <T>(action: () => Promise<T>): Promise<T> => {
    const result = last.then(action);
    last = result;
    // Who called hears of it; nobody waits for this one.
    last.catch(() => undefined);
    return result;
  };
  const file = async (): Promise<FileHandle> => (handle ??= await open(path, 'a+', FILE_MODE));

  const append = async (list: readonly SpoolRow[]): Promise<void> => {
    if (saved.done) throw new Error(`the step ${name} is done`);
    if (list.length === 0) return;
    const text = Buffer.from(list.map((row) => `${lineOfRow(row)}\n`).join(''));
    await (await file()).appendFile(text);
    rows += list.length;
    bytes += text.length;
  };
  const commit = async (state: Pick<SavedStep, 'done' | 'nextLink' | 'notes'>): Promise<void> => {
    if (saved.done) throw new Error(`the step ${name} is done`);
    const { done, nextLink, notes } = state;
    const next = { done, rows, nextLink, notes, bytes };
    await save(next);
    saved = next;
  };
  const restart = async (): Promise<void> => {
    if (saved.done) throw new Error(`the step ${name} is done`);
    // First the checkpoint: a file that is longer than it says is cut when the run is resumed.
    await save(BEGUN);
    await (await file()).truncate(0);
    saved = BEGUN;
    rows = 0;
    bytes = 0;
  };
  const lines = async function* (): AsyncGenerator<readonly string[]> {
    await last;
    if (bytes > 0) yield* rowLines(await file(), bytes);
  };
  return {
    name,
    state: () => ({ done: saved.done, rows: saved.rows, nextLink: saved.nextLink, notes: saved.notes }),
    append: (list) => inTurn(() => append(list)),
    checkpoint: ({ nextLink, notes }) => inTurn(() => commit({ done: false, nextLink, notes })),
    done: (notes) => inTurn(() => commit({ done: true, nextLink: null, notes })),
    restart: () => inTurn(restart),
    rows: async function* () {
      for await (const batch of lines()) yield batch.map(parsedRow);
    },
    lines,
    close: async () => {
      await last.catch(() => undefined);
      await handle?.close();
    },
  };
}

/** Cuts off what was written to a file of rows after its last checkpoint. */
export async function cutToCheckpoint(path: string, bytes: number): Promise<void> {
  const handle = await open(path, 'a+', FILE_MODE);
  try {
    const { size } = await handle.stat();
    if (size < bytes) throw new SpoolError('spool-damaged');
    if (size > bytes) await handle.truncate(bytes);
  } finally {
    await handle.close();
  }
}

function parsedRow(line: string): SpoolRow {
  const { id, rest } = splitRow(line);
  return rowOf(id, rest);
}
