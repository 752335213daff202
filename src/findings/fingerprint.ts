import { hash } from 'node:crypto';
import type { Path } from '../documents/pointer.ts';
import type { ResourceRef } from '../model/resource.ts';

type Identified = {
  readonly rule: string;
  readonly ref: ResourceRef;
  readonly path: Path;
  /** The offending value, without secrets. */
  readonly value: unknown;
};

/**
 * Gives fingerprints: `v1:` and 32 hex digits over rule, resource, property names of the path and offending value.
 * Line numbers, places in lists, the moment of the run and a rule's options are left out, so reformatting,
 * reordering (of lists too, which are sets in Graph) and a change from JSON to YAML keep it. Findings that are equal
 * in all of these are told apart by their order.
 */
export function fingerprinter(): (finding: Identified) => string {
  const seen = new Map<string, number>();
  return ({ rule, ref, path, value }) => {
    const names = path.filter((step) => typeof step === 'string');
    const content = JSON.stringify([rule, identity(ref), names, sorted(value)]);
    const first = digest(content);
    const occurrence = seen.get(first) ?? 0;
    seen.set(first, occurrence + 1);
    return `v1:${occurrence === 0 ? first : digest(`${content}#${occurrence}`)}`;
  };
}

function digest(content: string): string {
  return hash('sha256', content).slice(0, 32);
}

/** A resource without an id is known by its file, whatever language that is written in. */
function identity(ref: ResourceRef): string {
  return ref.replace(/\.(?:json|ya?ml)(?=(?:\[\d+\])?#)/i, '');
}

/** The value with the keys of its objects and the entries of its lists in one order; depth is bounded by the readers. */
function sorted(value: unknown): unknown {
  if (typeof value !== 'object' || value === null) return value ?? null;
  if (Array.isArray(value)) return sortedList(value);
  const entries = Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1));
  return Object.fromEntries(entries.map(([key, entry]) => [key, sorted(entry)]));
}

function sortedList(list: readonly unknown[]): readonly unknown[] {
  const entries = list.map((entry) => {
    const value = sorted(entry);
    return { value, text: JSON.stringify(value) };
  });
  return entries.sort((a, b) => (a.text < b.text ? -1 : 1)).map(({ value }) => value);
}
