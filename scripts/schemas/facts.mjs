// @ts-check
import { TENANT_KINDS, TENANT_PROPERTIES, united as unitedWith } from './tenant-facts.mjs';

/** @typedef {import('./variants.mjs').Schema} Schema */

/** Manifest schemas by the kind of resource that they describe. */
export const SCHEMAS_BY_KIND = {
  blueprint: 'blueprint',
  blueprintPrincipal: 'blueprint-principal',
  agentIdentity: 'agent-identity',
  agentUser: 'agent-user',
  agent365Config: 'agent365-config',
  agent365GeneratedConfig: 'agent365-generated-config',
  toolingManifest: 'tooling-manifest',
  appPackageManifest: 'app-package-manifest',
  agenticUserTemplate: 'agentic-user-template',
};

/** Keys of a file that are no property of the resource. */
const MARKERS = new Set(['kind', '$schema']);
/** Any object of Graph may name its type. */
const ODATA_TYPE = { '@odata.type': { type: 'string' } };

const text = { type: 'string' };
const textOrNull = { type: ['string', 'null'] };
const path = { type: 'array', items: {}, description: 'Keys and indices from the resource to the value.' };

/** @param {{ [name: string]: Schema }} properties @param {string} [description] */
const object = (properties, description) => ({
  ...(description === undefined ? {} : { description }),
  type: 'object',
  properties,
});

const principal = object({
  path,
  kind: { enum: ['user', 'group', 'servicePrincipal', 'agentUser', 'unknown'], type: 'string' },
  id: textOrNull,
  userPrincipalName: textOrNull,
  displayName: textOrNull,
  groupTypes: { type: ['array', 'null'], items: text },
  securityEnabled: { type: ['boolean', 'null'] },
  isAssignableToRole: { type: ['boolean', 'null'] },
  state: { enum: ['enabled', 'disabled', 'deleted', 'unknown'], type: 'string' },
  userType: textOrNull,
  appId: textOrNull,
  enabledMembers: { type: ['number', 'null'] },
});

const credential = object({
  path,
  type: { enum: ['secret', 'certificate'], type: 'string' },
  keyId: textOrNull,
  displayName: textOrNull,
  usage: textOrNull,
  start: { type: ['number', 'null'] },
  end: { type: ['number', 'null'] },
});

/**
 * JSON Schema of the policy's input: the facts (src/model/facts.ts), with the properties of every kind of resource
 * side by side. OPA's type checker takes an object with `properties` as complete and an object without as open.
 * @param {{ [kind: string]: Schema }} schemas manifest schemas by kind
 * @param {ReadonlyMap<string, Schema>} byId every schema by its `$id`
 */
export function factsSchema(schemas, byId) {
  return {
    $schema: 'https://json-schema.org/draft/2020-12/schema',
    $id: 'https://raw.githubusercontent.com/agentid-lint/agentid-lint/main/schemas/facts.schema.json',
    title: 'Facts',
    description:
      "The input of a policy: one resource and what was derived from it. Generated from the schemas of manifests and what tenants have besides; OPA's type checker finds misspelt references with it.",
    ...object({
      ref: { ...text, description: 'Identity of the resource across files and runs.' },
      kind: {
        type: 'string',
        enum: [...Object.keys(schemas), ...TENANT_KINDS],
        description: 'Kind of resource.',
      },
      name: { ...text, description: 'What people call it.' },
      origin: object(
        {
          from: { enum: ['document', 'tenant'], type: 'string' },
          uri: text,
          directory: text,
          shape: text,
          tenantId: textOrNull,
        },
        'Where it was read: a file, or its path in Microsoft Graph.',
      ),
      settings: { ...text, description: 'Key of the effective options in data.agentid.options.' },
      production: { type: 'boolean', description: 'Whether a production marker of the config is on it.' },
      unknown: { type: 'array', items: text, description: 'Fact groups that its source cannot tell.' },
      properties: object(properties(schemas, byId), "The resource with Graph's property names."),
      created: {
        type: ['number', 'null'],
        description: 'When it was created, in seconds since 1970-01-01T00:00:00Z.',
      },
      activity: object(
        { last: { type: ['number', 'null'] }, source: textOrNull },
        'The last sign-in that there is evidence of, and which.',
      ),
      sponsors: { type: 'array', items: principal, description: 'People, groups and applications.' },
      owners: { type: 'array', items: principal, description: 'People, groups and applications.' },
      credentials: {
        type: 'array',
        items: credential,
        description: 'Client secrets and certificates. Times are seconds since 1970-01-01T00:00:00Z.',
      },
      secrets: {
        type: 'array',
        items: object({ path, form: { type: 'string', enum: ['value', 'placeholder'] } }),
        description: 'Properties that hold a secret; never the value.',
      },
    }),
  };
}

/**
 * @param {{ [kind: string]: Schema }} schemas
 * @param {ReadonlyMap<string, Schema>} byId
 * @returns {{ [name: string]: Schema }}
 */
function properties(schemas, byId) {
  /** @type {Map<string, Map<string, Schema>>} */
  const forms = new Map();
  for (const schema of Object.values(schemas)) {
    for (const [name, property] of Object.entries(schema.properties)) {
      if (MARKERS.has(name)) continue;
      const form = shapeOf(property, schema, byId);
      forms.set(name, (forms.get(name) ?? new Map()).set(JSON.stringify(form), form));
    }
  }
  const united = [...forms].map(([name, known]) => {
    const [first = {}, ...others] = known.values();
    return /** @type {const} */ ([name, others.length === 0 ? first : { anyOf: [first, ...others] }]);
  });
  const known = { ...Object.fromEntries(united), ...ODATA_TYPE };
  const tenant = Object.entries(TENANT_PROPERTIES).map(
    ([name, form]) => /** @type {const} */ ([name, unitedWith(known[name], form)]),
  );
  const all = { ...known, ...Object.fromEntries(tenant) };
  return Object.fromEntries(Object.entries(all).sort(([a], [b]) => (a < b ? -1 : 1)));
}

/**
 * What the type checker can use of a schema: types and structure. `null` stands wherever Graph may send it; where
 * several types are possible nothing is said, because the checker would take the first for the only one.
 * @param {Schema} schema
 * @param {Schema} root the schema that local references are about
 * @param {ReadonlyMap<string, Schema>} byId
 * @returns {Schema}
 */
function shapeOf(schema, root, byId) {
  if (schema.$ref !== undefined) {
    const { target, owner } = resolve(schema.$ref, root, byId);
    return shapeOf(target, owner, byId);
  }
  const [type, ...others] = [schema.type ?? []].flat().filter((each) => each !== 'null');
  if (type === undefined || others.length > 0) return {};
  if (type === 'object') {
    if (schema.properties === undefined) return {};
    const inner = Object.entries(schema.properties).map(([name, each]) => [name, shapeOf(each, root, byId)]);
    return { type: ['object', 'null'], properties: { ...ODATA_TYPE, ...Object.fromEntries(inner) } };
  }
  if (type !== 'array') return { type: [type, 'null'] };
  return { type: ['array', 'null'], items: withoutNull(shapeOf(schema.items ?? {}, root, byId)) };
}

/** @param {Schema} schema @returns {Schema} */
function withoutNull({ type, ...rest }) {
  return type === undefined ? rest : { type: type[0], ...rest };
}

/**
 * @param {string} reference
 * @param {Schema} root
 * @param {ReadonlyMap<string, Schema>} byId
 */
function resolve(reference, root, byId) {
  const { href, hash } = new URL(reference, root.$id);
  const owner = byId.get(href.slice(0, href.length - hash.length));
  if (owner === undefined) throw new Error(`no schema ${reference}`);
  /** @type {Schema} */
  let target = owner;
  for (const step of hash.split('/').slice(1)) target = target[decodeURIComponent(step)];
  return { target, owner };
}
