/** Resources that a report lists besides those with findings are listed as long as there are no more than so many in all. */
export const MOST_RESOURCES = 5_000;

/** What a resource is listed for: always for its findings, next as one that everybody wants to see, else while there is room. */
export type Standing = 'found' | 'wanted' | 'other';

/** A resource that is listed, with its place among those of the run. */
export type Listed<Row> = { readonly place: number; readonly row: Row };

/**
 * The rows of the resources of a run, which come in its order. Never more than `most` are held that have no findings, so
 * that memory does not grow with the tenant; a row that there is no room for is not made at all.
 */
export class ResourceListing<Row> {
  readonly #most: number;
  readonly #found: Listed<Row>[] = [];
  readonly #wanted: Listed<Row>[] = [];
  readonly #others: Listed<Row>[] = [];
  #seen = 0;

  constructor(most = MOST_RESOURCES) {
    this.#most = most;
  }

  add(standing: Standing, make: () => Row): void {
    const place = this.#seen;
    this.#seen += 1;
    if (!this.#hasRoomFor(standing)) return;
    this.#listOf(standing).push({ place, row: make() });
    if (this.#length() <= this.#most) return;
    // The room of the last one of those that matter less is taken: what comes before it in the run stays.
    if (this.#others.pop() === undefined) this.#wanted.pop();
  }

  /** The rows in the order of the run, and how many resources have none. */
  result(): { readonly listed: readonly Listed<Row>[]; readonly unlisted: number } {
    const listed = [...this.#found, ...this.#wanted, ...this.#others].sort((a, b) => a.place - b.place);
    return { listed, unlisted: this.#seen - listed.length };
  }

  #hasRoomFor(standing: Standing): boolean {
    if (standing === 'found') return true;
    const before = standing === 'wanted' ? this.#found.length + this.#wanted.length : this.#length();
    return before < this.#most;
  }

  #listOf(standing: Standing): Listed<Row>[] {
    if (standing === 'found') return this.#found;
    return standing === 'wanted' ? this.#wanted : this.#others;
  }

  #length(): number {
    return this.#found.length + this.#wanted.length + this.#others.length;
  }
}
