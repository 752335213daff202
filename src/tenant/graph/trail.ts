import { trace } from './links.ts';

/** Pages of one collection: ten million objects at 100 a page. */
const MOST_PAGES = 100_000;
const MOST_IDLE_PAGES = 50;
/** Collections that are being read at a time, generously. */
const MOST_TRAILS = 10_000;

type Trail = { readonly links: Set<string>; readonly pages: Set<string>; idle: number };

type Item = { readonly [key: string]: unknown };

/**
 * Follows collections from page to page, and knows when one does not lead on: a next link that was there before, or page
 * after page without anything new. Keeps a few bytes a page, and nothing of a collection that has ended.
 */
export class Trails {
  /** By the link that leads on. */
  readonly #trails = new Map<string, Trail>();

  /** Notes a page that was read and the link that it gives; a sentence when that leads nowhere. */
  note(from: string | null, items: readonly Item[], next: string | null): string | null {
    const trail = this.#take(from);
    if (next === null) return null;
    const link = trace(next);
    if (trail.links.has(link)) return 'The next link was there before: the pages go round in a circle';
    if (trail.links.size >= MOST_PAGES) return `There are more than ${MOST_PAGES} pages`;
    trail.idle = isNew(trail, items) ? 0 : trail.idle + 1;
    if (trail.idle >= MOST_IDLE_PAGES) return `${MOST_IDLE_PAGES} pages on end held nothing new`;
    trail.links.add(link);
    this.#keep(link, trail);
    return null;
  }

  #take(from: string | null): Trail {
    const link = from === null ? null : trace(from);
    const known = link === null ? undefined : this.#trails.get(link);
    if (link !== null) this.#trails.delete(link);
    return known ?? { links: new Set(link === null ? [] : [link]), pages: new Set(), idle: 0 };
  }

  #keep(link: string, trail: Trail): void {
    const [oldest] = this.#trails.keys();
    if (this.#trails.size >= MOST_TRAILS && oldest !== undefined) this.#trails.delete(oldest);
    this.#trails.set(link, trail);
  }
}

/** Whether a page has something that no page before it had: told by its first and last object and their number. */
function isNew({ pages }: Trail, items: readonly Item[]): boolean {
  const first = items.at(0)?.['id'];
  const last = items.at(-1)?.['id'];
  if (items.length === 0) return false;
  if (typeof first !== 'string' || typeof last !== 'string') return true;
  const page = trace(JSON.stringify([first, last, items.length]));
  const size = pages.size;
  return pages.add(page).size > size;
}
