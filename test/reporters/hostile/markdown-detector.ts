import MarkdownIt, { type Token } from 'markdown-it';
import { difference, obeyed, remembered, unseen, type Detector } from './harm.ts';
import { textsInPlace } from './template.ts';
import { hasMark, marksIn } from './twins.ts';

/** CommonMark with what GitHub adds: tables, struck text, bare addresses; HTML is let through, as GitHub does at first. */
const parser = new MarkdownIt({ html: true, linkify: true });

/** The document that it should be: texts from outside are code, and nothing else. */
export const inMarkdown: Detector = (output, twin) =>
  obeyed(output) ??
  unseen(output) ??
  (isSameTemplate(output, twin) ? null : difference(tokensOf(output).map(shapeOf), shapesOfTwin(twin)));

/** A span of code with a harmless text in it. */
const MARKED = /`[^`\n]*harmless\d{4}[^`\n]*`/g;

/**
 * Whether a document is its twin with other spans of code where those have harmless texts. Then it needs no parsing: a span
 * on one line, which no cell of a table ends, changes nothing around it.
 */
function isSameTemplate(output: string, twin: string): boolean {
  if (!isMarkInCode(twin)) return false;
  const segments = codeSegmentsOf(twin);
  const spans = textsInPlace(output, segments);
  let line = '';
  return (
    spans?.every((span, index) => {
      const segment = segments[index] ?? '';
      line = segment.includes('\n') ? segment.slice(segment.lastIndexOf('\n') + 1) : line + segment;
      return isSpan(span) && !(line.startsWith('|') && ENDS_CELL.test(span));
    }) ?? false
  );
}

/** A pipe with anything but one backslash before it. */
const ENDS_CELL = /(?<!(?<!\\)\\)\|/;

/** Whether all of a text is one span: only its ends are so many backticks. */
function isSpan(text: string): boolean {
  const runs = text.match(/`+/g) ?? [];
  const [fence = ''] = runs;
  const isWhole = fence !== '' && text.startsWith(fence) && text.endsWith(fence) && !/[\r\n]/.test(text);
  const ends = runs.flatMap((run, index) => (run === fence ? [index] : []));
  return isWhole && ends.length === 2 && ends[1] === runs.length - 1;
}

const codeSegmentsOf = remembered((twin) => twin.split(MARKED));

/** Whether harmless texts stand in spans of code only, and nothing around those begins with a backtick or a bracket. */
const isMarkInCode = remembered((twin) => {
  const isPlain = codeSegmentsOf(twin).every(
    (segment) =>
      !hasMark(segment) &&
      !/[<`]/.test(segment.replaceAll(/`[^`\n]+`/g, '').replaceAll(/<\/?[a-z][^<>`\n]*>/g, '')),
  );
  if (!isPlain) return false;
  const inCode = tokensOfTwin(twin).filter(({ type }) => type === 'code_inline');
  return marksIn(inCode.map(({ content }) => content).join('\n')).size === marksIn(twin).size;
});

const tokensOfTwin = remembered(tokensOf);

const shapesOfTwin = remembered((markdown) => tokensOfTwin(markdown).map(shapeOf));

function tokensOf(markdown: string): readonly Token[] {
  return parser
    .parse(markdown, {})
    .flatMap((token) => (token.type === 'inline' ? (token.children ?? []) : [token]));
}

/** All of a token but what is in code. */
function shapeOf({ type, tag, level, attrs, content }: Token): string {
  return JSON.stringify([level, type, tag, attrs, type === 'code_inline' ? '' : content]);
}
