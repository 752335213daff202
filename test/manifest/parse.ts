import type { SourceDocument } from '../../src/documents/document.ts';
import { languageOf } from '../../src/documents/language.ts';
import { parseText } from '../../src/documents/parse.ts';

/** The only document of a text that can be read. */
export function documentOf(text: string, uri: string): SourceDocument {
  const { documents, problems } = parseText({ uri, text, language: languageOf(uri) });
  const [document] = documents;
  if (document === undefined) throw new Error(`nothing to read in ${uri}: ${JSON.stringify(problems)}`);
  return document;
}
