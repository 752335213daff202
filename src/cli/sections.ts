import type { Style } from '../reporters/style.ts';

/** A title and the lines below it, safe already; without lines it is left out. */
export type Section = { readonly title: string; readonly lines: readonly string[] };

/** Sections for the screen, each behind an empty line. */
export function sections(all: readonly Section[], style: Style): readonly string[] {
  return all
    .filter(({ lines }) => lines.length > 0)
    .flatMap(({ title, lines }) => ['', style.paint('bold', title), ...lines.map(indented)]);
}

/** A line of a section; an empty one stays empty. */
export function indented(line: string): string {
  return line === '' ? '' : `  ${line}`;
}
