import { commandFaults } from './commands.mjs';
import { htmlFaults } from './html.mjs';
import { junitFaults } from './junit.mjs';
import { csvFaults, documentFaults, lineFaults } from './records.mjs';
import { multitoolFaults, sarifFaults, sarifSchemaFaults } from './sarif.mjs';
import { textFaults } from './text.mjs';

export { multitoolFaults, sarifSchemaFaults };

const noCommand = commandFaults(null);
const json = [documentFaults('schemas/report.schema.json'), noCommand];

/**
 * For every format what is held against a report in it: each gives its faults.
 * @type {Readonly<Record<string, readonly ((text: string) => readonly string[] | Promise<readonly string[]>)[]>>}
 */
export const VALIDATORS = {
  pretty: [noCommand],
  compact: [noCommand],
  json,
  'json-v1': json,
  ndjson: [lineFaults(null), noCommand],
  sarif: [sarifFaults, noCommand],
  github: [commandFaults('github')],
  'gitlab-codequality': [documentFaults('test/reporters/schemas/gitlab-codequality.schema.json'), noCommand],
  azuredevops: [commandFaults('azuredevops')],
  junit: [junitFaults, noCommand],
  markdown: [noCommand],
  'markdown-summary': [noCommand],
  html: [htmlFaults, noCommand],
  csv: [csvFaults, noCommand],
  ocsf: [lineFaults('test/reporters/schemas/ocsf.schema.json'), noCommand],
};

/**
 * Everything that is wrong with a report; nothing when it is valid.
 * @param {string} format
 * @param {string} text
 * @returns {Promise<readonly string[]>}
 */
export async function faultsOf(format, text) {
  const validators = Object.hasOwn(VALIDATORS, format) ? VALIDATORS[format] : undefined;
  if (validators === undefined) return [`there is no validator for the format ${format}`];
  // Lines of CSV end as RFC 4180 has them.
  const unbroken = format === 'csv' ? text.replaceAll('\r\n', '\n') : text;
  const faults = await Promise.all([textFaults, ...validators].map((validator) => validator(unbroken)));
  return faults.flat();
}
