import type { Patience } from './patience.ts';
import type { BatchPart } from './types.ts';

/** Parts that one batch may hold. https://learn.microsoft.com/graph/json-batching#batch-size-limitations */
export const MOST_PARTS = 20;

/** A part on its way. */
export type Item<K> = { readonly part: BatchPart<K>; readonly patience: Patience };

/**
 * Parts that wait to be sent, in groups that may go together: of one version of the API and one lane, 20 at most. Where
 * requests are counted one by one, one at a time. Parts that are to be sent again wait for their time.
 */
export class BatchQueue<K> {
  readonly #groups = new Map<string, Item<K>[]>();
  readonly #later: { readonly item: Item<K>; readonly due: number }[] = [];

  add(item: Item<K>): void {
    const { api, lane } = item.part.request;
    const key = `${api} ${lane}`;
    const group = this.#groups.get(key);
    if (group === undefined) this.#groups.set(key, [item]);
    else group.push(item);
  }

  addLater(item: Item<K>, due: number): void {
    this.#later.push({ item, due });
  }

  /** Parts whose time has come are ready from now on. */
  wake(now: number): void {
    for (const waiting of this.#later.splice(0)) {
      if (waiting.due <= now) this.add(waiting.item);
      else this.#later.push(waiting);
    }
  }

  /** When the next part is due; `null` when none waits for a time. */
  nextDue(): number | null {
    return this.#later.length === 0 ? null : Math.min(...this.#later.map(({ due }) => due));
  }

  /** The next group to send: a full one, or when no more parts come, what there is. */
  take(areMoreToCome: boolean): Item<K>[] | null {
    for (const group of this.#groups.values()) {
      const size = group[0]?.part.request.lane === 'directory' ? MOST_PARTS : 1;
      if (group.length >= size || (group.length > 0 && !areMoreToCome)) return group.splice(0, size);
    }
    return null;
  }

  get isEmpty(): boolean {
    return this.#later.length === 0 && [...this.#groups.values()].every((group) => group.length === 0);
  }
}
