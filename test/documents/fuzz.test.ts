import { expect, test } from 'vitest';
import { DOCUMENT_PROBLEMS } from '../../src/documents/problem-codes.ts';
import { parseText } from '../../src/documents/parse.ts';
import type { Problem } from '../../src/documents/problem.ts';
import { mutations } from './mutations.ts';
import { pathsOf } from './values.ts';

/** Fixed, so that a run shows the same as the one before; change both to look for more. */
const SEED = Number(process.env['FUZZ_SEED'] ?? 1);
const COUNT = Number(process.env['FUZZ_COUNT'] ?? 20_000);

/** What is refused in text that `JSON.parse` takes. */
const STRICTER = new Set([
  'duplicate-key',
  'number-not-exact',
  'malformed-unicode',
  'control-character',
  'lone-carriage-return',
  'byte-order-mark-inside',
  'not-a-mapping',
]);

/** What is wrong with a problem itself; plain code, for it is asked some fifty thousand times. */
function unsound({ code, message, hint, range }: Problem, text: string): string | null {
  if (!Object.hasOwn(DOCUMENT_PROBLEMS, code)) return 'an unknown code';
  if (/undefined|\[object|NaN/.test(`${message} ${hint ?? ''}`)) return 'a message with a hole';
  if (range === null) return code === 'empty-document' ? null : 'no place';
  return range.start.offset <= range.end.offset && range.end.offset <= text.length ? null : 'a place outside';
}

function tryParse(text: string): { value: unknown } | null {
  try {
    return { value: JSON.parse(text) as unknown };
  } catch {
    return null;
  }
}

test('nothing that can be written makes the reader throw, hang or say nothing', () => {
  let slowest = 0;
  let accepted = 0;
  for (const text of mutations({ seed: SEED, count: COUNT / 2 })) {
    for (const language of ['json', 'yaml'] as const) {
      const start = performance.now();
      const { documents, problems } = parseText({ uri: 'a', text, language });
      slowest = Math.max(slowest, performance.now() - start);
      for (const problem of problems) {
        const reason = unsound(problem, text);
        if (reason !== null) throw new Error(`${problem.code} has ${reason} in ${JSON.stringify(text)}`);
      }
      if (documents.length + problems.length === 0)
        throw new Error(`nothing said of ${JSON.stringify(text)}`);
      accepted += documents.length;
      for (const document of documents.slice(0, 1)) {
        for (const { path } of pathsOf(document.data)) {
          const { range, exact } = document.locate(path);
          if (!exact || range.end.offset > text.length)
            throw new Error(`no place for ${path.join('/')} in ${text}`);
        }
        if (document.secretRanges().length > 0) throw new Error(`a secret in ${JSON.stringify(text)}`);
      }
    }
  }
  expect(accepted).toBeGreaterThan(COUNT / 40);
  expect(slowest).toBeLessThan(1000);
});

test('JSON is refused exactly when JSON.parse refuses it, or for a reason that JSON.parse does not know', () => {
  for (const text of mutations({ seed: SEED + 1, count: COUNT / 2 })) {
    const { documents, problems } = parseText({ uri: 'a', text, language: 'json' });
    const other = tryParse(text);
    const codes = problems.map(({ code }) => code);
    if (other === null) {
      if (documents.length > 0) throw new Error(`taken for JSON: ${JSON.stringify(text)}`);
    } else if (documents.length > 0) expect(documents[0]?.data).toEqual(other.value);
    else expect({ text, codes: codes.filter((code) => !STRICTER.has(code)) }).toEqual({ text, codes: [] });
  }
});
