// @ts-check

/** @typedef {{ [keyword: string]: any }} Schema */

const ANNOTATIONS = new Set(['title', 'description', 'examples']);
/** Strictness that Graph objects are spared: new properties, new enum values and other limits come without notice. */
const STRICTNESS = new Set(['additionalProperties', 'patternProperties', 'enum', 'maxLength']);
/** Relationships are lists in every Graph answer; null would hide whether anybody is there. */
const RELATIONSHIP =
  /^(?:sponsors|owners|federatedIdentityCredentials|inheritablePermissions)(?:@odata\.bind)?$/;

/**
 * The schema without what only people read, so that none of it lands in the generated code.
 * @param {Schema} schema
 * @returns {Schema}
 */
export function withoutAnnotations(schema) {
  return mapSchema(schema, (copy) => withoutKeywords(copy, ANNOTATIONS));
}

/**
 * The native form's schema opened for Graph objects: same types, but unknown keys pass, null is let through
 * where Graph sends it, and nothing marks or limits.
 * @param {Schema} schema
 * @returns {Schema}
 */
export function openVariant(schema) {
  const { required, ...open } = mapSchema(schema, (copy) => {
    const result = withoutKeywords(copy, STRICTNESS);
    return result.properties === undefined ? result : { ...result, properties: nullable(result) };
  });
  const { kind, ...properties } = open.properties;
  return { ...open, $id: schema.$id.replace('/schemas/', '/schemas/open/'), properties };
}

/**
 * The properties of a schema, null let through. What an `anyOf` asks for stays as it is: an object without an id is
 * no object.
 * @param {Schema} schema
 */
function nullable({ properties, anyOf = [] }) {
  const asked = new Set(anyOf.flatMap((/** @type {Schema} */ branch) => branch.required ?? []));
  return Object.fromEntries(
    Object.entries(properties).map(([name, schema]) => {
      if (schema.type === undefined || asked.has(name) || RELATIONSHIP.test(name)) return [name, schema];
      return [name, { ...schema, type: [...new Set([schema.type, 'null'].flat())] }];
    }),
  );
}

/**
 * @param {Schema} schema
 * @param {ReadonlySet<string>} keywords
 */
function withoutKeywords(schema, keywords) {
  return Object.fromEntries(Object.entries(schema).filter(([keyword]) => !keywords.has(keyword)));
}

/**
 * Applies a function to a schema and to every schema inside it, innermost first.
 * @param {Schema} schema
 * @param {(schema: Schema) => Schema} change
 * @returns {Schema}
 */
function mapSchema(schema, change) {
  /** @type {Schema} */
  const copy = {};
  for (const [keyword, value] of Object.entries(schema)) {
    if (['properties', 'patternProperties', '$defs', 'dependentSchemas'].includes(keyword)) {
      copy[keyword] = Object.fromEntries(
        Object.entries(value).map(([name, inner]) => [name, mapAny(inner, change)]),
      );
    } else if (['allOf', 'anyOf', 'oneOf', 'prefixItems'].includes(keyword)) {
      copy[keyword] = value.map((/** @type {Schema} */ inner) => mapAny(inner, change));
    } else if (
      [
        'items',
        'additionalProperties',
        'unevaluatedProperties',
        'if',
        'then',
        'else',
        'not',
        'contains',
        'propertyNames',
      ].includes(keyword)
    ) {
      copy[keyword] = mapAny(value, change);
    } else {
      copy[keyword] = value;
    }
  }
  return change(copy);
}

/**
 * @param {Schema | boolean} schema
 * @param {(schema: Schema) => Schema} change
 */
function mapAny(schema, change) {
  return typeof schema === 'boolean' ? schema : mapSchema(schema, change);
}
