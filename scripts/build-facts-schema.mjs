// @ts-check
/**
 * Writes `schemas/facts.schema.json`, the JSON Schema of the policy's input, from the schemas of manifests. Run it
 * before `build-schemas.mjs`.
 *
 *   node scripts/build-facts-schema.mjs            write the file
 *   node scripts/build-facts-schema.mjs --check    fail when the committed file is out of date
 */
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { factsSchema, SCHEMAS_BY_KIND } from './schemas/facts.mjs';

/** @param {string} path */
const at = (path) => new URL(`../${path}`, import.meta.url);
/** @param {string} name */
const read = (name) => JSON.parse(readFileSync(at(`schemas/${name}.schema.json`), 'utf8'));

const schemas = Object.fromEntries(Object.entries(SCHEMAS_BY_KIND).map(([kind, name]) => [kind, read(name)]));
const byId = new Map(Object.values(schemas).map((schema) => [schema.$id, schema]));
const target = at('schemas/facts.schema.json');
const text = `${JSON.stringify(factsSchema(schemas, byId), null, 2)}\n`;

if (!process.argv.includes('--check')) writeFileSync(target, text);
else if (!existsSync(target) || readFileSync(target, 'utf8') !== text) {
  console.error(
    'schemas/facts.schema.json is out of date. Run node scripts/build-facts-schema.mjs and commit the result.',
  );
  process.exitCode = 1;
}
