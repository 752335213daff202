import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { parseDocument, parseAllDocuments, stringify } from 'yaml';
import type { SourceDocument } from '../../src/documents/document.ts';
import { parseText } from '../../src/documents/parse.ts';
import type { Range } from '../../src/documents/range.ts';
import { mutations } from './mutations.ts';
import { jsonDocument, pathsOf } from './values.ts';

/** Fixed, so that a run shows the same as the one before; change it to look for more. */
const SEED = Number(process.env['FUZZ_SEED'] ?? 1);

const indent = fc.constantFrom(undefined, 1, 2, 4, '\t');

/** `JSON.stringify` leaves some characters raw that no document may hold. */
function print(value: unknown, space: string | number | undefined): string {
  return JSON.stringify(value, null, space).replaceAll(
    /[\x7f-\x9f\ufeff\ufffe\uffff]/g,
    (character) => String.raw`\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
}

function only(language: 'json' | 'yaml', text: string): SourceDocument {
  const { documents, problems } = parseText({ uri: 'a', text, language });
  expect(problems).toEqual([]);
  expect(documents).toHaveLength(1);
  const [document] = documents;
  if (document === undefined) throw new Error('no document');
  return document;
}

function slice(text: string, { start, end }: Range): string {
  return text.slice(start.offset, end.offset);
}

/** Asks that everything in a JSON text is found where it stands. */
function expectPlaces(document: SourceDocument, text: string, value: unknown): void {
  for (const { path, value: expected } of pathsOf(value)) {
    const { range, exact } = document.locate(path);
    expect({ found: JSON.parse(slice(text, range)) as unknown, exact }).toEqual({
      found: expected,
      exact: true,
    });
    const last = path.at(-1);
    const name = slice(text, document.locateKey(path).range);
    if (typeof last === 'string') expect(JSON.parse(name)).toBe(last);
    else expect(name).toBe(slice(text, range));
  }
}

describe('JSON', () => {
  test('gives what JSON.parse gives, and every value and key is found in the text', () => {
    fc.assert(
      fc.property(jsonDocument, indent, (value, space) => {
        const text = print(value, space);
        const document = only('json', text);
        expect(document.data).toEqual(JSON.parse(text));
        expectPlaces(document, text, value);
      }),
      { seed: SEED, numRuns: 300 },
    );
  });

  test('is read the same by the YAML composer', () => {
    const spaces = fc.constantFrom(undefined, 1, 2, 4);
    fc.assert(
      fc.property(jsonDocument, spaces, (value, space) => {
        const text = `---\n${print(value, space)}\n`;
        const document = only('yaml', text);
        expect(document.data).toEqual(value);
        expectPlaces(document, text, value);
      }),
      { seed: SEED, numRuns: 300 },
    );
  });
});

describe('YAML', () => {
  const options = fc.record({
    indent: fc.constantFrom(2, 3),
    indentSeq: fc.boolean(),
    lineWidth: fc.constantFrom(0, 20, 80),
    singleQuote: fc.constantFrom(true, false, null),
  });

  test('what another library writes is read back, and every scalar is found in the text', () => {
    fc.assert(
      fc.property(jsonDocument, options, (value, style) => {
        const text = stringify(value, { ...style, aliasDuplicateObjects: false });
        const document = only('yaml', text);
        expect(document.data).toEqual(value);
        for (const { path, value: expected } of pathsOf(value)) {
          const { range, exact } = document.locate(path);
          expect(exact).toBe(true);
          if (typeof expected !== 'object' || expected === null) expectScalar(slice(text, range), expected);
          if (path.length > 0) expectInside(range, document.locate(path.slice(0, -1)).range);
          expect(slice(text, range)).not.toMatch(/[ \t\r\n]$/);
        }
      }),
      { seed: SEED, numRuns: 300 },
    );
  });

  test('has places for the same paths as JSON, absent ones included', () => {
    fc.assert(
      fc.property(jsonDocument, (value) => {
        const json = only('json', print(value, 2));
        const yaml = only('yaml', stringify(value, { aliasDuplicateObjects: false }));
        for (const { path } of pathsOf(value)) {
          expect(yaml.locate(path).exact).toBe(json.locate(path).exact);
          expect(yaml.locate([...path, 'no such key']).exact).toBe(false);
          expect(json.locate([...path, 'no such key']).exact).toBe(false);
        }
      }),
      { seed: SEED, numRuns: 100 },
    );
  });

  test('accepted documents mean the same to another library', () => {
    let accepted = 0;
    for (const text of mutations({ seed: SEED, count: 4000 })) {
      const { documents, problems } = parseText({ uri: 'a', text, language: 'yaml' });
      if (problems.length > 0) continue;
      accepted += 1;
      const others = parseAllDocuments(text, { prettyErrors: false, uniqueKeys: false });
      const theirs = ('empty' in others ? [] : others)
        .map((other) => other.toJS() as unknown)
        .filter((data) => data !== null);
      expect({ text, data: theirs }).toEqual({
        text,
        data: documents.map(({ data }) => data),
      });
    }
    expect(accepted).toBeGreaterThan(200);
  });
});

/** A block scalar loses its last line breaks with its range; everything else is read back as it is. */
function expectScalar(source: string, expected: unknown): void {
  const [found] = parseDocument(`- ${source}`).toJS() as unknown[];
  if (!/^[|>]/.test(source)) expect(found).toEqual(expected);
  else expect(String(found).trimEnd()).toBe(String(expected).trimEnd());
}

function expectInside(inner: Range, outer: Range): void {
  expect(inner.start.offset).toBeGreaterThanOrEqual(outer.start.offset);
  expect(inner.end.offset).toBeLessThanOrEqual(outer.end.offset);
}
