// @ts-check
/**
 * Writes `policies/capabilities.json`: the built-in functions that a policy may call, so that `opa build`
 * refuses any other at its line. These are the functions of the pinned OPA that it compiles into the module
 * itself, less those in `UNWANTED`.
 *
 *   npm run build:capabilities              write the file
 *   npm run build:capabilities -- --check   fail when the committed file is out of date
 *   npm run build:capabilities -- --list    print what is allowed and what is not, and why
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { probeBuiltins } from './capabilities/probe.mjs';
import { projectRoot, runOpa } from './lib/opa.mjs';

/**
 * Functions that the module has and a policy may not call. Each reason was found by `test/policies-oracle`,
 * which asks OPA and the module the same and is run again over every function that is allowed.
 *
 * @type {ReadonlyMap<string, string>}
 */
const UNWANTED = new Map([
  ['base64.decode', 'takes malformed text, refuses the empty one'],
  ['base64.is_valid', 'takes malformed text, refuses the empty one'],
  ['base64url.decode', 'takes malformed text, refuses the empty one'],
  ['json.filter', 'reads outside its memory for the path ""'],
  ['json.is_valid', 'takes [1 2], [1,] and text after the value'],
  ['json.remove', 'reads outside its memory for the path ""'],
  ['json.unmarshal', 'takes [1 2], [1,] and text after the value'],
  ['object.union_n', 'undefined for no objects; takes an object for an array'],
  ['print', 'a policy answers with findings and writes nothing'],
  ['strings.replace_n', 'never ends for an empty search text'],
]);

/** The elements of a set come in no order in the module, so joining one gives another text at every change. */
const ONLY_ARRAYS = new Set(['concat']);

const FILE = join(projectRoot, 'policies', 'capabilities.json');
const current = JSON.parse(runOpa(['capabilities', '--current']).stdout);
const { native, host, refused } = probeBuiltins(current.builtins);
const allowed = native.filter(({ name }) => !UNWANTED.has(name)).sort((a, b) => (a.name < b.name ? -1 : 1));
const capabilities = {
  builtins: allowed.map((builtin) =>
    withoutProse(ONLY_ARRAYS.has(builtin.name) ? withoutSets(builtin) : builtin),
  ),
  future_keywords: [...current.future_keywords].sort(),
  features: [...current.features].sort(),
};
const text = `${JSON.stringify(capabilities, null, 2)}\n`;

if (process.argv.includes('--list')) {
  console.log(`allowed (${allowed.length}): ${allowed.map(({ name }) => name).join(', ')}`);
  console.log(`host only (${host.length}): ${host.join(', ')}`);
  for (const [name, words] of [...refused, ...UNWANTED]) console.log(`${name}: ${words}`);
} else if (process.argv.includes('--check')) {
  if (readFileSync(FILE, 'utf8') !== text)
    throw new Error(
      'policies/capabilities.json is out of date. Run npm run build:capabilities and commit the result.',
    );
} else {
  writeFileSync(FILE, text);
}

/**
 * @param {unknown} value
 * @returns {unknown} The declaration with "array or set" narrowed to "array".
 */
function withoutSets(value) {
  if (Array.isArray(value)) return value.map(withoutSets);
  if (typeof value !== 'object' || value === null) return value;
  const { of: options, ...rest } = /** @type {{of?: Array<{type: string}>}} */ (value);
  const array = Array.isArray(options) ? options.find(({ type }) => type === 'array') : undefined;
  return array === undefined
    ? Object.fromEntries(Object.entries(value).map(([key, item]) => [key, withoutSets(item)]))
    : { ...rest, ...array };
}

/**
 * Argument names stay, for the compiler's error messages.
 *
 * @param {unknown} value
 * @returns {unknown}
 */
function withoutProse(value) {
  if (Array.isArray(value)) return value.map(withoutProse);
  if (typeof value !== 'object' || value === null) return value;
  const kept = Object.entries(value).filter(([key]) => key !== 'description' && key !== 'categories');
  return Object.fromEntries(kept.map(([key, item]) => [key, withoutProse(item)]));
}
