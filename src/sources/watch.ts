import { readdirSync, statSync, watch, type Dirent, type FSWatcher } from 'node:fs';
import { join } from 'node:path';
import { compareCodePoints } from '../documents/code-points.ts';
import { followPath } from '../documents/links.ts';
import { prefixOf } from '../documents/workspace.ts';
import { placeOf } from './layout.ts';

export type FileChange = {
  /** Under the name that the user knows its folder by. */
  readonly path: string;
  readonly what: 'changed' | 'created' | 'deleted';
};

/** A folder, absolute, by the name that the user knows it by. */
export type WatchedFolder = { readonly name: string; readonly path: string };

/** Milliseconds that nothing more must happen before a change is told: editors write in several steps. */
const QUIET = 60;
/** Milliseconds after which files are looked at without being told, for disks that tell nothing. */
const PATIENCE = 2_000;
const DEEPEST = 8;
const MOST_ENTRIES = 10_000;

/** What a file looked like; equal for one that nobody touched. */
type Looks = ReadonlyMap<string, string>;

/** Notices changes of the files of rule folders. The system tells when to look; what has changed is seen by looking. */
export class RuleWatch {
  readonly #folders: readonly WatchedFolder[];
  readonly #watchers = new Map<string, { readonly watcher: FSWatcher; readonly identity: string }>();
  #seen: Looks;
  #isStirred = false;
  #isClosed = false;
  #wake: () => void = () => undefined;

  /** Everything that happens from now on is noticed. */
  constructor(folders: readonly WatchedFolder[]) {
    this.#folders = folders;
    this.#seen = this.#look();
  }

  /** Waits for changes, and tells all that are new since the last time; `null` when it was closed. */
  async next(): Promise<readonly FileChange[] | null> {
    while (!this.#isClosed) {
      this.#isStirred = false;
      if (changesBetween(this.#seen, this.#look()).length === 0) {
        await this.#stir(PATIENCE);
        continue;
      }
      const settled = await this.#settled();
      const changes = changesBetween(this.#seen, settled);
      this.#seen = settled;
      if (changes.length > 0) return changes;
    }
    return null;
  }

  /** Ends it, and what waits for it. */
  close(): void {
    this.#isClosed = true;
    for (const { watcher } of this.#watchers.values()) watcher.close();
    this.#watchers.clear();
    this.#wake();
  }

  /** How the files look when they have stopped changing. */
  async #settled(): Promise<Looks> {
    for (;;) {
      const before = this.#look();
      await new Promise((resolve) => setTimeout(resolve, QUIET));
      const after = this.#look();
      if (this.#isClosed || changesBetween(before, after).length === 0) return after;
    }
  }

  /** Resolves when something may have happened, at the latest after so many milliseconds. */
  async #stir(most: number): Promise<void> {
    if (this.#isStirred || this.#isClosed) return;
    let timer: NodeJS.Timeout | undefined;
    await new Promise<void>((resolve) => {
      timer = setTimeout(resolve, most);
      this.#wake = resolve;
    });
    clearTimeout(timer);
  }

  #look(): Looks {
    const looks = new Map<string, string>();
    const folders = new Set<string>();
    for (const { name, path } of this.#folders) {
      const target = followPath(path);
      if (target.kind === 'folder') this.#walk({ root: target.path, name, path: '' }, { looks, folders });
    }
    for (const path of [...this.#watchers.keys()]) if (!folders.has(path)) this.#forget(path);
    return looks;
  }

  #walk(
    { root, name, path }: Place,
    found: { readonly looks: Map<string, string>; readonly folders: Set<string> },
  ): void {
    const absolute = join(root, path);
    // Watched before it is listed, so that nothing is missed in between.
    found.folders.add(absolute);
    this.#follow(absolute);
    if (found.looks.size + found.folders.size > MOST_ENTRIES) return;
    for (const entry of entriesOf(absolute)) {
      const inner = `${prefixOf(path)}${entry.name}`;
      if (entry.name.startsWith('.') || entry.name === 'node_modules') continue;
      if (!entry.isDirectory()) {
        const looks = placeOf(inner).kind === 'other' ? null : looksOf(join(root, inner));
        if (looks !== null) found.looks.set(`${name.replace(/[/\\]+$/, '')}/${inner}`, looks);
      } else if (inner.split('/').length <= DEEPEST) this.#walk({ root, name, path: inner }, found);
    }
  }

  /** Has the system tell of changes in a folder; that it cannot is no fault, as files are looked at anyway. */
  #follow(folder: string): void {
    const identity = identityOf(folder);
    const known = this.#watchers.get(folder);
    if (this.#isClosed || identity === null || known?.identity === identity) return;
    this.#forget(folder);
    try {
      const watcher = watch(folder, () => {
        this.#isStirred = true;
        this.#wake();
      });
      watcher.on('error', () => {
        this.#forget(folder);
      });
      this.#watchers.set(folder, { watcher, identity });
    } catch {
      return;
    }
  }

  #forget(folder: string): void {
    this.#watchers.get(folder)?.watcher.close();
    this.#watchers.delete(folder);
  }
}

type Place = { readonly root: string; readonly name: string; readonly path: string };

function changesBetween(before: Looks, after: Looks): readonly FileChange[] {
  const changes: FileChange[] = [];
  for (const [path, looks] of after) {
    const old = before.get(path);
    if (old !== looks) changes.push({ path, what: old === undefined ? 'created' : 'changed' });
  }
  for (const path of before.keys()) if (!after.has(path)) changes.push({ path, what: 'deleted' });
  return changes.sort((a, b) => compareCodePoints(a.path, b.path));
}

function entriesOf(folder: string): readonly Dirent[] {
  try {
    return readdirSync(folder, { withFileTypes: true });
  } catch {
    return [];
  }
}

/** Links are followed: what counts is what they lead to. */
function looksOf(path: string): string | null {
  const stats = statsOf(path);
  return stats === undefined ? null : `${stats.ino} ${stats.size} ${stats.mtimeMs}`;
}

/** A folder that was removed and made again is another one. */
function identityOf(path: string): string | null {
  const stats = statsOf(path);
  return stats === undefined ? null : `${stats.dev} ${stats.ino}`;
}

function statsOf(path: string) {
  try {
    return statSync(path, { throwIfNoEntry: false });
  } catch {
    return undefined;
  }
}
