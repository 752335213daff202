import { isObject } from './is-object.ts';

const WIDTH = 100;

/** JSON for people: what fits on a line stands on one. */
export function laidOutJson(value: unknown, width = WIDTH): string {
  return laidOut(value, { indent: '', room: width });
}

type Place = { readonly indent: string; readonly room: number };

function laidOut(value: unknown, { indent, room }: Place): string {
  const line = onOneLine(value);
  const entries = entriesOf(value);
  if (entries.length === 0 || indent.length + line.length <= room) return line;
  const inner = `${indent}  `;
  const rows = entries.map(([key, each]) => {
    // The key takes its part of the line.
    const label = key === null ? '' : `${JSON.stringify(key)}: `;
    return `${inner}${label}${laidOut(each, { indent: inner, room: room - label.length })}`;
  });
  const [open, close] = Array.isArray(value) ? '[]' : '{}';
  return `${open}\n${rows.join(',\n')}\n${indent}${close}`;
}

function onOneLine(value: unknown): string {
  const entries = entriesOf(value);
  if (entries.length === 0) return JSON.stringify(value);
  const inner = entries.map(
    ([key, each]) => `${key === null ? '' : `${JSON.stringify(key)}: `}${onOneLine(each)}`,
  );
  return Array.isArray(value) ? `[${inner.join(', ')}]` : `{ ${inner.join(', ')} }`;
}

function entriesOf(value: unknown): readonly (readonly [key: string | null, value: unknown])[] {
  if (Array.isArray(value)) return value.map((each: unknown) => [null, each] as const);
  return isObject(value) ? Object.entries(value) : [];
}
