import type { Language } from './document.ts';
import { parseJson } from './json.ts';
import type { Parsed } from './parsed.ts';
import { parseYaml } from './yaml.ts';

export type SourceText = {
  /** Relative to the working directory, with forward slashes. */
  readonly uri: string;
  /** As `decode` gives it: well-formed, without a leading byte order mark. */
  readonly text: string;
  readonly language: Language;
};

/** Reads the documents of one text. Never throws: what cannot be read is a problem with its place. */
export function parseText(source: SourceText): Parsed {
  return source.language === 'json' ? parseJson(source) : parseYaml(source);
}
