import { codeFrame } from '../reporters/code-frame.ts';
import { visible } from '../reporters/escape.ts';
import { note, relatedPlace } from '../reporters/note.ts';
import type { Style } from '../reporters/style.ts';
import { positionSuffix } from '../reporters/text.ts';
import type { ShownProblem } from '../rules/shown-problems.ts';

const NO_MARGIN = '   ';

/** A problem of own rules: its place first, as editors and CI logs know it, then the source underlined. */
export function problemLines(problem: ShownProblem, style: Style): readonly string[] {
  const { uri, range, related = [], hint, code, message, snippet } = problem;
  const frame = uri === null ? null : codeFrame({ uri, range, snippet }, 'problem', style);
  const margin = frame?.margin ?? NO_MARGIN;
  const where = uri === null ? '' : `${visible(uri)}${positionSuffix(range)}: `;
  return [
    `${where}${style.paint('problem', `error[${visible(code)}]`)} ${style.paint('bold', visible(message))}`,
    // Its first line says the place once more.
    ...(frame?.lines.slice(1) ?? []),
    ...related.map((place) => relatedPlace({ uri: uri ?? '', ...place }, margin, style)),
    ...(hint === undefined ? [] : note('help', hint, margin, style)),
  ];
}
