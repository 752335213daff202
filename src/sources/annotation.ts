import type { SyntaxTree } from '../../packages/opa-compiler/src/types.ts';
import type { SourceDocument } from '../documents/document.ts';
import type { Path } from '../documents/pointer.ts';
import type { Range } from '../documents/range.ts';
import { parseYaml } from '../documents/yaml.ts';
import { TextLines } from '../documents/text-lines.ts';
import { isObject } from '../util/is-object.ts';
import { placeOfNode } from './tree.ts';

/** The METADATA of a package as OPA read it, and where its parts stand in the file. */
export type Annotation = {
  readonly value: Readonly<Record<string, unknown>>;
  /** Its keys as they are written, also those that OPA passes over; `null` when only OPA can read the text. */
  readonly keys: readonly string[] | null;
  readonly rangeOf: (path: Path) => Range;
  readonly rangeOfKey: (path: Path) => Range;
};

/** The annotation of the package; `null` when there is none. */
export function packageAnnotation(tree: SyntaxTree, uri: string, text: string): Annotation | null {
  const annotations = Array.isArray(tree['annotations']) ? tree['annotations'].filter(isObject) : [];
  const found = annotations.find(({ scope }) => scope === 'package');
  if (found === undefined) return null;
  const value = Object.fromEntries(Object.entries(found).filter(([key]) => key !== 'location'));
  const lines = new TextLines(text);
  const row = placeOfNode(found)?.row ?? 1;
  const title = lines.range(lines.start(row), lines.start(row) + lines.line(row).trimEnd().length);
  const document = yamlBelow(row, uri, lines);
  const rangeOf = (path: Path): Range =>
    path.length === 0 || document === null ? title : (located(document, path) ?? title);
  return {
    value,
    keys: document !== null && isObject(document.data) ? Object.keys(document.data) : null,
    rangeOf,
    rangeOfKey: (path) => document?.locateKey(path).range ?? title,
  };
}

/** An absent key at the top has no parent but the annotation as a whole, which its first line stands for. */
function located(document: SourceDocument, path: Path): Range | null {
  const { range, exact } = document.locate(path);
  return exact || path.length > 1 ? range : null;
}

/**
 * The YAML in the comment lines below a row, read from the file with everything else blanked out: so its places are
 * those in the file. `null` when our reader, which is stricter than OPA's, does not take it.
 */
function yamlBelow(row: number, uri: string, lines: TextLines): SourceDocument | null {
  const start = lines.start(row + 1);
  let last = row;
  while (/^[ \t]*#/.test(lines.line(last + 1))) last += 1;
  const end = lines.start(last + 1);
  const { text } = lines;
  const yaml = text
    .slice(start, end)
    .replaceAll(/^([ \t]*)#/gm, (_, blanks: string) => `${' '.repeat(blanks.length)} `);
  const { documents } = parseYaml({
    uri,
    text: blanked(text.slice(0, start)) + yaml + blanked(text.slice(end)),
  });
  return documents.length === 1 ? (documents[0] ?? null) : null;
}

function blanked(text: string): string {
  return text.replaceAll(/[^\r\n]/g, ' ');
}
