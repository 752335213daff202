import { COLLECTION_STYLE, EVENT_ID } from 'js-yaml';
import type { MappingEvent, SequenceEvent } from 'js-yaml';

type Entries = { [key: string]: unknown };

/** A mapping or list that is being filled. */
export type Container = {
  readonly node: number;
  /** The list's values; `null` for a mapping. */
  readonly items: unknown[] | null;
  readonly entries: Entries;
  /** The bracket that ends it; empty for block style and for a single pair in a list. */
  readonly closer: string;
  readonly isFlow: boolean;
  /** It stands where a key should, which is refused when it is found. */
  readonly isKey: boolean;
  /** The key whose value comes next. */
  key: string | null;
  keyStart: number;
  keyEnd: number;
};

const NO_ENTRIES: Entries = Object.freeze({});

type Place = { readonly node: number; readonly isKey: boolean; readonly firstCharacter: string };

export function containerFor(
  event: MappingEvent | SequenceEvent,
  { node, isKey, firstCharacter }: Place,
): Container {
  const isList = event.type === EVENT_ID.SEQUENCE;
  const isFlow = event.style === COLLECTION_STYLE.FLOW;
  const isBracketed = isFlow && (isList || firstCharacter === '{');
  const closer = isList ? ']' : '}';
  return {
    node,
    items: isList ? [] : null,
    entries: isList ? NO_ENTRIES : {},
    closer: isBracketed ? closer : '',
    isFlow,
    isKey,
    key: null,
    keyStart: -1,
    keyEnd: -1,
  };
}

/** Whether the next scalar is a key. */
export function awaitsKey(container: Container | undefined): container is Container {
  return container !== undefined && container.items === null && container.key === null;
}

/** Adds a value to a list, or to a mapping under the key that waits for it. */
export function addTo(container: Container, value: unknown): void {
  if (container.items !== null) {
    container.items.push(value);
    return;
  }
  setOwn(container.entries, container.key ?? '', value);
  container.key = null;
}

/** Assigning to `__proto__` would set the prototype. */
function setOwn(entries: Entries, key: string, value: unknown): void {
  if (key === '__proto__') {
    Object.defineProperty(entries, key, { value, writable: true, enumerable: true, configurable: true });
  } else {
    entries[key] = value;
  }
}
