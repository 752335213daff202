import { compareCodePoints } from '../documents/code-points.ts';
import { readJson } from '../documents/json-reader.ts';
import { keyOf, nodeAfter, valueSpan, type RangeTape } from '../documents/range-tape.ts';
import { isObject } from '../util/is-object.ts';

/** A JSON value as text that depends on nothing but the value: no white space, keys sorted by code point. */
export function canonicalJson(value: unknown): string {
  if (Array.isArray(value)) return listOf(value.map(canonicalJson));
  if (!isObject(value)) return typeof value === 'string' ? literalOf(value) : JSON.stringify(value);
  return objectOf(Object.entries(value).map(([key, member]) => [key, canonicalJson(member)]));
}

/**
 * As `canonicalJson`, for JSON text that was read without a fault, with numbers as they are written. It is what OPA
 * hashes instead of a JSON file (`walk` in v1/bundle/hash.go of OPA 1.18): Go sorts keys by their UTF-8 bytes, which
 * is the order of code points.
 */
export function canonicalText(text: string): string {
  return canonicalNode(text, readJson(text).tape, 0);
}

function canonicalNode(text: string, tape: RangeTape, node: number): string {
  const { start, end } = valueSpan(tape, node);
  const first = text.charAt(start);
  if (first === '"') return literalOf(JSON.parse(text.slice(start, end)) as string);
  if (first !== '[' && first !== '{') return text.slice(start, end);
  const members = childrenOf(tape, node).map(
    (child) => [keyOf(tape, child), canonicalNode(text, tape, child)] as const,
  );
  return first === '{' ? objectOf(members) : listOf(members.map(([, member]) => member));
}

function childrenOf(tape: RangeTape, node: number): number[] {
  const children: number[] = [];
  const end = nodeAfter(tape, node);
  for (let child = node + 1; child < end; child = nodeAfter(tape, child)) children.push(child);
  return children;
}

function listOf(items: readonly string[]): string {
  return `[${items.join(',')}]`;
}

function objectOf(members: readonly (readonly [key: string, text: string])[]): string {
  const sorted = members.toSorted(([a], [b]) => compareCodePoints(a, b));
  return `{${sorted.map(([key, text]) => `${literalOf(key)}:${text}`).join(',')}}`;
}

/** As Go writes it, which escapes two line separators that JavaScript does not. */
function literalOf(text: string): string {
  return JSON.stringify(text).replaceAll('\u2028', '\\u2028').replaceAll('\u2029', '\\u2029');
}
