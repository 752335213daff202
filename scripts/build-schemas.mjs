// @ts-check
/**
 * Compiles every `schemas/<name>.schema.json` into `schemas/generated/<name>.mjs`, which exports
 * `validate<Name>(data)` (the errors, none when the data fits) and `<name>Keys` (the property names it knows).
 * The native form's schemas (those whose `kind` is a constant) also give `graph-<name>.mjs`: the same types with
 * the strictness taken out, for objects as Microsoft Graph returns them.
 */
import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { _ } from 'ajv';
import standaloneCode from 'ajv/dist/standalone/index.js';
import { build } from 'esbuild';
import { singleOwnChecks, smallErrors, stopAtEnoughErrors, withError } from './schemas/generated-code.mjs';
import { keysOf } from './schemas/keys.mjs';
import { openVariant, withoutAnnotations } from './schemas/variants.mjs';

/** @typedef {import('./schemas/variants.mjs').Schema} Schema */

const ROOT = dirname(dirname(fileURLToPath(import.meta.url)));
const SOURCE = join(ROOT, 'schemas');
const TARGET = join(SOURCE, 'generated');

const TYPES = `/** One place that does not fit a schema. \`params\` can hold property names of the data, never its values. */
export type SchemaError = {
  readonly keyword: string;
  /** JSON Pointer into the data. */
  readonly instancePath: string;
  readonly params: { readonly [name: string]: unknown };
};

/** Property names that a schema knows, list items looked through; \`*\` stands for any other name. \`null\` knows nothing about what is inside. */
export type KeyTree = { readonly [key: string]: KeyTree | null };
`;

/** @param {string} name */
const pascal = (name) => name.replaceAll(/(?:^|-)([a-z])/g, (_match, letter) => letter.toUpperCase());
/** @param {string} name */
const camel = (name) => name.replaceAll(/-([a-z0-9])/g, (_match, letter) => letter.toUpperCase());

/** @returns {{ name: string, schema: Schema }[]} */
function readSchemas() {
  const published = readdirSync(SOURCE)
    .filter((file) => file.endsWith('.schema.json'))
    .sort()
    .map((file) => ({
      name: file.slice(0, -'.schema.json'.length),
      schema: withoutAnnotations(JSON.parse(readFileSync(join(SOURCE, file), 'utf8'))),
    }));
  const open = published
    .filter(({ schema }) => schema.properties?.['kind']?.const !== undefined)
    .map(({ name, schema }) => ({ name: `graph-${name}`, schema: openVariant(schema) }));
  return [...published, ...open];
}

/** @param {{ name: string, schema: Schema }[]} schemas */
function compiler(schemas) {
  const ajv = new Ajv2020({
    strict: true,
    strictRequired: false,
    allowUnionTypes: true,
    allErrors: true,
    ownProperties: true,
    messages: false,
    inlineRefs: 12,
    code: { source: true, esm: true, formats: _`formats` },
  });
  // Only its name is used: the generated code calls the check that is bundled with it.
  ajv.addFormat('date-time', () => true);
  for (const { schema } of schemas) ajv.addSchema(schema);
  return ajv;
}

/** @param {string} contents */
async function bundle(contents) {
  const result = await build({
    stdin: { contents, resolveDir: ROOT, loader: 'js' },
    bundle: true,
    format: 'esm',
    platform: 'neutral',
    target: 'node20',
    minify: true,
    write: false,
  });
  const [output] = result.outputFiles;
  if (output === undefined) throw new Error('esbuild gave no output');
  return output.text;
}

/** @param {string} name */
const declaration = (name) => `import type { KeyTree, SchemaError } from './types.d.mts';

export function validate${pascal(name)}(data: unknown): readonly SchemaError[];
export const ${camel(name)}Keys: KeyTree;
`;

/** @returns {Promise<Map<string, string>>} */
async function generate() {
  const schemas = readSchemas();
  const ajv = compiler(schemas);
  const byId = new Map(schemas.map(({ schema }) => [schema.$id, schema]));
  const files = new Map([['types.d.mts', TYPES]]);
  for (const { name, schema } of schemas) {
    const code = [stopAtEnoughErrors, smallErrors, singleOwnChecks].reduce(
      (text, change) => change(text),
      standaloneCode.default(ajv, { validate: schema.$id }),
    );
    const text = await bundle(`
      import { epochSeconds } from './src/model/timestamps.ts';
      const formats = { 'date-time': (text) => epochSeconds(text) !== null };
      ${withError}
      ${code.replace('export const validate =', 'const check =')}
      export const validate${pascal(name)} = (data) => (check(data) ? [] : check.errors);
      export const ${camel(name)}Keys = ${JSON.stringify(keysOf(schema, byId))};
    `);
    files.set(`${name}.mjs`, text);
    files.set(`${name}.d.mts`, declaration(name));
  }
  return files;
}

const files = await generate();
mkdirSync(TARGET, { recursive: true });
for (const stale of readdirSync(TARGET).filter((file) => !files.has(file))) rmSync(join(TARGET, stale));
for (const [file, text] of files) writeFileSync(join(TARGET, file), text);
