import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Ajv2020 } from 'ajv/dist/2020.js';
import ajvFormats from 'ajv-formats';
import { projectRoot } from '../opa.mjs';

/**
 * A validator for a JSON Schema (draft 2020-12) in a file of the project.
 * @param {string} path relative to the root folder
 * @returns {(value: unknown) => readonly string[]} the first faults
 */
export function schemaValidator(path) {
  const ajv = new Ajv2020({ strict: false, allErrors: true });
  ajvFormats.default(ajv);
  const validate = ajv.compile(JSON.parse(readFileSync(join(projectRoot, path), 'utf8')));
  return (value) => (validate(value) ? [] : (validate.errors ?? []).slice(0, 20).map(words));
}

/** @param {import('ajv').ErrorObject} error */
function words({ instancePath, message = '', params }) {
  return `${instancePath || '(root)'} ${message} ${JSON.stringify(params)}`;
}

/**
 * The value of a JSON text, or why there is none.
 * @param {string} text
 * @returns {{ value: unknown } | { fault: string }}
 */
export function parsed(text) {
  try {
    return { value: JSON.parse(text) };
  } catch (error) {
    return { fault: `no JSON: ${error instanceof Error ? error.message : String(error)}` };
  }
}
