import { visible } from '../reporters/escape.ts';
import { showLine } from '../reporters/source-line.ts';
import type { Style, Tone } from '../reporters/style.ts';
import type { Candidate } from '../rules/candidates.ts';
import type { SourceTrace } from '../rules/source-trace.ts';
import type { LineMark, TracedLine } from '../rules/traced-lines.ts';
import type { Why } from '../rules/why.ts';
import { candidateLines } from './candidate-text.ts';
import { valueLines } from './value-lines.ts';

const MARKS = {
  holds: { sign: '✓', tone: 'good', meaning: 'holds' },
  fails: { sign: '✗', tone: 'problem', meaning: 'does not hold' },
  evaluated: { sign: '○', tone: 'medium', meaning: 'evaluated, its body does not hold' },
  unasked: { sign: '·', tone: 'dim', meaning: 'not reached' },
} as const satisfies Record<LineMark, { sign: string; tone: Tone; meaning: string }>;

const WIDTH = 92;
const BUGS = 'https://github.com/agentid-lint/agentid-lint/issues';

/** The source of a rule with a mark before each line, or why it cannot be shown. */
export function sourceTraceLines(why: Why, style: Style): readonly string[] {
  if (why.status === 'untraced') return [visible(why.reason)];
  const { lines, disagreement } = why.trace;
  const digits = String(lines.at(-1)?.number ?? 0).length;
  const shown: string[] = [];
  let told = new Set<string>();
  const marked = (holds: boolean, text: string) => `${signOf(holds ? 'holds' : 'fails', style)} ${text}`;
  for (const [index, line] of lines.entries()) {
    if (index > 0 && line.number !== (lines[index - 1]?.number ?? 0) + 1) {
      shown.push('');
      told = new Set();
    }
    shown.push(sourceLine(line, digits, style));
    const values = candidateLines(line.candidates, told, { style, marked });
    shown.push(...values.map((value) => `${marginBelow(line, digits, style)}${value}`));
  }
  return [...disagreementLines(disagreement, style), ...shown, '', style.paint('dim', legendOf(lines))];
}

function sourceLine({ number, text, mark }: TracedLine, digits: number, style: Style): string {
  const row = style.paint('dim', `${String(number).padStart(digits)} │`);
  return `${signOf(mark, style)} ${row} ${shownText(text)}`.trimEnd();
}

function marginBelow({ text }: TracedLine, digits: number, style: Style): string {
  const indent = /^ */.exec(shownText(text))?.[0] ?? '';
  return `  ${' '.repeat(digits)} ${style.paint('dim', '│')} ${indent}    `;
}

function shownText(text: string): string {
  return showLine(text, { from: 0, to: 0 }).text;
}

function signOf(mark: LineMark | null, style: Style): string {
  if (mark === null) return ' ';
  const { sign, tone } = MARKS[mark];
  return style.paint(tone, sign);
}

function legendOf(lines: readonly TracedLine[]): string {
  const used = new Set(lines.flatMap(({ mark, candidates }) => [mark, ...candidates.map(markOf)]));
  return Object.entries(MARKS)
    .filter(([mark]) => used.has(mark as LineMark))
    .map(([, { sign, meaning }]) => `${sign} ${meaning}`)
    .join('   ');
}

function markOf({ holds }: Candidate): LineMark {
  return holds ? 'holds' : 'fails';
}

function disagreementLines(disagreement: SourceTrace['disagreement'], style: Style): readonly string[] {
  if (disagreement === null) return [];
  const { engine, opa } = disagreement;
  return [
    style.paint('problem', 'DISAGREEMENT: OPA does not find what the engine that judges has found.'),
    `Please report it: ${style.link(BUGS)}`,
    'The engine finds:',
    ...valueLines(engine, { width: WIDTH, depth: Infinity }).map((line) => `  ${line}`),
    'OPA finds:',
    ...valueLines(opa, { width: WIDTH, depth: Infinity }).map((line) => `  ${line}`),
    '',
  ];
}
