import type { BaselineEntry, InlineEntry, Waiver } from './types.ts';

/** How many findings a suppression is about, and how many of these count because it has expired. */
export type Use = { readonly findings: number; readonly back: number };

const UNUSED: Use = { findings: 0, back: 0 };

/** What suppressions were about in a run. */
export class Uses {
  readonly #uses = new Map<Waiver | InlineEntry | BaselineEntry, Use>();

  take(one: Waiver | InlineEntry | BaselineEntry, { isBack }: { readonly isBack: boolean }): void {
    const { findings, back } = this.of(one);
    this.#uses.set(one, { findings: findings + 1, back: back + (isBack ? 1 : 0) });
  }

  of(one: Waiver | InlineEntry | BaselineEntry): Use {
    return this.#uses.get(one) ?? UNUSED;
  }
}
