import { readdirSync, type Dirent } from 'node:fs';
import { join } from 'node:path';
import { compareCodePoints } from '../documents/code-points.ts';
import { errorCode, fileKind } from '../documents/file-kind.ts';
import { followPath, isInside } from '../documents/links.ts';
import type { Problem } from '../documents/problem.ts';
import { documentProblem } from '../documents/problem-codes.ts';
import { prefixOf } from '../documents/workspace.ts';
import { placeOf, type FilePlace } from './layout.ts';
import { sourceProblem } from './problem.ts';

export type ListedFile = {
  /** Relative to the folder, forward slashes. */
  readonly path: string;
  /** Absolute, links resolved. */
  readonly file: string;
  readonly place: Exclude<FilePlace, { readonly kind: 'other' | 'misplaced' }>;
};

export type Listing = {
  readonly files: readonly ListedFile[];
  /** What else is there, for the message that nothing is a rule. */
  readonly others: readonly string[];
  readonly problems: readonly Problem[];
};

/** Enough for every rule there will ever be; a folder with more was named by mistake. */
const MOST_ENTRIES = 10_000;
const DEEPEST = 8;

/**
 * The files of a rule folder by what they are for, in code-point order. Links are followed to files inside the folder
 * only. `root` is absolute and without links; `uri` is what problems call it.
 */
export function listFolder(root: string, uri: string): Listing {
  const walk = new RuleWalk(root, uri);
  walk.enter('', 0);
  return walk.result();
}

class RuleWalk {
  readonly #root: string;
  readonly #uri: string;
  readonly #files: ListedFile[] = [];
  readonly #others: string[] = [];
  readonly #problems: Problem[] = [];
  #entries = 0;

  constructor(root: string, uri: string) {
    this.#root = root;
    this.#uri = uri;
  }

  result(): Listing {
    return { files: this.#files, others: this.#others, problems: this.#problems };
  }

  enter(path: string, depth: number): void {
    const entries = this.#list(path);
    if (this.#entries > MOST_ENTRIES) return;
    this.#entries += entries.length;
    if (this.#entries > MOST_ENTRIES) {
      this.#problems.push(sourceProblem('rules-too-many-files', {}, { uri: this.#uri, range: null }));
      return;
    }
    for (const entry of entries) {
      // Hidden folders and packages hold no rules of this folder.
      if (entry.name.startsWith('.') || entry.name === 'node_modules') continue;
      const inner = `${prefixOf(path)}${entry.name}`;
      if (entry.isSymbolicLink()) this.#follow(inner);
      else if (!entry.isDirectory()) this.#take(inner, join(this.#root, inner), entry);
      else if (depth < DEEPEST) this.enter(inner, depth + 1);
    }
  }

  #list(path: string): readonly Dirent[] {
    try {
      return readdirSync(join(this.#root, path), { withFileTypes: true }).sort((a, b) =>
        compareCodePoints(a.name, b.name),
      );
    } catch (error) {
      const message = `The folder cannot be listed (${errorCode(error)}).`;
      this.#problems.push(documentProblem('folder-unreadable', { uri: this.#uriOf(path), message }));
      return [];
    }
  }

  #follow(path: string): void {
    const target = followPath(join(this.#root, path));
    if (target.kind === 'file' && isInside(this.#root, target.path)) {
      this.#take(path, target.path, null);
      return;
    }
    // A link to a document is nobody's rule, wherever it leads.
    if (target.kind !== 'folder' && placeOf(path).kind === 'other') return;
    const message =
      target.kind === 'failed'
        ? `The link leads to nothing that can be read (${target.code}).`
        : target.kind === 'other'
          ? `The link leads to a ${target.what}.`
          : isInside(this.#root, target.path)
            ? 'The link leads to a folder, and such links are not followed.'
            : 'The link leads out of the folder of rules and is not followed.';
    this.#problems.push(sourceProblem('rules-link', { message }, { uri: this.#uriOf(path), range: null }));
  }

  #take(path: string, file: string, entry: Dirent | null): void {
    const place = placeOf(path);
    const uri = this.#uriOf(path);
    if (place.kind === 'other') {
      this.#others.push(path);
    } else if (path.includes('\ufffd')) {
      this.#problems.push(documentProblem('file-name-not-utf8', { uri }));
    } else if (entry !== null && !entry.isFile()) {
      const message = `This is not a regular file (${fileKind(entry)}).`;
      this.#problems.push(documentProblem('not-a-regular-file', { uri, message }));
    } else if (place.kind === 'misplaced') {
      const { code, message, hint } = place;
      const words = hint === undefined ? { message } : { message, hint };
      this.#problems.push(sourceProblem(code, words, { uri, range: null }));
    } else {
      this.#files.push({ path, file, place });
    }
  }

  #uriOf(path: string): string {
    return path === '' ? this.#uri : `${prefixOf(this.#uri === '.' ? '' : this.#uri)}${path}`;
  }
}
