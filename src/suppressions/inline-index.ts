import type { Finding } from '../findings/finding.ts';
import type { InlineEntry, NamedResource } from './types.ts';

/** Finds what stands beside a finding. */
export class InlineIndex {
  readonly #entries = new Map<string, InlineEntry[]>();

  constructor(entries: readonly InlineEntry[]) {
    for (const entry of entries) {
      const { rule, uri, index, covers } = entry;
      const key =
        covers.by === 'line' ? onLine(rule, uri, covers.line) : at(rule, uri, index, covers.pointer);
      const known = this.#entries.get(key);
      if (known === undefined) this.#entries.set(key, [entry]);
      else known.push(entry);
    }
  }

  /** What stands on its line first, then at the object that it is about, then at the one that this is a property of. */
  for({ rule, location }: Finding, { place }: NamedResource): readonly InlineEntry[] {
    if (this.#entries.size === 0 || location.kind !== 'file' || place === null) return [];
    const { uri, pointer, range } = location;
    const keys = range === null ? [] : [onLine(rule, uri, range.start.line)];
    keys.push(at(rule, uri, place.index, pointer));
    if (pointer !== '') keys.push(at(rule, uri, place.index, pointer.slice(0, pointer.lastIndexOf('/'))));
    return keys.flatMap((key) => this.#entries.get(key) ?? []);
  }
}

function onLine(rule: string, uri: string, line: number | null): string {
  return JSON.stringify([rule, uri, line]);
}

function at(rule: string, uri: string, index: number, pointer: string): string {
  return JSON.stringify([rule, uri, index, pointer]);
}
