import { visible } from '../reporters/escape.ts';
import type { Style } from '../reporters/style.ts';
import { sumOf } from '../rules/test/coverage.ts';
import { percentText } from '../rules/test/threshold.ts';
import type { FileCoverage } from '../rules/test/types.ts';

/** A line a file, with the lines of it that no test reached. */
export function coverageTable(files: readonly FileCoverage[], style: Style): readonly string[] {
  const all = { uri: 'all files', ...sumOf(files), uncovered: [] };
  const rows = [...files, all].map(({ uri, covered, total, uncovered }) => ({
    uri: visible(uri),
    lines: `${covered}/${total}`,
    percent: `${percentText({ covered, total })} %`,
    isWhole: covered === total,
    uncovered: uncovered
      .map(([first, last]) => (first === last ? `${first}` : `${first}-${last}`))
      .join(', '),
  }));
  const [uri, lines, percent] = (['uri', 'lines', 'percent'] as const).map((key) =>
    Math.max(HEAD[key].length, ...rows.map((row) => row[key].length)),
  );
  const line = (row: typeof HEAD) =>
    `${row.uri.padEnd(uri ?? 0)}  ${row.lines.padStart(lines ?? 0)}  ${row.percent.padStart(percent ?? 0)}  ${row.uncovered}`.trimEnd();
  return [
    style.paint('dim', line(HEAD)),
    ...rows.map((row) => style.paint(row.isWhole ? 'good' : 'medium', line(row))),
  ];
}

const HEAD = { uri: 'coverage', lines: 'lines', percent: '%', uncovered: 'not covered' };
