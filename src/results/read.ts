import { validateReport } from '../../schemas/generated/report.mjs';
import { parseJson } from '../documents/json.ts';
import type { Problem } from '../documents/problem.ts';
import type { Report } from '../findings/report.ts';
import type { JsonReport } from '../reporters/json-v1.ts';
import { contradictions } from './contradictions.ts';
import { formatProblem, ndjsonProblem } from './format.ts';
import { reportOf } from './report-of.ts';
import { schemaProblems } from './schema-problems.ts';
import { unknownWords } from './words.ts';

export type Results =
  | { readonly ok: true; readonly report: Report }
  | { readonly ok: false; readonly problems: readonly Problem[] };

/**
 * The report that a run saved as JSON (`json-v1`): every reporter makes of it what it made of the run's own. Never of a part
 * of a file, of another format, or of one whose parts contradict each other. `name` is what problems call the file.
 */
export function readResults(name: string, text: string): Results {
  // Rules may give any number, and it is told as it was.
  const { documents, problems } = parseJson({ uri: name, text, language: 'json', numbers: 'rounded' });
  const [document] = documents;
  if (document === undefined) return failed([ndjsonProblem(name, text) ?? problems].flat());
  const format = formatProblem(document);
  if (format !== null) return failed([format]);
  const errors = validateReport(document.data);
  if (errors.length > 0) return failed(schemaProblems(errors, document));
  // The schema has just said that it is one.
  const saved = document.data as JsonReport;
  const faults = [...unknownWords(saved, document), ...contradictions(saved, document)];
  return faults.length > 0 ? failed(faults) : { ok: true, report: reportOf(saved) };
}

function failed(problems: readonly Problem[]): Results {
  return { ok: false, problems };
}
