import type { Path } from '../documents/pointer.ts';

/**
 * What entries of lists are known by, the most stable first: credentials by `keyId`, required and inheritable permissions
 * by `resourceAppId`, federated credentials and optional claims by `name`, servers by `mcpServerName`, scopes and roles by
 * `id`, else `value`, people by `id`, else `userPrincipalName`.
 */
const NAMES = [
  'id',
  'appId',
  'resourceAppId',
  'keyId',
  'name',
  'mcpServerName',
  'uniqueName',
  'value',
  'userPrincipalName',
  'displayName',
  'resourceName',
  'uri',
] as const;

/**
 * What the list entries on a path are known by, at the place of each of its numbers: a text or number that names it. An
 * object without a name is known by all that it holds. `null` for anything else, which is its own value, and for names of
 * properties.
 */
export function entryNamesOn(properties: unknown, path: Path): readonly unknown[] {
  let value = properties;
  return path.map((step) => {
    const isThere = typeof value === 'object' && value !== null && Object.hasOwn(value, step);
    value = isThere ? (value as Record<string | number, unknown>)[step] : undefined;
    return typeof step === 'number' ? nameOf(value) : null;
  });
}

function nameOf(entry: unknown): unknown {
  if (typeof entry !== 'object' || entry === null || Array.isArray(entry)) return null;
  for (const key of NAMES) {
    const value = Object.hasOwn(entry, key) ? (entry as Record<string, unknown>)[key] : null;
    if (typeof value === 'number' || (typeof value === 'string' && value.trim() !== '')) return value;
  }
  return entry;
}
