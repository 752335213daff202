import type { Problem } from '../documents/problem.ts';
import type { ResourceKind, Severity } from '../model/vocabulary.ts';
import type { BundleSource } from '../policy/bundle.ts';
import type { Control, RuleOutcome } from '../policy/types.ts';
import type { Collection } from '../model/collection.ts';
import type { EffectivePermission } from '../model/permissions.ts';
import type { ResourceRef } from '../model/resource.ts';
import type { Finding } from './finding.ts';

export type Verdict = 'pass' | 'fail' | 'incomplete' | 'error';

/** A threshold for the gate; `none` never fails on findings. */
export type FailOn = Severity | 'none';

/** The receipt of a run: what was meant to be read, what was read, what was judged. */
export type Ledger = {
  readonly inputs: {
    /** Files that held something to judge. */
    readonly read: number;
    /** Files that could not be read or parsed; each has a problem. */
    readonly failed: number;
    /** Files looked at that hold nothing for us. */
    readonly ignored: number;
    /** Application JSON without a marker: seen, mentioned, not judged. */
    readonly unmarked: readonly string[];
    /** Files left out, by the `exclude` pattern that did it. */
    readonly excluded: readonly { readonly by: string; readonly files: number }[];
  };
  readonly resources: {
    readonly total: number;
    readonly judged: number;
    /** Not judged because of a problem in them. */
    readonly failed: number;
  };
  /** `pairs` = evaluated + failed + notApplicable + skipped, over every resource x every rule. */
  readonly evaluations: {
    readonly pairs: number;
    readonly evaluated: number;
    readonly failed: number;
    readonly notApplicable: number;
    readonly skipped: number;
  };
};

/** What a reporter needs to know about a rule besides its findings. */
export type ReportedRule = {
  readonly id: string;
  readonly title: string;
  readonly description: string;
  readonly severity: Severity;
  readonly remediation: string;
  readonly controls: readonly Control[];
  /** Whether it judges files, tenants or both. */
  readonly judges: readonly ('files' | 'tenants')[];
  /** Name of the source that it comes from, as `Report.tool.policies` has it. Untrusted text. */
  readonly source: string;
  /** Address that tells more: our page of a built-in rule, the first reference of another one, or none. Untrusted text. */
  readonly url: string | null;
};

/** The policies of one source. */
export type ReportedPolicies = {
  readonly source: BundleSource;
  readonly digest: string;
  /** How many rules they have. */
  readonly rules: number;
};

/** An exit code that applies, and the sentence that says why. */
export type ExitReason = { readonly code: number; readonly reason: string };

/** The tenant that was read, and how much of it. */
export type ReportedTenant = {
  readonly id: string;
  /** Untrusted text. */
  readonly displayName: string | null;
  readonly cloud: string;
  /** RFC 3339, UTC: when it was read. */
  readonly startedAt: string;
  readonly finishedAt: string;
  /** Whether everything that was asked for was read to its end. */
  readonly complete: boolean;
  readonly collections: readonly Collection[];
  /** What was hidden on request. */
  readonly redacted: readonly ('names' | 'ids')[];
};

/** An object of a tenant that has findings. */
export type ReportedResource = {
  readonly ref: ResourceRef;
  readonly kind: ResourceKind;
  /** Untrusted text, as all that follows. */
  readonly name: string;
  readonly id: string;
  readonly appId: string | null;
  readonly portalUrl: string | null;
  /** The blueprint that an agent was made from. */
  readonly blueprint: { readonly ref: string; readonly name: string } | null;
  readonly permissions: readonly EffectivePermission[];
};

/** The whole result of a run. Reporters turn it into text. */
export type Report = {
  readonly tool: {
    readonly name: 'agentid-lint';
    readonly version: string;
    /** Of the policies of all sources together. */
    readonly policyDigest: string;
    /** In the order of the sources, the built-in ones first. */
    readonly policies: readonly ReportedPolicies[];
  };
  /** RFC 3339, UTC: the moment that expiry is judged against. */
  readonly now: string;
  readonly verdict: Verdict;
  readonly exitCode: number;
  /** Every code that applies, the one used first. */
  readonly exitReasons: readonly ExitReason[];
  readonly failOn: FailOn;
  readonly findings: readonly Finding[];
  readonly outcomes: readonly RuleOutcome[];
  readonly problems: readonly Problem[];
  readonly rules: readonly ReportedRule[];
  readonly ledger: Ledger;
  /** `null` when files were judged. */
  readonly tenant: ReportedTenant | null;
  /** Objects of the tenant with findings, in the order of the first finding of each. */
  readonly resources: readonly ReportedResource[];
};
