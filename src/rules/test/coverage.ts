import type { Coverage } from '../../../packages/opa-compiler/src/types.ts';
import type { FileCoverage } from './types.ts';
import type { TestWorld } from './world.ts';

/** Coverage of the rules and helpers of a folder by its tests; files with nothing to evaluate are left out. */
export function folderCoverage(
  { files }: Coverage,
  { folder }: Pick<TestWorld, 'folder'>,
): readonly FileCoverage[] {
  return [...folder.rules, ...folder.libs].flatMap(({ path, uri }) => {
    const { covered = [], notCovered = [] } = files[path] ?? {};
    const total = covered.length + notCovered.length;
    return total === 0
      ? []
      : [{ uri, covered: covered.length, total, uncovered: partsOf(notCovered, new Set(covered)) }];
  });
}

/** Lines as parts; lines that hold nothing do not part them. */
function partsOf(lines: readonly number[], covered: ReadonlySet<number>): FileCoverage['uncovered'] {
  const parts: [number, number][] = [];
  for (const line of lines) {
    const last = parts.at(-1);
    if (last !== undefined && !isAnyBetween(last[1], line, covered)) last[1] = line;
    else parts.push([line, line]);
  }
  return parts;
}

function isAnyBetween(from: number, to: number, covered: ReadonlySet<number>): boolean {
  for (let line = from + 1; line < to; line += 1) if (covered.has(line)) return true;
  return false;
}

/** Of all files together. */
export function sumOf(files: readonly FileCoverage[]): { readonly covered: number; readonly total: number } {
  return {
    covered: files.reduce((sum, file) => sum + file.covered, 0),
    total: files.reduce((sum, file) => sum + file.total, 0),
  };
}
