import { compareCodePoints } from '../../util/code-points.ts';
import { rowOf, splitRow } from './rows.ts';
import type { SortEntry, Sorter } from './sort.ts';
import type { OpenStep } from './step.ts';
import type { JoinBatch, JoinedRows, SpoolRow } from './types.ts';

/** Joins the rows of steps by id. The sorter is this join's own. */
export async function* joinRows<Step extends string>(
  names: readonly Step[],
  steps: readonly OpenStep[],
  sorter: Sorter,
): AsyncGenerator<JoinBatch<Step>> {
  try {
    for (const [number, step] of steps.entries()) {
      for await (const lines of step.lines()) {
        for (const line of lines) {
          const { id, rest } = splitRow(line);
          await sorter.add(id, `${number}\t${rest}`);
        }
      }
    }
    for await (const entries of sorter.batches()) yield joined(names, entries);
  } finally {
    await sorter.remove();
  }
}

/** Entries of whole ids, in the order of ids. */
function joined<Step extends string>(names: readonly Step[], entries: readonly SortEntry[]): JoinBatch<Step> {
  const duplicates = names.map(() => 0);
  const list: JoinedRows<Step>[] = [];
  for (let at = 0; at < entries.length;) {
    const id = entries[at]?.id ?? '';
    const byStep = names.map(() => new Map<string, SpoolRow>());
    for (; entries[at]?.id === id; at += 1) {
      const { number, rest } = numbered(entries[at]?.text ?? '');
      const row = rowOf(id, rest);
      const rows = byStep[number];
      if (rows?.has(row.key) === true) duplicates[number] = (duplicates[number] ?? 0) + 1;
      rows?.set(row.key, row);
    }
    list.push({ id, rows: named(names, byStep.map(inOrder)) });
  }
  return { joined: list, duplicates: named(names, duplicates) };
}

function numbered(text: string): { readonly number: number; readonly rest: string } {
  const tab = text.indexOf('\t');
  return { number: Number(text.slice(0, tab)), rest: text.slice(tab + 1) };
}

function inOrder(rows: ReadonlyMap<string, SpoolRow>): readonly SpoolRow[] {
  const list = [...rows.values()];
  return list.length < 2 ? list : list.sort((a, b) => compareCodePoints(a.key, b.key));
}

function named<Step extends string, T>(
  names: readonly Step[],
  values: readonly T[],
): { readonly [name in Step]: T } {
  return Object.fromEntries(names.map((name, at) => [name, values[at]])) as { [name in Step]: T };
}
