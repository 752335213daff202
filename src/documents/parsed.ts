import type { ParsedDocument } from './source-document.ts';
import type { Problem } from './problem.ts';

/** What one source text holds. A document with a problem in it is not among `documents`. */
export type Parsed = { readonly documents: readonly ParsedDocument[]; readonly problems: readonly Problem[] };
