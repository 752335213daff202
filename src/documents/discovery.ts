import { compareCodePoints } from './code-points.ts';
import type { Problem } from './problem.ts';

export type DiscoveredFile = {
  /** Relative to the working directory, forward slashes. Untrusted text. */
  readonly uri: string;
  /** Absolute, with every link on the way resolved. */
  readonly path: string;
  /** Named by the user, not found in a folder. */
  readonly explicit: boolean;
};

export type Discovery = {
  /** By `uri` in code-point order, each file of the disk once. */
  readonly files: readonly DiscoveredFile[];
  /**
   * Files that would have been taken, by the pattern or the `.gitignore` that left them out, in code-point order.
   * In ignored folders at most `IGNORED_ENTRIES` entries are counted.
   */
  readonly excluded: readonly { readonly by: string; readonly files: number }[];
  readonly problems: readonly Problem[];
  /** Arguments that no file was found for, as typed. */
  readonly unmatched: readonly string[];
};

export type DiscoveryLimits = {
  readonly files: number;
  /** Folders inside each other, counted from the argument. */
  readonly depth: number;
};

export const DEFAULT_LIMITS: DiscoveryLimits = { files: 50_000, depth: 64 };

/** Entries looked at in ignored folders to say how many files they hide; they may hold a whole build. */
export const IGNORED_ENTRIES = 5000;

/** What was found so far. Files and problems are kept once however often they are met. */
export class DiscoveryNotes {
  readonly #files = new Map<string, DiscoveredFile>();
  readonly #excluded = new Map<string, number>();
  readonly #problems = new Map<string, Problem>();
  readonly #limit: number;
  #noted = 0;

  constructor(limit: number) {
    this.#limit = limit;
  }

  /** How often something was noted. It does not change for an argument that matches nothing. */
  get noted(): number {
    return this.#noted;
  }

  /** More files than the limit: nothing that follows matters. */
  get isFull(): boolean {
    return this.#files.size > this.#limit;
  }

  file(file: DiscoveredFile): void {
    this.#noted += 1;
    const known = this.#files.get(file.path);
    if (known === undefined || (file.explicit && !known.explicit)) this.#files.set(file.path, file);
  }

  excluded(by: string): void {
    this.#noted += 1;
    this.#excluded.set(by, (this.#excluded.get(by) ?? 0) + 1);
  }

  problem(problem: Problem): void {
    this.#noted += 1;
    this.#problems.set(JSON.stringify([problem.code, problem.uri, problem.message]), problem);
  }

  result(unmatched: readonly string[]): Discovery {
    const files = this.isFull ? [] : [...this.#files.values()];
    const excluded = Array.from(this.#excluded, ([by, count]) => ({ by, files: count }));
    return {
      files: files.toSorted((a, b) => compareCodePoints(a.uri, b.uri)),
      excluded: excluded.toSorted((a, b) => compareCodePoints(a.by, b.by)),
      problems: [...this.#problems.values()],
      unmatched,
    };
  }
}
