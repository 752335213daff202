import { commentIn, commentsWith } from './comments.ts';
import type { Comment, Language, Located, SourceDocument } from './document.ts';
import { readJson } from './json-reader.ts';
import type { Path } from './pointer.ts';
import type { Range } from './range.ts';
import { keySpan, valueSpan, type RangeTape, type Span } from './range-tape.ts';
import { secretNodes } from './secret-nodes.ts';
import { TapeIndex } from './tape-index.ts';
import type { TextLines } from './text-lines.ts';

type Parts = {
  readonly uri: string;
  readonly language: Language;
  readonly index: number;
  readonly data: unknown;
  /** Reads `data` again. Gives the very same as at first: the text does not change. */
  readonly reread: () => unknown;
  /** Shared by the documents of one text. */
  readonly lines: TextLines;
  /** Where things stand; `null` when the text is one JSON document, from which it can be read again. */
  readonly tape: RangeTape | null;
  /** The part of a YAML text that its comments are in; absent when the text has none. */
  readonly region?: Span;
};

/** A document that was read without a problem. What it needs to answer questions about places is made at the first one. */
export class ParsedDocument implements SourceDocument {
  readonly uri: string;
  readonly language: Language;
  readonly index: number;
  readonly #reread: () => unknown;
  readonly #lines: TextLines;
  readonly #tape: RangeTape | null;
  readonly #region: Span | undefined;
  #data: { readonly value: unknown } | null;
  #places: TapeIndex | null = null;
  #secrets: readonly Range[] | null = null;

  constructor(parts: Parts) {
    this.uri = parts.uri;
    this.language = parts.language;
    this.index = parts.index;
    this.#data = { value: parts.data };
    this.#reread = parts.reread;
    this.#lines = parts.lines;
    this.#tape = parts.tape;
    this.#region = parts.region;
  }

  get data(): unknown {
    this.#data ??= { value: this.#reread() };
    return this.#data.value;
  }

  locate(path: Path): Located {
    const { node, exact } = this.#index().find(path);
    return exact ? this.#at(valueSpan(this.#index().tape, node), true) : this.#at(this.#name(node), false);
  }

  locateKey(path: Path): Located {
    const { node, exact } = this.#index().find(path);
    return this.#at(this.#name(node), exact);
  }

  line(line: number): string {
    const text = this.#lines.line(line);
    const masked = this.secretRanges().reduce((shown, { start, end }) => {
      if (line < start.line || line > end.line) return shown;
      const from = line === start.line ? start.column - 1 : 0;
      const to = line === end.line ? end.column - 1 : shown.length;
      return shown.slice(0, from) + '*'.repeat(Math.max(0, to - from)) + shown.slice(to);
    }, text);
    const comment =
      this.language === 'json' ? null : commentIn(text, this.#lines.start(line), this.#index().tape);
    return comment === null ? masked : masked.slice(0, comment).trimEnd();
  }

  mentions(word: string): boolean {
    return this.#lines.text.includes(word);
  }

  comments(word: string): readonly Comment[] {
    if (this.#region === undefined || !this.mentions(word)) return [];
    return commentsWith(word, { lines: this.#lines, tape: this.#index().tape, region: this.#region });
  }

  /** Where values stand that nobody should see. */
  secretRanges(): readonly Range[] {
    const { tape } = this.#index();
    this.#secrets ??= secretNodes(tape, this.data).map((node) => {
      const { start, end } = valueSpan(tape, node);
      return this.#lines.range(start, end);
    });
    return this.#secrets;
  }

  forget(): void {
    // Reading YAML again takes long, so what is asked for afterwards is told from what stays.
    if (this.#tape !== null) this.secretRanges();
    else this.#secrets = null;
    this.#data = null;
    this.#places = null;
    this.#lines.forget();
  }

  #index(): TapeIndex {
    this.#places ??= new TapeIndex(this.#tape ?? readJson(this.#lines.text).tape);
    return this.#places;
  }

  /** What names a node: its key, else itself. */
  #name(node: number): Span {
    const { tape } = this.#index();
    return keySpan(tape, node) ?? valueSpan(tape, node);
  }

  #at({ start, end }: Span, exact: boolean): Located {
    return { range: this.#lines.range(start, end), exact };
  }
}
