/** One point in a text. `line` and `column` are 1-based, columns count UTF-16 code units; `offset` is 0-based. */
export type Position = { readonly line: number; readonly column: number; readonly offset: number };

/** A span of text; `end` is exclusive and never includes the line break that follows the span. */
export type Range = { readonly start: Position; readonly end: Position };
