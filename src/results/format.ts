import type { SourceDocument } from '../documents/document.ts';
import type { Problem } from '../documents/problem.ts';
import { isObject } from '../util/is-object.ts';
import { resultsProblem } from './problem.ts';

const FORMAT = 'json-v1';
const SAVE_IT = 'Save the JSON report of a run: agentid-lint lint --output json=results.json';

/** Why a document is no JSON report of the version that is read here; `null` when it says that it is one. */
export function formatProblem(document: SourceDocument): Problem | null {
  const { data } = document;
  const format = isObject(data) ? data['format'] : undefined;
  if (format === FORMAT) return null;
  if (typeof format === 'string' && /^json-v\d{1,4}$/.test(format)) {
    return resultsProblem(document, ['format'], {
      code: 'results-other-version',
      message: `The report is of the form ${format}, and this version reads ${FORMAT}.`,
      hint: 'Use a newer agentid-lint.',
    });
  }
  const at = format === undefined ? [] : ['format'];
  return resultsProblem(document, at, {
    code: 'results-other-format',
    message: `${whatItIs(data, format)}, no JSON report of agentid-lint.`,
    hint: SAVE_IT,
  });
}

/** An ndjson report in a file of its own; `null` when the text is none. */
export function ndjsonProblem(uri: string, text: string): Problem | null {
  if (!/^\{"type":"run","format":"ndjson-v\d/.test(text)) return null;
  return {
    code: 'results-other-format',
    message: 'This is an ndjson report, which does not hold everything that other formats are made of.',
    hint: SAVE_IT,
    uri,
    range: null,
  };
}

function whatItIs(data: unknown, format: unknown): string {
  if (typeof format === 'string' && /^[a-z][a-z-]{0,30}-v\d{1,4}$/.test(format)) return `This is ${format}`;
  if (!isObject(data)) return 'This is a list';
  if (data['version'] === '2.1.0' && Array.isArray(data['runs'])) return 'This is a SARIF log';
  return format === undefined
    ? 'This is some JSON without the key "format"'
    : 'This is JSON of another format';
}
