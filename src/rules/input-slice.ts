import { toPointer, type Path } from '../documents/pointer.ts';

/** The part of a resource that a finding is about. Pointers are inside the resource, with its canonical names. */
export type InputSlice = {
  readonly pointer: string;
  /** The value there; absent when there is none. */
  readonly value?: unknown;
  /** The nearest parent that exists; `null` for the resource as a whole. */
  readonly parent: { readonly pointer: string; readonly value: unknown } | null;
};

export function inputSlice(properties: unknown, path: Path): InputSlice {
  const pointer = toPointer(path);
  if (path.length === 0) return { pointer, value: properties, parent: null };
  let parent: { pointer: string; value: unknown } = { pointer: '', value: properties };
  for (const [depth, step] of path.entries()) {
    const value = valueAt(parent.value, step);
    if (value === undefined) break;
    if (depth === path.length - 1) return { pointer, value, parent };
    parent = { pointer: toPointer(path.slice(0, depth + 1)), value };
  }
  return { pointer, parent };
}

function valueAt(value: unknown, step: string | number): unknown {
  if (typeof value !== 'object' || value === null || !Object.hasOwn(value, step)) return undefined;
  return (value as Readonly<Record<string | number, unknown>>)[step];
}
