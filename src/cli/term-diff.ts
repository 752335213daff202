import { diffArrays } from 'diff';
import type { Style } from '../reporters/style.ts';
import { termLines, termOnOneLine } from './term-lines.ts';

type Terms = { readonly expected: string; readonly got: string };
type Look = { readonly style: Style; readonly width: number };

/** Cells of a value that is easily compared with the one below it. */
const SHORT = 60;
/** Lines around a difference. */
const CONTEXT = 3;
const MOST_LINES = 120;
/** Beyond so many changes there is nothing in common that would help. */
const MOST_EDITS = 500;

/** What was expected and what was got: on a line each when they are short, else line by line. */
export function termDiff({ expected, got }: Terms, { style, width }: Look): readonly string[] {
  const flat = { expected: termOnOneLine(expected), got: termOnOneLine(got) };
  if (Math.max(flat.expected.length, flat.got.length) <= SHORT) {
    return [
      `${style.paint('bold', 'expected:')} ${style.paint('good', flat.expected)}`,
      `${style.paint('bold', 'got:')}      ${style.paint('problem', flat.got)}`,
    ];
  }
  const lines = changedLines(termLines(expected, width), termLines(got, width));
  const shown = lines.slice(0, MOST_LINES).map(({ sign, text }) => {
    if (sign === ' ') return style.paint('dim', `  ${text}`);
    return style.paint(sign === '-' ? 'good' : 'problem', `${sign} ${text}`);
  });
  const more = lines.length - shown.length;
  return [
    style.paint('good', '- expected'),
    style.paint('problem', '+ got'),
    ...shown,
    ...(more > 0 ? [style.paint('dim', `  … ${more} more lines`)] : []),
  ];
}

type Line = { readonly sign: '-' | '+' | ' '; readonly text: string };

function changedLines(expected: readonly string[], got: readonly string[]): readonly Line[] {
  const parts = diffArrays([...expected], [...got], { maxEditLength: MOST_EDITS });
  if (parts === undefined) {
    return [
      ...expected.map((text) => ({ sign: '-' as const, text })),
      ...got.map((text) => ({ sign: '+' as const, text })),
    ];
  }
  return parts.flatMap(({ added, removed, value }, index) => {
    const sign = added ? '+' : removed ? '-' : ' ';
    const lines = value.map((text): Line => ({ sign, text }));
    return sign === ' ' ? cut(lines, { isFirst: index === 0, isLast: index === parts.length - 1 }) : lines;
  });
}

/** Of lines that are the same, those near a difference. */
function cut(
  lines: readonly Line[],
  { isFirst, isLast }: { readonly isFirst: boolean; readonly isLast: boolean },
): readonly Line[] {
  const before = isFirst ? 0 : CONTEXT;
  const after = isLast ? 0 : CONTEXT;
  if (lines.length <= before + after + 1) return lines;
  const gap: Line = { sign: ' ', text: '⋮' };
  return [...lines.slice(0, before), gap, ...lines.slice(lines.length - after)];
}
