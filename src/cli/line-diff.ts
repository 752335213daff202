import { structuredPatch } from 'diff';
import { visible } from '../reporters/escape.ts';
import type { Style } from '../reporters/style.ts';

type Texts = { readonly before: string; readonly after: string };

/** What a change would do to a file, as a unified diff. */
export function lineDiff(uri: string, { before, after }: Texts, style: Style): readonly string[] {
  const { hunks } = structuredPatch(uri, uri, before, after, undefined, undefined, { context: 3 });
  return [
    style.paint('bold', visible(`--- ${uri}`)),
    style.paint('bold', visible(`+++ ${uri}`)),
    ...hunks.flatMap(({ oldStart, oldLines, newStart, newLines, lines }) => [
      style.paint('dim', `@@ -${oldStart},${oldLines} +${newStart},${newLines} @@`),
      ...lines.map((line) => painted(line.replace(/\r$/, ''), style)),
    ]),
  ];
}

function painted(line: string, style: Style): string {
  const shown = visible(line);
  if (line.startsWith('+')) return style.paint('good', shown);
  return line.startsWith('-') ? style.paint('problem', shown) : shown;
}
