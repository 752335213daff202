/** A JSON Schema, or a part of one. */
export type JsonSchema = { readonly [keyword: string]: unknown };

/** What the config schema says about a rule. */
type RuleForSchema = {
  readonly id: string;
  readonly title: string;
  readonly severity: string;
  readonly aliases: readonly string[];
  readonly options: { readonly [name: string]: JsonSchema };
};

/**
 * Keys of a rule's settings that are the same for every rule. What they may hold is said once, in
 * `$defs/severityOrSettings`: said for every rule it would be most of the validator.
 */
const SHARED = {
  severity: { description: 'How much a finding counts; off does not run the rule.' },
  severityInProduction: {
    description: 'Used instead of severity for resources that carry a production marker.',
  },
  waivable: {
    description: 'Whether its findings may be waived, recorded in a baseline or suppressed beside them.',
  },
  allowInline: { description: 'Whether its findings may be suppressed beside them.' },
};

/**
 * The config schema with the settings of every built-in rule, in their order, made from `schemas/config.base.json`. Own
 * rules are not known to it, so it takes any settings of any rule in a domain that the built-in rules leave free.
 * @throws {Error} when two names collide
 */
export function withRules(
  base: JsonSchema,
  { rules }: { readonly rules: readonly RuleForSchema[] },
): JsonSchema {
  const domains = [...new Set(rules.map(({ id }) => id.slice(0, id.indexOf('/'))))].sort();
  const own = {
    description: 'An own rule. "agentid-lint config schema" prints a schema that knows its options.',
    type: ['string', 'object'],
    $ref: '#/$defs/severityOrSettings',
    properties: SHARED,
  };
  return withNames(base, rules, {
    [`^(?!(?:${domains.join('|')})/)[a-z][a-z0-9]*/[a-z0-9]+(?:-[a-z0-9]+)*$`]: own,
  });
}

/**
 * The published schema, which has the built-in rules, with exactly these own rules.
 * @throws {Error} when two names collide
 */
export function withOwnRules(schema: JsonSchema, rules: readonly RuleForSchema[]): JsonSchema {
  return withNames(schema, rules, undefined);
}

function withNames(
  schema: JsonSchema,
  rules: readonly RuleForSchema[],
  patternProperties: JsonSchema | undefined,
): JsonSchema {
  const defs = schema['$defs'] as { readonly rules: { readonly properties?: JsonSchema } };
  const { properties: before, ...rest } = defs.rules;
  const properties: { [name: string]: unknown } = { ...before };
  for (const rule of rules) {
    const settings = settingsOf(rule);
    addOnce(properties, rule.id, settings);
    for (const alias of rule.aliases) {
      addOnce(properties, alias, { ...settings, description: `Old name of ${rule.id}.`, deprecated: true });
    }
  }
  const all = { ...rest, additionalProperties: false, properties, patternProperties };
  return { ...schema, $defs: { ...defs, rules: all } };
}

function settingsOf({ id, title, severity, options }: RuleForSchema): JsonSchema {
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

function addOnce(properties: { [name: string]: unknown }, name: string, schema: JsonSchema): void {
  if (Object.hasOwn(properties, name)) throw new Error(`two rules are called ${name}`);
  properties[name] = schema;
}
