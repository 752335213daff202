import { compareCodePoints } from '../documents/code-points.ts';
import { matchesGlob } from '../documents/glob-match.ts';
import { parseGlob } from '../documents/glob.ts';

/** Files of one sort, and the patterns that name them and no others; `null` when nobody would read so many. */
export type FileGroup = { readonly files: readonly string[]; readonly patterns: readonly string[] | null };

/** A pattern that a file has, and how good it is to read. */
type Candidate = {
  readonly glob: string;
  /** Names of folders in it; -1 for the file's own path. */
  readonly folders: number;
  readonly wildcards: number;
};

/** More patterns than these nobody reads. */
const MOST_PATTERNS = 12;
/** Folders of a path that patterns are made of. */
const MOST_FOLDERS = 8;

/**
 * Few patterns that take all of the files and none of the others, as somebody would write them: folders and an extension where
 * that is enough, else the path of a file; `null` when it would take too many. Paths are relative to the folder of the config,
 * with forward slashes.
 */
export function patternsFor(files: readonly string[], others: readonly string[]): readonly string[] | null {
  const known = new Map<string, Known>();
  for (const file of files) {
    for (const candidate of candidatesOf(file)) {
      const entry = known.get(candidate.glob) ?? { candidate, files: new Set<string>() };
      known.set(candidate.glob, entry);
      entry.files.add(file);
    }
  }
  for (const other of others) for (const { glob } of candidatesOf(other)) known.delete(glob);
  const chosen: string[] = [];
  const left = new Set(files);
  while (left.size > 0) {
    const best = bestOf(known.values(), left);
    if (best === null || chosen.length === MOST_PATTERNS) return null;
    const { glob } = best.candidate;
    known.delete(glob);
    const pattern = parseGlob(glob);
    if (others.some((other) => matchesGlob(pattern, other))) continue;
    chosen.push(glob);
    for (const file of best.files) left.delete(file);
  }
  return joined(chosen).toSorted(compareCodePoints);
}

type Known = { readonly candidate: Candidate; readonly files: Set<string> };

/** The one that takes most of what is left; of several the one that says most, in the simplest way. */
function bestOf(all: Iterable<Known>, left: ReadonlySet<string>): Known | null {
  let best: Known | null = null;
  let most = 0;
  for (const entry of all) {
    const taken = [...entry.files].filter((file) => left.has(file)).length;
    if (taken === 0 || taken < most) continue;
    if (best === null || taken > most || isBetter(entry.candidate, best.candidate)) best = entry;
    most = taken;
  }
  return best;
}

function isBetter(one: Candidate, other: Candidate): boolean {
  if (one.folders !== other.folders) return one.folders > other.folders;
  if (one.wildcards !== other.wildcards) return one.wildcards < other.wildcards;
  if (one.glob.length !== other.glob.length) return one.glob.length < other.glob.length;
  return compareCodePoints(one.glob, other.glob) < 0;
}

// Every pattern that takes the file, of these forms: a/b/**/*.yaml, a/**/b/**/*.yaml, *.blueprint.yaml, the file itself.
function candidatesOf(path: string): readonly Candidate[] {
  const names = path.split('/').map(named);
  const file = names.pop() ?? '';
  const found: Candidate[] = [{ glob: [...names, file].join('/'), folders: -1, wildcards: 0 }];
  names.splice(MOST_FOLDERS);
  for (const ending of endingsOf(file)) {
    if (names.length === 0 && ending.lastIndexOf('.') > 0)
      found.push({ glob: `*${ending}`, folders: 0, wildcards: 1 });
    for (let depth = 0; depth <= names.length; depth += 1) {
      const top = names.slice(0, depth);
      if (depth > 0)
        found.push({ glob: [...top, '**', `*${ending}`].join('/'), folders: depth, wildcards: 2 });
      for (const name of new Set(names.slice(depth)))
        found.push({
          glob: [...top, '**', name, '**', `*${ending}`].join('/'),
          folders: depth + 1,
          wildcards: 3,
        });
    }
  }
  return found;
}

/** `.yaml`, and of `invoice.blueprint.yaml` also `.blueprint.yaml`. */
function endingsOf(file: string): readonly string[] {
  const [ending = ''] = /\.[^.]+$/.exec(file) ?? [];
  const [longer = ending] = /(?<=.)\.[^.]+\.[^.]+$/.exec(file) ?? [];
  return [...new Set([ending, longer])];
}

/** A name in a pattern: what could mean something there, or in YAML, is any character. */
function named(name: string): string {
  return name.replaceAll(/[^\p{L}\p{N}_ .,@~=-]/gu, '?');
}

/** Patterns that only differ in their last extension, as one. */
function joined(globs: readonly string[]): readonly string[] {
  const byStem = new Map<string, string[]>();
  for (const glob of globs) {
    const [, stem = glob, extension = ''] = /^(.*\*.*)\.([^.]+)$/.exec(glob) ?? [];
    byStem.set(stem, [...(byStem.get(stem) ?? []), extension]);
  }
  return Array.from(byStem, ([stem, extensions]) => {
    const [first = '', ...more] = extensions.toSorted(compareCodePoints);
    if (first === '') return stem;
    return more.length === 0 ? `${stem}.${first}` : `${stem}.{${[first, ...more].join(',')}}`;
  });
}
