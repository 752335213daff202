import { isSecretName } from '../util/secret-name.ts';
import { secretForm, type SecretFact } from './secrets.ts';

const GUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i;
const ZERO_GUID = '00000000-0000-0000-0000-000000000000';

/** A GUID in lower case, any other text unchanged. Entra compares GUIDs without case. */
export function canonicalText(text: string): string {
  return text.length === 36 && GUID.test(text) ? text.toLowerCase() : text;
}

/** Whether a text is the id of an object: a GUID, and not the one of zeros, which templates hold as they hold placeholders. */
export function isId(text: string): boolean {
  return text.length === 36 && GUID.test(text) && text !== ZERO_GUID;
}

/**
 * A JSON value with every GUID in lower case and every secret value taken out (`null` stands in its place); what was
 * taken out is told in `secrets`. The given value is left as it is; parts that need no change are shared with it. Depth
 * is bounded by the readers.
 */
export function canonical(value: unknown): {
  readonly value: unknown;
  readonly secrets: readonly SecretFact[];
} {
  const secrets: SecretFact[] = [];
  return { value: canonicalPart(value, [], secrets), secrets };
}

/** `path` is where `value` stands; it is changed on the way and is as it was in the end. */
function canonicalPart(value: unknown, path: (string | number)[], secrets: SecretFact[]): unknown {
  if (typeof value === 'string') return canonicalText(value);
  if (typeof value !== 'object' || value === null) return value;
  return Array.isArray(value) ? canonicalList(value, path, secrets) : canonicalObject(value, path, secrets);
}

function canonicalList(
  list: readonly unknown[],
  path: (string | number)[],
  secrets: SecretFact[],
): readonly unknown[] {
  let copy: unknown[] | null = null;
  for (let index = 0; index < list.length; index += 1) {
    path.push(index);
    const part = canonicalPart(list[index], path, secrets);
    path.pop();
    if (part === list[index]) continue;
    copy ??= [...list];
    copy[index] = part;
  }
  return copy ?? list;
}

function canonicalObject(object: object, path: (string | number)[], secrets: SecretFact[]): object {
  let changes: [string, unknown][] | null = null;
  for (const [key, entry] of Object.entries(object) as [string, unknown][]) {
    path.push(key);
    const form = typeof entry === 'string' && isSecretName(key) ? secretForm(entry) : null;
    if (form !== null) secrets.push({ path: [...path], form });
    const part = form === null ? canonicalPart(entry, path, secrets) : null;
    path.pop();
    if (part !== entry) (changes ??= []).push([key, part]);
  }
  // Not a spread with assignments: a key of its own named __proto__ must stay one.
  return changes === null ? object : Object.fromEntries([...Object.entries(object), ...changes]);
}
