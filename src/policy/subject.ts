import type { FactGroup, ResourceKind } from '../model/vocabulary.ts';

/** One resource, ready to be judged. */
export type Subject = {
  readonly ref: string;
  readonly kind: ResourceKind;
  /** Its facts as JSON text. */
  readonly facts: string;
  /** Fact groups that it cannot tell, with the reason. */
  readonly unknown: { readonly [group in FactGroup]?: 'declared-elsewhere' | 'facts-missing' };
  /** Ids of the rules that its settings switch off. */
  readonly off: ReadonlySet<string>;
};
