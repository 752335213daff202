// @ts-check
import { readFile } from 'node:fs/promises';
import { validateXML } from 'xmllint-wasm';

const SCHEMA = new URL('../../../test/reporters/schemas/junit.xsd', import.meta.url);
/** In the units of xmllint-wasm, 64 KiB: 1 GiB. */
const MOST_MEMORY = 16_384;

/**
 * What is wrong with a JUnit report: that it is no XML, does not fit the schema, or counts its cases wrong.
 * @param {string} text
 * @returns {Promise<string[]>} a sentence for each fault; empty when there is none
 */
export async function junitFaults(text) {
  const { valid, errors } = await validateXML({
    xml: [{ fileName: 'report.xml', contents: text }],
    schema: [await readFile(SCHEMA, 'utf8')],
    maxMemoryPages: MOST_MEMORY,
  });
  if (valid) return countFaults(text);
  return errors.map(({ message, loc }) => `line ${loc?.lineNumber ?? '?'}: ${message}`);
}

/**
 * Suites that count other cases than they hold, of a report that fits the schema.
 * @param {string} text
 * @returns {string[]}
 */
function countFaults(text) {
  return text
    .split(/(?=<testsuite )/)
    .slice(1)
    .flatMap((suite) => {
      const name = /\bname="([^"]*)"/.exec(suite)?.[1] ?? '';
      const said = (/** @type {string} */ what) => Number(new RegExp(`\\b${what}="(\\d+)"`).exec(suite)?.[1]);
      const held = (/** @type {string} */ element) => suite.split(new RegExp(`<${element}[ >]`)).length - 1;
      return [
        ['tests', 'testcase'],
        ['failures', 'failure'],
        ['errors', 'error'],
        ['skipped', 'skipped'],
      ].flatMap(([what = '', element = '']) =>
        said(what) === held(element)
          ? []
          : [`suite "${name}" says ${said(what)} ${what} and holds ${held(element)}`],
      );
    });
}
