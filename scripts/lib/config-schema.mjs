// @ts-check
/**
 * The config's schema: what `schemas/config.base.json` says, and the settings of every rule of the catalogue.
 * Editors and the validator that the program runs both come from it.
 */

/** @typedef {import('./config-schema.d.mts').JsonSchema} JsonSchema */
/** @typedef {import('./config-schema.d.mts').CatalogueForSchema} Catalogue */

/**
 * Keys of a rule's settings that are the same for every rule. What they may hold is said once, in
 * `$defs/severityOrSettings`: said for every rule it would be most of the validator.
 */
const SHARED = {
  severity: { description: 'How much a finding counts; off does not run the rule.' },
  severityInProduction: {
    description: 'Used instead of severity for resources that carry a production marker.',
  },
};

/**
 * @param {JsonSchema} base
 * @param {Catalogue} catalogue
 * @returns {JsonSchema}
 */
export function withRules(base, { rules }) {
  /** @type {JsonSchema} */
  const properties = {};
  for (const rule of rules) {
    const settings = settingsOf(rule);
    addOnce(properties, rule.id, settings);
    for (const alias of rule.aliases) {
      addOnce(properties, alias, { ...settings, description: `Old name of ${rule.id}.`, deprecated: true });
    }
  }
  const all = { type: 'object', additionalProperties: false, properties };
  return { ...base, $defs: { ...base['$defs'], rules: all } };
}

/**
 * @param {Catalogue['rules'][number]} rule
 * @returns {JsonSchema}
 */
function settingsOf({ id, title, severity, options }) {
  const taken = Object.keys(options).filter((name) => Object.hasOwn(SHARED, name) || name in {});
  if (taken.length > 0) throw new Error(`${id}: an option cannot be called ${taken.join(' or ')}`);
  return {
    description: `${title}. Default: ${severity}.`,
    type: ['string', 'object'],
    $ref: '#/$defs/severityOrSettings',
    properties: { ...SHARED, ...options },
    additionalProperties: false,
  };
}

/**
 * @param {JsonSchema} properties
 * @param {string} name
 * @param {JsonSchema} schema
 */
function addOnce(properties, name, schema) {
  if (Object.hasOwn(properties, name)) throw new Error(`two rules are called ${name}`);
  properties[name] = schema;
}
