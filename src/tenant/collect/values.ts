import { canonical, canonicalText } from '../../model/canonical.ts';
import type { JsonObject } from '../../model/resource.ts';
import { isObject } from '../../util/is-object.ts';

/** What a property has to be; `null` always may be, as Graph has it for whatever is not set. */
type FieldType = 'text' | 'flag' | 'number' | 'object' | 'texts' | 'objects' | 'list' | 'credentials';

export type Fields = { readonly [name: string]: FieldType };

export type Picked = {
  readonly value: JsonObject;
  /** Properties that had another type than Graph documents, which are left out. */
  readonly bad: readonly string[];
};

/**
 * The named properties of an object, GUIDs in lower case; absent ones stay absent. Nothing else is kept. A property of
 * `always` is bad when it is absent or has no value: Graph never leaves it out.
 */
export function pick(object: JsonObject, fields: Fields, always: readonly string[] = []): Picked {
  const value: Record<string, unknown> = {};
  const bad: string[] = always.filter((name) => (object[name] ?? null) === null && !isNullable(object, name));
  for (const [name, type] of Object.entries(fields)) {
    const given = Object.hasOwn(object, name) ? object[name] : undefined;
    if (given === undefined) continue;
    if (given === null) value[name] = null;
    else if (fits(given, type))
      value[name] = type === 'credentials' ? credentials(given) : canonical(given).value;
    else if (!bad.includes(name)) bad.push(name);
  }
  return { value, bad };
}

/** Properties that are always there and may be `null` nevertheless. */
const NULLABLE: ReadonlySet<string> = new Set(['appOwnerOrganizationId', 'grantControls', 'scope']);

function isNullable(object: JsonObject, name: string): boolean {
  return NULLABLE.has(name) && Object.hasOwn(object, name);
}

function fits(value: unknown, type: FieldType): boolean {
  switch (type) {
    case 'text':
      return typeof value === 'string';
    case 'flag':
      return typeof value === 'boolean';
    case 'number':
      return typeof value === 'number';
    case 'object':
      return isObject(value);
    case 'texts':
      return Array.isArray(value) && value.every((item) => typeof item === 'string');
    case 'objects':
      return Array.isArray(value) && value.every(isObject);
    case 'list':
      return Array.isArray(value);
    case 'credentials':
      return (
        Array.isArray(value) &&
        value.every((item) => isObject(item) && pick(item, CREDENTIAL).bad.length === 0)
      );
  }
}

/** A credential's metadata: never the key, the secret or a hint of it. */
const CREDENTIAL: Fields = {
  keyId: 'text',
  displayName: 'text',
  type: 'text',
  usage: 'text',
  startDateTime: 'text',
  endDateTime: 'text',
};

function credentials(value: unknown): readonly JsonObject[] {
  return (Array.isArray(value) ? value : []).filter(isObject).map((item) => pick(item, CREDENTIAL).value);
}

/** The object without one of its properties. */
export function without(object: JsonObject, name: string): JsonObject {
  return Object.fromEntries(Object.entries(object).filter(([key]) => key !== name));
}

/** A GUID or another id, in the form that rows are joined by; `null` when it is none. */
export function idOf(value: unknown): string | null {
  return typeof value === 'string' && value !== '' ? canonicalText(value) : null;
}

export function textOf(value: unknown): string | null {
  return typeof value === 'string' ? value : null;
}
