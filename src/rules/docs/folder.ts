import { lstatSync, mkdirSync, readdirSync, readFileSync, rmdirSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { compareCodePoints } from '../../documents/code-points.ts';
import { MARKER, type Pages } from './pages.ts';

/** How a folder differs from the pages that belong in it. Paths are relative to it, in order. */
export type Difference = {
  /** Pages that are not there, or say something else. */
  readonly outdated: readonly string[];
  /** Pages that were generated once, and belong to no rule now. */
  readonly leftover: readonly string[];
  /** What stands where a page belongs, and was not generated. */
  readonly foreign: readonly string[];
};

/** Looks at nothing but where pages are: `index.md`, and `.md` files one folder down. */
export function differenceIn(folder: string, pages: Pages): Difference {
  const present = new Map(placesIn(folder).map((path) => [path, generatedText(join(folder, path))]));
  const isForeign = (path: string) => present.get(path) === null;
  const names = [...pages.keys()].sort(compareCodePoints);
  return {
    outdated: names.filter((path) => !isForeign(path) && present.get(path) !== pages.get(path)),
    leftover: [...present.keys()].filter((path) => !pages.has(path) && !isForeign(path)),
    foreign: names.filter(isForeign),
  };
}

/**
 * Writes the pages that are outdated and removes those left over, with the folders that only they were in.
 * @throws {Error} of the file system
 */
export function writePages(folder: string, pages: Pages, { outdated, leftover }: Difference): void {
  for (const path of outdated) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), pages.get(path) ?? '');
  }
  for (const path of leftover) rmSync(join(folder, path));
  for (const domain of new Set(leftover.map((path) => dirname(join(folder, path))))) {
    if (domain !== folder && readdirSync(domain).length === 0) rmdirSync(domain);
  }
}

function placesIn(folder: string): readonly string[] {
  const inner = entriesOf(folder).flatMap((entry) =>
    entry.isDirectory()
      ? entriesOf(join(folder, entry.name))
          .filter(({ name }) => name.endsWith('.md'))
          .map(({ name }) => `${entry.name}/${name}`)
      : entry.name === 'index.md'
        ? [entry.name]
        : [],
  );
  return inner.sort(compareCodePoints);
}

function entriesOf(folder: string) {
  const isThere = lstatSync(folder, { throwIfNoEntry: false }) !== undefined;
  return isThere ? readdirSync(folder, { withFileTypes: true }) : [];
}

/** The text of a page that was generated; `null` for anything else. A link is nobody's page. */
function generatedText(path: string): string | null {
  if (!lstatSync(path).isFile()) return null;
  // How lines end is for git to say.
  const text = readFileSync(path, 'utf8').replaceAll('\r\n', '\n');
  return text.trimEnd().endsWith(MARKER) ? text : null;
}
