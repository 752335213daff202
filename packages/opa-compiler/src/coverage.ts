import type { Coverage } from './types.ts';

/** OPA's coverage report. */
export type RawCoverage = {
  readonly files: {
    readonly [path: string]: {
      readonly covered?: readonly RawRange[];
      readonly not_covered?: readonly RawRange[];
    };
  };
};

type RawRange = { readonly start: { readonly row: number }; readonly end: { readonly row: number } };

/** The lines of a report. A line of which a part was not evaluated is not covered, as OPA counts it. */
export function coverageOf({ files }: RawCoverage): Coverage {
  const entries = Object.entries(files).map(([path, { covered = [], not_covered: missed = [] }]) => {
    const notCovered = new Set(missed.flatMap(linesOf));
    const all = new Set(covered.flatMap(linesOf).filter((line) => !notCovered.has(line)));
    return [path, { covered: sorted(all), notCovered: sorted(notCovered) }] as const;
  });
  return { files: Object.fromEntries(entries.sort(([a], [b]) => (a < b ? -1 : 1))) };
}

function linesOf({ start, end }: RawRange): readonly number[] {
  return Array.from({ length: end.row - start.row + 1 }, (_, index) => start.row + index);
}

function sorted(lines: ReadonlySet<number>): readonly number[] {
  return [...lines].sort((a, b) => a - b);
}
