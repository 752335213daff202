import { isObject } from '../util/is-object.ts';
import type { PrincipalFact } from './facts.ts';
import { principalFact } from './principals.ts';

/** More people than look after the agents of most tenants; the texts of so many take a few megabytes. */
const MOST = 8_192;

type Known = {
  readonly entry: Record<string, unknown>;
  readonly text: string;
  /** Made when somebody asks for it. */
  fact: PrincipalFact | null;
};

/**
 * The principals in relationships as JSON text, as `principalFacts` gives them. The same few people look after many agents:
 * whoever has been seen is not worked out again.
 */
export class PrincipalTexts {
  readonly #known = new Map<string, Known>();

  /** Anything but a list is no one. */
  listText(relationship: 'sponsors' | 'owners', value: unknown): string {
    if (!Array.isArray(value)) return '[]';
    const list: readonly unknown[] = value;
    let text = '';
    for (let index = 0; index < list.length; index += 1)
      text += `${index === 0 ? '' : ','}{"path":["${relationship}",${index}],${this.#textOf(list[index])}`;
    return `[${text}]`;
  }

  /** The facts of one entry that do not depend on where it stands; `path` is empty. Equal ones are one as far as they are known. */
  fact(entry: unknown): PrincipalFact {
    const known = this.#knownAs(entry);
    if (known === null) return principalFact([], entry);
    known.fact ??= principalFact([], entry);
    return known.fact;
  }

  /** All but the path, and the beginning of the object. */
  #textOf(entry: unknown): string {
    return this.#knownAs(entry)?.text ?? madeOf(entry);
  }

  /** `null` when it has no id, or too many others are known. */
  #knownAs(entry: unknown): Known | null {
    const id = isObject(entry) ? entry['id'] : undefined;
    if (!isObject(entry) || typeof id !== 'string') return null;
    const before = this.#known.get(id);
    if (before !== undefined && isSame(before.entry, entry)) return before;
    if (before === undefined && this.#known.size >= MOST) return null;
    const known = { entry, text: madeOf(entry), fact: null };
    this.#known.set(id, known);
    return known;
  }
}

function madeOf(entry: unknown): string {
  return JSON.stringify({ ...principalFact([], entry), path: undefined }).slice(1);
}

/** Whether two entries say the same. Lists, such as the types of a group, are compared as text. */
function isSame(one: Record<string, unknown>, other: Record<string, unknown>): boolean {
  let more = 0;
  for (const key in other) {
    more += 1;
    if (one[key] !== other[key] && !isSameList(one[key], other[key])) return false;
  }
  for (const key in one) if (Object.hasOwn(one, key)) more -= 1;
  return more === 0;
}

function isSameList(one: unknown, other: unknown): boolean {
  return Array.isArray(one) && Array.isArray(other) && JSON.stringify(one) === JSON.stringify(other);
}
