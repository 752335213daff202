import type { Path } from './pointer.ts';
import { keyOf, keySpan, nodeAfter, type RangeTape } from './range-tape.ts';

/** Children that are looked through one by one before a table of them is made. */
const SHORT_WALK = 16;

export type FoundNode = {
  /** The node at the path, or its nearest existing ancestor. */
  readonly node: number;
  readonly exact: boolean;
};

/** Finds paths on a tape, in time that grows with the length of the path and not with the size of the document. */
export class TapeIndex {
  readonly tape: RangeTape;
  readonly #tables = new Map<number, ReadonlyMap<string, number>>();

  constructor(tape: RangeTape) {
    this.tape = tape;
  }

  find(path: Path): FoundNode {
    let node = 0;
    for (const step of path) {
      const child = this.#child(node, String(step));
      if (child === -1) return { node, exact: false };
      node = child;
    }
    return { node, exact: true };
  }

  #child(node: number, step: string): number {
    const end = nodeAfter(this.tape, node);
    const isList = node + 1 < end && keySpan(this.tape, node + 1) === null;
    let child = node + 1;
    for (let place = 0; place < SHORT_WALK; place += 1) {
      if (child >= end) return -1;
      if (step === (isList ? String(place) : keyOf(this.tape, child))) return child;
      child = nodeAfter(this.tape, child);
    }
    return child >= end ? -1 : (this.#table(node, end, isList).get(step) ?? -1);
  }

  #table(node: number, end: number, isList: boolean): ReadonlyMap<string, number> {
    const known = this.#tables.get(node);
    if (known !== undefined) return known;
    const table = new Map<string, number>();
    for (let child = node + 1; child < end; child = nodeAfter(this.tape, child)) {
      table.set(isList ? String(table.size) : keyOf(this.tape, child), child);
    }
    this.#tables.set(node, table);
    return table;
  }
}
