import type { EffectiveSettings } from '../config/config.ts';
import type { Range } from '../documents/range.ts';
import type { Suppression } from '../findings/suppression.ts';
import type { ResourceRef } from '../model/resource.ts';
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
  /** As the run knows it: a file is seen from its working directory. */
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

/** What a suppression that stands beside findings is about. */
type Covered =
  | {
      /** What begins on a 1-based line; `null` when nothing comes after it. */
      readonly by: 'line';
      readonly line: number | null;
    }
  | {
      /** The object at a JSON Pointer of the document, and its own properties. */
      readonly by: 'object';
      readonly pointer: string;
    };

/** Where a suppression stands beside findings. */
export type InlinePlace = {
  /** The document that it is in: relative to the working directory, and 0-based in a stream. */
  readonly uri: string;
  readonly index: number;
  readonly covers: Covered;
  /** The resources that it stands in, by their places in the run. */
  readonly owners: readonly number[];
  /** Whether everything in the document could be read: then what is in no resource is about nothing. */
  readonly isWhole: boolean;
};

/** A suppression beside findings, as it is written. */
export type InlineMark = InlinePlace & {
  /** `null` when it is no text. */
  readonly text: string | null;
  readonly range: Range;
  /** The column at which the text begins, when it stands in the file letter for letter; else `null`. */
  readonly column: number | null;
};

/** One suppression that stands beside findings, and fits its grammar and the config. */
export type InlineEntry = InlinePlace & {
  /** Current id of the rule. */
  readonly rule: string;
  /** What reports tell of it. */
  readonly suppression: Suppression;
  /** Seconds since 1970-01-01T00:00:00Z: the first moment at which it does not hold any more. */
  readonly ends: number;
};

/** A resource that was given to the policies, as far as suppressions ask about it. */
export type NamedResource = {
  readonly ref: ResourceRef;
  readonly kind: ResourceKind;
  readonly identity: ResourceIdentity;
  /** Where it stands in a file; `null` in a tenant. */
  readonly place: { readonly uri: string; readonly index: number; readonly pointer: string } | null;
  readonly settings: EffectiveSettings;
  /** Whether a rule has judged it, so that it would have found what there is. */
  readonly wasJudgedBy: (rule: string) => boolean;
};

/** A rule that may be named where findings are suppressed. */
export type SuppressibleRule = {
  readonly id: string;
  readonly aliases: readonly string[];
};
