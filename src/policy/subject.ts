import type { Origin, Resource } from '../model/resource.ts';
import type { ResourceKind } from '../model/vocabulary.ts';

/** One resource, ready to be judged. */
export type Subject = {
  readonly ref: string;
  readonly kind: ResourceKind;
  /** Where it was read; some rules are for files only, some for tenants. */
  readonly from: Origin['from'];
  /** Its facts as JSON text. */
  readonly facts: string;
  /** What follows `facts` in the text, part by part. Putting parts of millions of characters together takes its time. */
  readonly rest?: readonly string[];
  /** Fact groups that it cannot tell, with the reason. */
  readonly unknown: Resource['unknown'];
  /** Ids of the rules that its settings switch off. */
  readonly off: ReadonlySet<string>;
};
