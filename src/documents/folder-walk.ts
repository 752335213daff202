import { readdirSync, type Dirent } from 'node:fs';
import { sep } from 'node:path';
import { IGNORED_ENTRIES, type DiscoveryLimits, type DiscoveryNotes } from './discovery.ts';
import { errorCode, fileKind } from './file-kind.ts';
import type { Glob } from './glob.ts';
import { matchesGlob } from './glob-match.ts';
import { GITIGNORE, ignoredBy, withRulesOf, type IgnoreChain } from './ignore-chain.ts';
import { isInside } from './links.ts';
import { documentProblem, type DocumentProblemCode } from './problem-codes.ts';
import { takes, wantsHidden, type Candidate, type Selection } from './selection.ts';
import { REPLACEMENT, undecodableNames } from './undecodable-names.ts';
import { prefixOf, uriOf, type Workspace } from './workspace.ts';

/** A folder to look through. Its prefixes lead to it from elsewhere: empty, or ending in a slash. */
export type Folder = {
  /** Absolute, links resolved. */
  readonly path: string;
  readonly uri: string;
  readonly fromArgument: string;
  /** From the folder that the config's patterns are relative to; `null` outside of it. */
  readonly fromRoot: string | null;
  /** From the top of the workspace, where `.gitignore` files begin to count. */
  readonly fromTop: string;
  /** The folder that links may not lead out of. */
  readonly bounds: string;
  readonly depth: number;
  readonly selection: Selection;
  readonly ignores: IgnoreChain | null;
  /** The `.gitignore` that ignores all of it. */
  readonly ignoredBy: string | null;
};

export type FoundLink = { readonly folder: Folder; readonly name: string };

export type WalkOptions = {
  readonly workspace: Workspace;
  /** Absolute folder that the config's patterns are relative to. */
  readonly root: string;
  readonly notes: DiscoveryNotes;
  readonly exclude: readonly Glob[];
  readonly respectGitignore: boolean;
  readonly limits: DiscoveryLimits;
};

const SKIPPED: ReadonlySet<string> = new Set(['.git', 'node_modules']);
const NO_NAMES: ReadonlyMap<string, readonly string[]> = new Map();

/** Looks through folders without following links, which are collected. */
export class FolderWalk {
  readonly #options: WalkOptions;
  readonly #seen = new Set<string>();
  readonly #open: Folder[] = [];
  #links: FoundLink[] = [];
  #ignoredEntries = 0;

  constructor(options: WalkOptions) {
    this.#options = options;
  }

  /** Takes the links found so far away. */
  takeLinks(): readonly FoundLink[] {
    const links = this.#links;
    this.#links = [];
    return links;
  }

  hasSeen(path: string): boolean {
    return this.#seen.has(path);
  }

  walk(start: Folder): void {
    const withHidden = wantsHidden(start.selection);
    this.#open.push(start);
    for (let next = this.#open.pop(); next !== undefined; next = this.#open.pop()) {
      this.#seen.add(next.path);
      const entries = this.#entries(next);
      const folder = this.#withRules(next, entries);
      const shown = withHidden ? entries : entries.filter(({ name }) => !name.startsWith('.'));
      const undecodable = shown.some(({ name }) => name.includes(REPLACEMENT))
        ? undecodableNames(next.path)
        : NO_NAMES;
      for (const entry of shown) {
        if (undecodable.has(entry.name)) this.#refuseName(folder, entry, undecodable.get(entry.name) ?? []);
        else this.#take(folder, entry);
      }
      if (this.#options.notes.isFull) this.#open.length = 0;
    }
  }

  /** Notes a file that the selection takes, or what left it out. */
  takeFile(folder: Folder, name: string, path: string): void {
    if (!takes(folder.selection, candidateIn(folder, name))) return;
    const { notes, exclude } = this.#options;
    const ignored = this.#ignoredBy(folder, name, 'file');
    const fromRoot = folder.fromRoot === null ? null : folder.fromRoot + name;
    const by = ignored ?? exclude.find((glob) => fromRoot !== null && matchesGlob(glob, fromRoot))?.source;
    if (by !== undefined) notes.excluded(by);
    else notes.file({ uri: folder.uri + name, path, explicit: false });
  }

  #entries(folder: Folder): readonly Dirent[] {
    if (folder.ignoredBy !== null && this.#ignoredEntries > IGNORED_ENTRIES) return [];
    try {
      const entries = readdirSync(folder.path, { withFileTypes: true });
      if (folder.ignoredBy !== null) this.#ignoredEntries += entries.length;
      return entries;
    } catch (error) {
      const message = `The folder cannot be listed (${errorCode(error)}).`;
      const uri = folder.uri === '' ? '.' : folder.uri.slice(0, -1);
      this.#options.notes.problem(documentProblem('folder-unreadable', { uri, message }));
      return [];
    }
  }

  #withRules(folder: Folder, entries: readonly Dirent[]): Folder {
    if (!this.#options.respectGitignore || folder.ignoredBy !== null) return folder;
    if (!entries.some((entry) => entry.name === GITIGNORE && entry.isFile())) return folder;
    const place = { path: folder.path, folder: folder.fromTop, uri: folder.uri + GITIGNORE };
    return { ...folder, ignores: withRulesOf(place, folder.ignores) };
  }

  #take(folder: Folder, entry: Dirent): void {
    const { name } = entry;
    if (entry.isFile()) {
      this.takeFile(folder, name, folder.path + sep + name);
    } else if (SKIPPED.has(name)) {
      return;
    } else if (entry.isDirectory()) {
      this.#enter(folder, name);
    } else if (!entry.isSymbolicLink()) {
      const message = `This is not a regular file (${fileKind(entry)}).`;
      this.#refuse(folder, name, { code: 'not-a-regular-file', message });
    } else if (
      this.#ignoredBy(folder, name, 'file') === null &&
      this.#ignoredBy(folder, name, 'folder') === null
    ) {
      this.#links.push({ folder, name });
    }
  }

  #enter(folder: Folder, name: string): void {
    const { notes, limits } = this.#options;
    const path = folder.path + sep + name;
    if (folder.depth >= limits.depth) {
      if (folder.ignoredBy === null)
        notes.problem(documentProblem('folder-too-deep', { uri: folder.uri + name }));
      return;
    }
    this.#open.push({
      path,
      uri: this.#prefix(folder, name, path),
      fromArgument: `${folder.fromArgument}${name}/`,
      fromRoot: this.#rootPrefix(folder, name, path),
      fromTop: `${folder.fromTop}${name}/`,
      bounds: folder.bounds,
      depth: folder.depth + 1,
      selection: folder.selection,
      ignores: folder.ignores,
      ignoredBy: this.#ignoredBy(folder, name, 'folder'),
    });
  }

  /** On the way down to the working directory, names get shorter. */
  #prefix(folder: Folder, name: string, path: string): string {
    const { workspace } = this.#options;
    return isInside(path, workspace.realCwd) ? prefixOf(uriOf(workspace, path)) : `${folder.uri}${name}/`;
  }

  #rootPrefix(folder: Folder, name: string, path: string): string | null {
    if (folder.fromRoot !== null) return `${folder.fromRoot}${name}/`;
    return path === this.#options.root ? '' : null;
  }

  #ignoredBy(folder: Folder, name: string, kind: 'file' | 'folder'): string | null {
    return folder.ignoredBy ?? ignoredBy(folder.ignores, folder.fromTop + name, kind);
  }

  /** A name that cannot be opened is reported where the file would have been taken; of a folder nobody knows. */
  #refuseName(folder: Folder, entry: Dirent, shown: readonly string[]): void {
    for (const name of shown) {
      const place = { code: 'file-name-not-utf8', uri: folder.uri + name } as const;
      if (!entry.isDirectory()) this.#refuse(folder, entry.name, place);
      else if (folder.ignoredBy === null) this.#options.notes.problem(documentProblem(place.code, place));
    }
  }

  /** Reports something that would have been taken were it a readable file. */
  #refuse(
    folder: Folder,
    name: string,
    problem: { code: DocumentProblemCode; uri?: string; message?: string },
  ): void {
    const { notes } = this.#options;
    if (!takes(folder.selection, candidateIn(folder, name)) || this.#ignoredBy(folder, name, 'file') !== null)
      return;
    notes.problem(documentProblem(problem.code, { uri: folder.uri + name, ...problem }));
  }
}

/** A name in a folder, as the selection sees it. */
export function candidateIn(folder: Folder, name: string): Candidate {
  const fromRoot = folder.fromRoot === null ? null : folder.fromRoot + name;
  return { name, fromArgument: folder.fromArgument + name, fromRoot };
}
