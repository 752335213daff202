import type { Language } from './document.ts';

/** `.json` is only ever JSON; everything else is YAML, of which JSON is a part. */
export function languageOf(uri: string): Language {
  return uri.toLowerCase().endsWith('.json') ? 'json' : 'yaml';
}
