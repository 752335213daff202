import { parse } from 'csv-parse/sync';
import { parsed, schemaValidator } from './schema.mjs';

/**
 * Faults of a JSON document by a schema of the project.
 * @param {string} schema
 * @returns {(text: string) => readonly string[]}
 */
export function documentFaults(schema) {
  const validate = lazily(() => schemaValidator(schema));
  return (text) => {
    const document = parsed(text);
    return 'fault' in document ? [document.fault] : validate()(document.value);
  };
}

/**
 * Faults of JSON documents, one a line, each by the schema when there is one.
 * @param {string | null} schema
 * @returns {(text: string) => readonly string[]}
 */
export function lineFaults(schema) {
  const validate = lazily(() => (schema === null ? () => [] : schemaValidator(schema)));
  return (text) => {
    const lines = text.split('\n').slice(0, -1);
    const faults = lines.flatMap((line, index) => {
      const record = parsed(line);
      const found = 'fault' in record ? [record.fault] : validate()(record.value);
      return found.map((fault) => `line ${index + 1}: ${fault}`);
    });
    return lines.length === 0 ? ['has no line'] : faults;
  };
}

/**
 * Faults by csv-parse, which wants every row to have as many fields as the first.
 * @param {string} text
 * @returns {readonly string[]}
 */
export function csvFaults(text) {
  try {
    return parse(text).length === 0 ? ['has no heading'] : [];
  } catch (error) {
    return [error instanceof Error ? error.message : String(error)];
  }
}

/**
 * @template T
 * @param {() => T} make
 * @returns {() => T}
 */
function lazily(make) {
  /** @type {T | undefined} */
  let made;
  return () => (made ??= make());
}
