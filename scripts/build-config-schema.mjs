// @ts-check
/**
 * Writes `schemas/config.schema.json`: `schemas/config.base.json` with the settings of every rule of the policy
 * bundle's catalogue. Run it before `build-schemas.mjs`, which makes the validator from it.
 *
 *   node scripts/build-config-schema.mjs            write the file
 *   node scripts/build-config-schema.mjs --check    fail when the committed file is out of date
 */
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { transform } from 'esbuild';

/** @param {string} path */
const at = (path) => new URL(`../${path}`, import.meta.url);
/** @param {string} path */
const read = (path) => JSON.parse(readFileSync(at(path), 'utf8'));

/** The program makes the same schema at run time, with own rules in it. */
async function schemaMaker() {
  const { code } = await transform(readFileSync(at('src/config/rules-schema.ts'), 'utf8'), { loader: 'ts' });
  return import(`data:text/javascript,${encodeURIComponent(code)}`);
}

const { withRules } = await schemaMaker();
const target = at('schemas/config.schema.json');
const schema = withRules(read('schemas/config.base.json'), read('policies/bundle/catalogue.json'));
const text = `${JSON.stringify(schema, null, 2)}\n`;

if (!process.argv.includes('--check')) writeFileSync(target, text);
else if (!existsSync(target) || readFileSync(target, 'utf8') !== text) {
  console.error(
    'schemas/config.schema.json is out of date. Run node scripts/build-config-schema.mjs and commit the result.',
  );
  process.exitCode = 1;
}
