import { isUtf8 } from 'node:buffer';
import { problemsOf } from '../documents/fault.ts';
import { readJson } from '../documents/json-reader.ts';
import { surveyJson } from '../documents/json-survey.ts';
import { MAX_DEPTH } from '../documents/limits.ts';
import { TextLines } from '../documents/text-lines.ts';

export type ExactJson =
  | { readonly ok: true; readonly value: unknown; readonly text: string }
  /** Why not, as the end of a sentence. It repeats no value of the text. */
  | { readonly ok: false; readonly reason: string };

/**
 * Reads untrusted JSON of which every reader sees the same: no key twice, no number that would be rounded, no half
 * characters, and no deeper than documents may be.
 */
export function readExactJson(bytes: Uint8Array): ExactJson {
  if (!isUtf8(bytes)) return { ok: false, reason: 'it is not UTF-8 text' };
  const text = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length).toString('utf8');
  const survey = surveyJson(text);
  const parsed = survey.depth > MAX_DEPTH ? null : tryParse(text);
  if (parsed !== null && !survey.oddValues && survey.keys === countKeys(parsed.value)) {
    return { ok: true, value: parsed.value, text };
  }
  const [fault] = readJson(text).faults;
  if (fault === undefined && parsed !== null) return { ok: true, value: parsed.value, text };
  const [problem] = problemsOf('', new TextLines(text), fault === undefined ? [] : [fault]);
  const place = problem?.range?.start;
  const where = place === undefined ? '' : `line ${place.line}, column ${place.column}: `;
  return { ok: false, reason: `${where}${(problem?.message ?? 'it is no JSON').replace(/[.]$/, '')}` };
}

function tryParse(text: string): { readonly value: unknown } | null {
  try {
    return { value: JSON.parse(text) as unknown };
  } catch {
    return null;
  }
}

/** How many keys all objects of a value have. The value is at most `MAX_DEPTH` deep. */
function countKeys(value: unknown): number {
  if (typeof value !== 'object' || value === null) return 0;
  const members: readonly unknown[] = Array.isArray(value) ? value : Object.values(value);
  let count = Array.isArray(value) ? 0 : members.length;
  for (const member of members) count += countKeys(member);
  return count;
}
