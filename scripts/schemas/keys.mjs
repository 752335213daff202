// @ts-check

/** @typedef {import('./variants.mjs').Schema} Schema */
/** @typedef {{ [key: string]: KeyTree | null }} KeyTree */

/**
 * The property names a schema knows, as a tree. List items are looked through; a schema that stands inside itself
 * is cut off there.
 * @param {Schema} root
 * @param {ReadonlyMap<string, Schema>} byId
 * @returns {KeyTree}
 */
export function keysOf(root, byId) {
  return collect(root, root, byId, new Set()) ?? {};
}

/**
 * @param {Schema | boolean} schema
 * @param {Schema} root
 * @param {ReadonlyMap<string, Schema>} byId
 * @param {ReadonlySet<unknown>} above
 * @returns {KeyTree | null}
 */
function collect(schema, root, byId, above) {
  if (typeof schema === 'boolean' || above.has(schema)) return null;
  const inside = new Set([...above, schema]);
  /** @type {KeyTree} */
  const tree = {};
  for (const [name, inner] of Object.entries(schema.properties ?? {}))
    tree[name] = collect(inner, root, byId, inside);
  if (typeof schema.additionalProperties === 'object') {
    tree['*'] = collect(schema.additionalProperties, root, byId, inside);
  }
  const parts = [
    schema.items,
    schema.then,
    schema.else,
    ...(schema.allOf ?? []),
    ...(schema.anyOf ?? []),
    ...(schema.oneOf ?? []),
  ];
  for (const part of parts) {
    if (part !== undefined) merge(tree, collect(part, root, byId, inside));
  }
  if (typeof schema.$ref === 'string') {
    const target = resolve(schema.$ref, root, byId);
    merge(tree, collect(target.schema, target.root, byId, inside));
  }
  return Object.keys(tree).length === 0 ? null : tree;
}

/**
 * @param {KeyTree} tree
 * @param {KeyTree | null} more
 */
function merge(tree, more) {
  for (const [name, inner] of Object.entries(more ?? {})) tree[name] ??= inner;
}

/**
 * @param {string} ref
 * @param {Schema} root
 * @param {ReadonlyMap<string, Schema>} byId
 */
function resolve(ref, root, byId) {
  const url = new URL(ref, root.$id);
  const pointer = decodeURIComponent(url.hash.slice(1));
  url.hash = '';
  const target = byId.get(url.href);
  if (target === undefined) throw new Error(`${ref} in ${root.$id} points at no schema of ours`);
  let schema = target;
  for (const step of pointer.split('/').slice(1))
    schema = schema[step.replaceAll('~1', '/').replaceAll('~0', '~')];
  return { schema, root: target };
}
