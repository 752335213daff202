/** Numbers kept for a node: where its value starts and ends, where its key does (-1 for none), and the next node after it. */
const CELLS = 5;
const END = 1;
const KEY_START = 2;
const KEY_END = 3;
const NEXT = 4;

/** The nodes of one document in the order of its text, parents before children: 20 bytes and a key each. */
export type RangeTape = { readonly cells: Int32Array; readonly keys: readonly string[] };

export type Span = { readonly start: number; readonly end: number };

/** Collects nodes in the order of the text. */
export class TapeBuilder {
  readonly #cells: number[] = [];
  readonly #keys: string[] = [];

  /** Adds a node and gives its number; `close` must follow for one that has children. Offsets of -1 mean "no key". */
  add(start: number, end: number, keyStart: number, keyEnd: number, key: string): number {
    const node = this.#keys.length;
    this.#cells.push(start, end, keyStart, keyEnd, node + 1);
    this.#keys.push(key);
    return node;
  }

  /** Ends a node after its last child. */
  close(node: number, end: number): void {
    this.#cells[node * CELLS + END] = end;
    this.#cells[node * CELLS + NEXT] = this.#keys.length;
  }

  /** Where the key of a finished child of `node` stands. */
  keySpan(node: number, key: string): Span | null {
    for (let child = node + 1; child < this.#keys.length; child = this.#cell(child, NEXT)) {
      if (this.#keys[child] === key)
        return { start: this.#cell(child, KEY_START), end: this.#cell(child, KEY_END) };
    }
    return null;
  }

  finish(): RangeTape {
    return { cells: new Int32Array(this.#cells), keys: this.#keys };
  }

  #cell(node: number, cell: number): number {
    return this.#cells[node * CELLS + cell] ?? -1;
  }
}

function cellOf(tape: RangeTape, node: number, cell: number): number {
  return tape.cells[node * CELLS + cell] ?? -1;
}

export function valueSpan(tape: RangeTape, node: number): Span {
  return { start: cellOf(tape, node, 0), end: cellOf(tape, node, END) };
}

/** `null` for the root and for items of a list. */
export function keySpan(tape: RangeTape, node: number): Span | null {
  const start = cellOf(tape, node, KEY_START);
  return start === -1 ? null : { start, end: cellOf(tape, node, KEY_END) };
}

export function keyOf(tape: RangeTape, node: number): string {
  return tape.keys[node] ?? '';
}

/** The node that follows `node` and everything in it. */
export function nodeAfter(tape: RangeTape, node: number): number {
  return cellOf(tape, node, NEXT);
}
