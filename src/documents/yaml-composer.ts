import { EVENT_ID, getScalarValue, SCALAR_STYLE } from 'js-yaml';
import type { AliasEvent, DocumentEvent, Event, MappingEvent, ScalarEvent, SequenceEvent } from 'js-yaml';
import { duplicateKey, type Fault } from './fault.ts';
import { MAX_DEPTH, MAX_PROBLEMS } from './limits.ts';
import type { DocumentProblemCode } from './problem-codes.ts';
import { TapeBuilder, type RangeTape, type Span } from './range-tape.ts';
import { addTo, awaitsKey, containerFor, type Container } from './yaml-container.ts';
import { DOCUMENT_MARKER, findInGap, findMarker, skipGap, trimmedEnd } from './yaml-gaps.ts';
import { resolvePlain } from './yaml-scalar.ts';

/** One document of a stream. `isEmpty` tells a document without any content from one that holds `null`. */
export type Composed = {
  readonly data: unknown;
  readonly tape: RangeTape;
  readonly isEmpty: boolean;
  /** Where it begins: at its marker, else after what was before it. */
  readonly start: number;
  readonly faults: readonly Fault[];
};

const LONE_SURROGATE = /\p{Surrogate}/u;
/** By YAML 1.2.2, section 7.3.1, a line feed; readers make a space or nothing of it. */
const UNCLEAR_BREAK = /(?<!\\)(?:\\\\)*\\\r?\n[ \t]*\r?\n/;
/** Between brackets, text that swallowed a quote or a line, or what was meant as a comment. */
const AMBIGUOUS = /["\r\n]/;
const COMMENT_LIKE = /(?:^|\s)\/[/*]/;

/**
 * Turns parser events into plain values and their places, and refuses everything that two readers could take
 * differently. Problems are collected document by document.
 */
export class YamlComposer {
  readonly #text: string;
  readonly #mayHaveDirectives: boolean;
  readonly #documents: Composed[] = [];
  readonly #open: Container[] = [];
  #tape = new TapeBuilder();
  #faults: Fault[] = [];
  #root: unknown = null;
  #isEmpty = true;
  #start = 0;
  /** After the last token; gaps are searched from here. */
  #end = 0;

  constructor(text: string) {
    this.#text = text;
    this.#mayHaveDirectives = text.startsWith('%') || text.includes('\n%');
  }

  compose(events: readonly Event[]): readonly Composed[] {
    for (const event of events) {
      if (this.#faults.length < MAX_PROBLEMS) this.#take(event);
      else this.#passOver(event);
    }
    return this.#documents;
  }

  #take(event: Event): void {
    switch (event.type) {
      case EVENT_ID.SCALAR:
        this.#takeScalar(event);
        break;
      case EVENT_ID.MAPPING:
      case EVENT_ID.SEQUENCE:
        this.#openContainer(event);
        break;
      case EVENT_ID.POP:
        if (this.#open.length === 0) this.#finishDocument();
        else this.#closeContainer();
        break;
      case EVENT_ID.ALIAS:
        this.#takeAlias(event);
        break;
      case EVENT_ID.DOCUMENT:
        this.#startDocument(event);
        break;
    }
  }

  /** In a document with too many problems: keeps count of what is open and of how far the text was read. */
  #passOver(event: Event): void {
    switch (event.type) {
      case EVENT_ID.SCALAR:
        this.#end = Math.max(this.#end, event.valueEnd + (isQuoted(event) ? 1 : 0));
        break;
      case EVENT_ID.MAPPING:
      case EVENT_ID.SEQUENCE:
        this.#open.push(containerFor(event, { node: 0, isKey: false, firstCharacter: '' }));
        break;
      case EVENT_ID.POP:
        if (this.#open.pop() === undefined) this.#finishDocument();
        break;
      case EVENT_ID.ALIAS:
        this.#end = event.anchorEnd;
        break;
      case EVENT_ID.DOCUMENT:
        this.#startDocument(event);
        break;
    }
  }

  #startDocument(event: DocumentEvent): void {
    this.#tape = new TapeBuilder();
    this.#faults = [];
    this.#root = null;
    this.#isEmpty = true;
    this.#start = this.#end;
    if (!event.explicitStart) return;
    const start = findMarker(this.#text, this.#end);
    this.#start = start;
    const end = start + DOCUMENT_MARKER.length;
    if (this.#mayHaveDirectives) this.#refuseDirectives(start);
    if (start > 0 && this.#text.charAt(start - 1) !== '\n') {
      this.#faults.push({ code: 'yaml-syntax', start, end, message: 'A document marker that is indented.' });
    }
    this.#end = end;
  }

  #refuseDirectives(marker: number): void {
    const gap = this.#text.slice(this.#end, marker);
    const directive = /^%[^\r\n]*/m.exec(gap);
    if (directive === null) return;
    const start = this.#end + directive.index;
    this.#refuse('yaml-directive', { start, end: start + directive[0].trimEnd().length });
  }

  #finishDocument(): void {
    this.#documents.push({
      data: this.#root,
      tape: this.#tape.finish(),
      isEmpty: this.#isEmpty,
      start: this.#start,
      faults: this.#faults,
    });
  }

  #takeScalar(event: ScalarEvent): void {
    this.#refuseProperties(event);
    const container = this.#open.at(-1);
    if (awaitsKey(container)) this.#takeKey(event, container);
    else this.#takeValue(event, container);
  }

  #takeKey(event: ScalarEvent, container: Container): void {
    const span = this.#spanOf(event) ?? this.#emptyKeySpan();
    const key = this.#keyText(event, span);
    if (key !== null && Object.hasOwn(container.entries, key)) {
      this.#faults.push(duplicateKey(key, span, this.#tape.keySpan(container.node, key)));
    }
    container.key = key ?? '';
    container.keyStart = span.start;
    container.keyEnd = span.end;
    this.#end = span.end;
  }

  /** The key as a string, or `null` for one that was refused. */
  #keyText(event: ScalarEvent, span: Span): string | null {
    const text = getScalarValue(this.#text, event);
    if (text === '<<' && event.style === SCALAR_STYLE.PLAIN) return this.#refuse('yaml-merge-key', span);
    const value = this.#resolve(event, text, span);
    return value === null ? this.#refuse('yaml-null-key', span) : String(value);
  }

  #takeValue(event: ScalarEvent, container: Container | undefined): void {
    const span = this.#spanOf(event) ?? this.#emptyValueSpan(container);
    const value = this.#resolve(event, getScalarValue(this.#text, event), span);
    if (event.valueStart !== -1) this.#isEmpty = false;
    this.#addNode(container, span);
    this.#place(container, value);
    this.#end = Math.max(this.#end, span.end);
  }

  #resolve(event: ScalarEvent, text: string, span: Span): string | number | boolean | null {
    if (event.style !== SCALAR_STYLE.PLAIN) {
      if (event.style === SCALAR_STYLE.DOUBLE_QUOTED && !event.fast) this.#checkEscapes(text, span);
      return text;
    }
    if (event.valueStart !== -1 && this.#open.at(-1)?.isFlow === true) this.#refuseAmbiguous(span);
    const resolved = resolvePlain(text);
    if (resolved.ok) return resolved.value;
    this.#refuse(resolved.code, span);
    return text;
  }

  #checkEscapes(text: string, span: Span): void {
    if (LONE_SURROGATE.test(text)) this.#refuse('malformed-unicode', span);
    if (UNCLEAR_BREAK.test(this.#text.slice(span.start, span.end)))
      this.#refuse('yaml-unclear-line-break', span);
  }

  #refuseAmbiguous(span: Span): void {
    const raw = this.#text.slice(span.start, span.end);
    if (COMMENT_LIKE.test(raw)) this.#refuse('yaml-comment-in-flow', span);
    else if (AMBIGUOUS.test(raw)) this.#refuse('yaml-ambiguous-text', span);
  }

  #openContainer(event: MappingEvent | SequenceEvent): void {
    const { start } = event;
    this.#isEmpty = false;
    this.#refuseProperties(event);
    if (this.#open.length === MAX_DEPTH) this.#refuse('too-deep', { start, end: start + 1 });
    const parent = this.#open.at(-1);
    const isKey = awaitsKey(parent);
    if (isKey) this.#refuse('yaml-complex-key', { start, end: start + 1 });
    const node = this.#addNode(parent, { start, end: start });
    const container = containerFor(event, { node, isKey, firstCharacter: this.#text.charAt(start) });
    if (!isKey) this.#place(parent, container.items ?? container.entries);
    this.#open.push(container);
    this.#end = start + container.closer.length;
  }

  #closeContainer(): void {
    const container = this.#open.pop();
    if (container === undefined) return;
    const { node, closer } = container;
    if (closer !== '') this.#end = findInGap(this.#text, this.#end, closer) + closer.length;
    this.#tape.close(node, this.#end);
    const parent = this.#open.at(-1);
    if (container.isKey && parent !== undefined) parent.key = '';
  }

  #addNode(parent: Container | undefined, { start, end }: Span): number {
    if (parent === undefined || parent.key === null) return this.#tape.add(start, end, -1, -1, '');
    return this.#tape.add(start, end, parent.keyStart, parent.keyEnd, parent.key);
  }

  #place(parent: Container | undefined, value: unknown): void {
    if (parent === undefined) this.#root = value;
    else addTo(parent, value);
  }

  #takeAlias(event: AliasEvent): void {
    const span = { start: event.anchorStart - 1, end: event.anchorEnd };
    this.#refuse('yaml-alias', span);
    this.#isEmpty = false;
    this.#end = span.end;
    const container = this.#open.at(-1);
    if (awaitsKey(container)) container.key = '';
    else this.#place(container, null);
  }

  /** Where a scalar stands, quotes and block indicator included; `null` for one without text. */
  #spanOf(event: ScalarEvent): Span | null {
    const { valueStart, valueEnd } = event;
    if (valueStart === -1) return null;
    switch (event.style) {
      case SCALAR_STYLE.PLAIN:
        return { start: valueStart, end: valueEnd };
      case SCALAR_STYLE.SINGLE_QUOTED:
      case SCALAR_STYLE.DOUBLE_QUOTED:
        return { start: valueStart - 1, end: valueEnd + 1 };
      case SCALAR_STYLE.LITERAL_BLOCK:
      case SCALAR_STYLE.FOLDED_BLOCK: {
        const start = findInGap(this.#text, this.#end, '|>');
        return { start, end: trimmedEnd(this.#text, start, valueEnd) };
      }
    }
  }

  /** A value that is not written stands at its key, in a list at its dash. */
  #emptyValueSpan(container: Container | undefined): Span {
    if (container === undefined) return { start: this.#end, end: this.#end };
    if (container.items === null) return { start: container.keyStart, end: container.keyEnd };
    const dash = findInGap(this.#text, this.#end, '-');
    return { start: dash, end: dash + 1 };
  }

  #emptyKeySpan(): Span {
    const start = skipGap(this.#text, this.#end);
    return { start, end: Math.min(start + 1, this.#text.length) };
  }

  #refuseProperties(event: {
    anchorStart: number;
    anchorEnd: number;
    tagStart: number;
    tagEnd: number;
  }): void {
    if (event.anchorStart !== -1)
      this.#refuse('yaml-anchor', { start: event.anchorStart - 1, end: event.anchorEnd });
    if (event.tagStart !== -1) this.#refuse('yaml-tag', { start: event.tagStart, end: event.tagEnd });
  }

  #refuse(code: DocumentProblemCode, { start, end }: Span): null {
    this.#faults.push({ code, start, end });
    return null;
  }
}

function isQuoted({ style }: ScalarEvent): boolean {
  return style === SCALAR_STYLE.SINGLE_QUOTED || style === SCALAR_STYLE.DOUBLE_QUOTED;
}
