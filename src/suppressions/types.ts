import type { Suppression } from '../findings/suppression.ts';
import type { ResourceKind } from '../model/vocabulary.ts';

/** How a resource can be named in a file that suppresses findings; `null` for what it does not state. */
export type ResourceIdentity = {
  readonly id: string | null;
  readonly appId: string | null;
  readonly uniqueName: string | null;
};

/** The one resource that a waiver is about. */
export type WaivedObject =
  | {
      readonly by: 'file';
      /** Relative to the working directory, forward slashes. */
      readonly uri: string;
      /** 0-based document in a multi-document stream. */
      readonly index: number;
      /** JSON Pointer of the resource in its document; empty when it is all of it. */
      readonly pointer: string;
    }
  | { readonly by: keyof ResourceIdentity; readonly value: string };

/** One entry of a waivers file that fits its schema and the config. */
export type Waiver = {
  /** Current id of the rule. */
  readonly rule: string;
  readonly object: WaivedObject;
  /** `null`: of any kind. */
  readonly kind: ResourceKind | null;
  /** The offending value that is waived; `null` when every value is. */
  readonly value: { readonly json: unknown } | null;
  /** The finding that is waived; `null` when any of the rule in the resource is. */
  readonly fingerprint: string | null;
  /** What reports tell of it. */
  readonly suppression: Suppression;
  /** Seconds since 1970-01-01T00:00:00Z: the first moment at which it does not hold any more. */
  readonly ends: number;
};

export type WaiversFile = {
  /** Relative to the working directory, forward slashes. */
  readonly uri: string;
  readonly entries: readonly Waiver[];
};

/** A finding that was there when the baseline was made. */
export type BaselineEntry = {
  readonly rule: string;
  readonly resource: string;
  /** JSON Pointer inside the resource. */
  readonly at: string;
  readonly fingerprint: string;
  /** 1-based. */
  readonly line: number;
};

export type Baseline = {
  /** Relative to the working directory, forward slashes. */
  readonly uri: string;
  /** By fingerprint. */
  readonly entries: ReadonlyMap<string, BaselineEntry>;
};

/** What the config asks of waivers and of what stands beside findings. */
export type SuppressionPolicy = {
  /** Days from `created` (of what stands beside a finding: from now) to the end; `null` for any number. */
  readonly maxDays: number | null;
  /** Whether what stands beside a finding has to name who approved it; waivers always do. */
  readonly requireApprover: boolean;
  /** Days before its end that a suppression is told as about to expire. */
  readonly warnBeforeDays: number;
};

/** What a run looks at to tell which findings count. */
export type SuppressionSources = {
  readonly waivers: WaiversFile | null;
  readonly baseline: Baseline | null;
  /** Whether what stands beside findings is honoured. */
  readonly inline: boolean;
  readonly policy: SuppressionPolicy;
};
