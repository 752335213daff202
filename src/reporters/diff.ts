import { diffJson } from './diff/json.ts';
import { diffMarkdown } from './diff/markdown.ts';
import { diffPretty } from './diff/pretty.ts';
import type { DiffReporter } from './diff/reporter.ts';

/** How a comparison is written, by the names of the formats. */
export const DIFF_REPORTERS: { readonly [name in 'pretty' | 'json' | 'markdown']: DiffReporter } = {
  pretty: diffPretty,
  json: diffJson,
  markdown: diffMarkdown,
};
