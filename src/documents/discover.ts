import { relative, sep } from 'node:path';
import { compareCodePoints } from './code-points.ts';
import { DEFAULT_LIMITS, DiscoveryNotes, type Discovery, type DiscoveryLimits } from './discovery.ts';
import { candidateIn, FolderWalk, type Folder, type FoundLink } from './folder-walk.ts';
import { GlobError, parseGlob, type Glob } from './glob.ts';
import { ignoresAbove } from './ignore-chain.ts';
import { exists, followPath, isInside, type Target } from './links.ts';
import { documentProblem } from './problem-codes.ts';
import { takes, type Selection } from './selection.ts';
import { absolutePath, prefixOf, uriOf, withSlashes, workspaceAt, type Workspace } from './workspace.ts';

export type { DiscoveredFile, Discovery } from './discovery.ts';

export type DiscoverOptions = {
  /** Absolute. */
  readonly cwd: string;
  /** Files, folders and patterns as typed; empty means `cwd`. */
  readonly paths: readonly string[];
  /** Absolute folder that `include` and `exclude` are relative to. */
  readonly root: string;
  /** Patterns of what is taken from folders; empty means every `.json`, `.yaml` and `.yml`. */
  readonly include?: readonly string[];
  /** Patterns of what is left out of folders and patterns; a file that is named is taken all the same. */
  readonly exclude: readonly string[];
  readonly respectGitignore: boolean;
  readonly limits?: Partial<DiscoveryLimits>;
};

/**
 * Finds the files that the arguments mean. Follows no link out of the workspace, and reports everything that it
 * could not look at. Rejects only when the working directory is not there.
 */
export function discover(options: DiscoverOptions): Promise<Discovery> {
  return new Promise((resolve) => {
    resolve(new Discoverer(options).run());
  });
}

const PATTERN_CHARACTER = /[*?[{]/;
const SHOWN_PATTERN_LENGTH = 80;

class Discoverer {
  readonly #paths: readonly string[];
  readonly #limits: DiscoveryLimits;
  readonly #workspace: Workspace;
  readonly #root: string;
  readonly #notes: DiscoveryNotes;
  readonly #include: readonly Glob[];
  readonly #walk: FolderWalk;
  readonly #respectGitignore: boolean;

  constructor(options: DiscoverOptions) {
    const { cwd, paths, root, include = [], exclude, respectGitignore } = options;
    this.#paths = paths;
    this.#limits = { ...DEFAULT_LIMITS, ...options.limits };
    this.#workspace = workspaceAt(cwd);
    this.#root = absolutePath(this.#workspace, root);
    this.#notes = new DiscoveryNotes(this.#limits.files);
    this.#include = this.#globs(include);
    this.#respectGitignore = respectGitignore;
    this.#walk = new FolderWalk({
      workspace: this.#workspace,
      root: this.#root,
      notes: this.#notes,
      exclude: this.#globs(exclude),
      respectGitignore,
      limits: this.#limits,
    });
  }

  run(): Discovery {
    const unmatched: string[] = [];
    if (this.#paths.length === 0) this.#take('.');
    for (const argument of this.#paths) {
      const before = this.#notes.noted;
      this.#take(argument);
      if (this.#notes.noted === before) unmatched.push(argument);
    }
    if (this.#notes.isFull) {
      const message = `There are more than ${this.#limits.files} files.`;
      this.#notes.problem(documentProblem('too-many-files', { uri: null, message }));
    }
    return this.#notes.result(unmatched);
  }

  #globs(sources: readonly string[]): Glob[] {
    return sources.map((source) => this.#glob(source)).filter((glob) => glob !== null);
  }

  #glob(source: string, shown = source): Glob | null {
    try {
      return parseGlob(source);
    } catch (error) {
      if (!(error instanceof GlobError)) throw error;
      const name = shown.length > SHOWN_PATTERN_LENGTH ? `${shown.slice(0, SHOWN_PATTERN_LENGTH)}…` : shown;
      const message = `The pattern "${name}" ${error.message}.`;
      this.#notes.problem(documentProblem('invalid-glob', { uri: null, message, hint: error.hint }));
      return null;
    }
  }

  #take(argument: string): void {
    const path = absolutePath(this.#workspace, argument);
    if (exists(path)) this.#takeNamed(path);
    else if (PATTERN_CHARACTER.test(argument)) this.#takePattern(withSlashes(argument));
    this.#followLinks();
  }

  #takeNamed(path: string): void {
    const target = this.#followInBounds(path);
    if (target === null) return;
    if (target.kind === 'folder') {
      this.#walk.walk(this.#start(path, target.path, { kind: 'folder', include: this.#include }));
    } else {
      this.#notes.file({ uri: uriOf(this.#workspace, path), path: target.path, explicit: true });
    }
  }

  #takePattern(argument: string): void {
    const names = argument.split('/');
    const first = names.findIndex((name) => PATTERN_CHARACTER.test(name));
    const glob = this.#glob(names.slice(first).join('/'), argument);
    if (glob === null) return;
    const base = names.slice(0, first).join('/');
    const path = absolutePath(this.#workspace, first > 0 && base === '' ? '/' : base);
    if (!exists(path)) return;
    const target = this.#followInBounds(path);
    if (target?.kind === 'folder') this.#walk.walk(this.#start(path, target.path, { kind: 'pattern', glob }));
  }

  /** What a path that the user named leads to; `null` when it was reported instead. */
  #followInBounds(path: string): { kind: 'file' | 'folder'; path: string } | null {
    const uri = uriOf(this.#workspace, path) || '.';
    const target = followPath(path);
    const { top } = this.#workspace;
    if (target.kind === 'failed') return this.#reportFailure(uri, target);
    if (isInside(top, path) && !isInside(top, target.path)) {
      this.#notes.problem(documentProblem('link-leaves-workspace', { uri }));
      return null;
    }
    if (target.kind !== 'other') return { kind: target.kind, path: target.path };
    const message = `This is not a regular file (${target.what}).`;
    this.#notes.problem(documentProblem('not-a-regular-file', { uri, message }));
    return null;
  }

  #reportFailure(uri: string, { code }: Extract<Target, { kind: 'failed' }>): null {
    const message = `The file cannot be read (${code}).`;
    if (code === 'ELOOP') this.#notes.problem(documentProblem('link-loop', { uri }));
    else if (code === 'ENOENT') this.#notes.problem(documentProblem('link-broken', { uri }));
    else this.#notes.problem(documentProblem('file-unreadable', { uri, message }));
    return null;
  }

  #start(path: string, real: string, selection: Selection): Folder {
    const top = isInside(this.#workspace.top, real) ? this.#workspace.top : real;
    return {
      path: real,
      uri: prefixOf(uriOf(this.#workspace, path)),
      fromArgument: '',
      fromRoot: isInside(this.#root, path) ? prefixOf(withSlashes(relative(this.#root, path))) : null,
      bounds: top,
      depth: 0,
      selection,
      ...this.#ignoresAt(top, real),
    };
  }

  #ignoresAt(top: string, real: string): Pick<Folder, 'fromTop' | 'ignores' | 'ignoredBy'> {
    const names = real === top ? [] : relative(top, real).split(sep);
    const fromTop = prefixOf(names.join('/'));
    if (!this.#respectGitignore) return { fromTop, ignores: null, ignoredBy: null };
    const { chain, by } = ignoresAbove(top, names, (path) => uriOf(this.#workspace, path));
    return { fromTop, ignores: chain, ignoredBy: by };
  }

  /** Links are looked at last, so that a file is called by its own name where it has one. */
  #followLinks(): void {
    for (let links = this.#walk.takeLinks(); links.length > 0; links = this.#walk.takeLinks()) {
      const sorted = links.toSorted((a, b) =>
        compareCodePoints(a.folder.uri + a.name, b.folder.uri + b.name),
      );
      for (const link of sorted) this.#followLink(link);
    }
  }

  #followLink({ folder, name }: FoundLink): void {
    const target = followPath(folder.path + sep + name);
    const uri = folder.uri + name;
    const wanted = takes(folder.selection, candidateIn(folder, name));
    if (target.kind === 'failed') {
      if (wanted || target.code === 'ELOOP') this.#reportFailure(uri, target);
    } else if (!isInside(folder.bounds, target.path)) {
      if (wanted || target.kind === 'folder')
        this.#notes.problem(documentProblem('link-leaves-workspace', { uri }));
    } else if (target.kind === 'file') {
      this.#walk.takeFile(folder, name, target.path);
    } else if (target.kind === 'folder') {
      this.#walkLinked(folder, name, target.path);
    } else if (wanted) {
      const message = `This is not a regular file (${target.what}).`;
      this.#notes.problem(documentProblem('not-a-regular-file', { uri, message }));
    }
  }

  /** A link to a folder around it, or to one already looked at, leads to nothing new. */
  #walkLinked(folder: Folder, name: string, real: string): void {
    if (isInside(real, folder.path) || this.#walk.hasSeen(real)) return;
    this.#walk.walk({
      ...folder,
      path: real,
      uri: `${folder.uri}${name}/`,
      fromArgument: `${folder.fromArgument}${name}/`,
      fromRoot: folder.fromRoot === null ? null : `${folder.fromRoot}${name}/`,
      depth: folder.depth + 1,
      ...this.#ignoresAt(folder.bounds, real),
    });
  }
}
