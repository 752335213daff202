import type { Problem } from '../documents/problem.ts';
import type { PrincipalFact } from '../model/facts.ts';
import type { FactGroup, ResourceKind, Severity } from '../model/vocabulary.ts';
import type { BundleSource } from '../policy/bundle.ts';
import type { Control, RuleOutcome, SkipReason } from '../policy/types.ts';
import type { Collection } from '../model/collection.ts';
import type { EffectivePermission } from '../model/permissions.ts';
import type { ResourceRef } from '../model/resource.ts';
import type { Finding } from './finding.ts';
import type { SuppressionNotice } from './suppression.ts';

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

/** Somebody who answers for a resource. All texts are untrusted. */
export type ReportedPrincipal = {
  readonly kind: PrincipalFact['kind'];
  readonly id: string | null;
  /** Display name, else user principal name, else the id; `null` when nothing is told. */
  readonly name: string | null;
  readonly state: PrincipalFact['state'];
};

/** Where a resource stands as a whole. */
type ResourceLocation =
  | {
      readonly kind: 'file';
      /** Relative to the working directory, forward slashes. Untrusted text. */
      readonly uri: string;
      /** JSON Pointer of the resource in its document. */
      readonly pointer: string;
    }
  | {
      readonly kind: 'tenant';
      /** Where Graph has the object, relative to the version. Untrusted text. */
      readonly uri: string;
    };

/** A resource that was judged. */
export type ReportedResource = {
  readonly ref: ResourceRef;
  readonly kind: ResourceKind;
  /** Untrusted text, as all that follows. */
  readonly name: string;
  /** Object id; `null` when a file does not state it. */
  readonly id: string | null;
  readonly appId: string | null;
  readonly location: ResourceLocation;
  readonly portalUrl: string | null;
  /** The blueprint that an agent was made from. */
  readonly blueprint: { readonly ref: string; readonly name: string } | null;
  /** `null` when nobody knows: kept elsewhere, not read, or not of this kind. */
  readonly sponsors: readonly ReportedPrincipal[] | null;
  readonly owners: readonly ReportedPrincipal[] | null;
  /** What it may do: granted to it, or inherited from its blueprint. */
  readonly permissions: readonly EffectivePermission[];
  /** Of a blueprint: what every agent made from it inherits. Empty for other kinds. */
  readonly passesOn: readonly EffectivePermission[];
  /** Of a blueprint: how many agent identities made from it were judged. `null` for other kinds. */
  readonly agents: number | null;
  /** Index into `Report.checks`: what was asked of it. */
  readonly checks: number;
  /** Why it could not be judged; `null` when it was. */
  readonly broken: string | null;
};

/** What was asked of a resource: rules that neither apply nor are on are in neither list. In the order of rule ids. */
export type RuleChecks = {
  /** Ids of the rules that judged it. */
  readonly evaluated: readonly string[];
  readonly skipped: readonly {
    readonly rule: string;
    readonly reason: Exclude<SkipReason, 'off' | 'not-applicable'>;
    readonly missing: readonly FactGroup[];
  }[];
};

/** What is reported when only a change is: findings elsewhere were left out. */
export type ReportedChange = {
  /** The commit that was compared with. Untrusted text. */
  readonly since: string;
  /** Files that were changed, added or removed, relative to the working directory. */
  readonly files: number;
  /** Findings in and about other files, which the report leaves out. */
  readonly leftOut: number;
};

/** More findings of a severity than these fail the run; up to them they do not, whatever the threshold says. */
export type MaxFindings = { readonly [severity in Severity]?: number };

/** What a run looked at to tell which findings count. */
export type ReportedSuppressions = {
  /** `null` when there is no such file. `file` is relative to the working directory, forward slashes. */
  readonly waivers: { readonly file: string; readonly entries: number } | null;
  readonly baseline: { readonly file: string; readonly entries: number } | null;
  /** Whether what stands beside findings was honoured. */
  readonly inline: boolean;
  /** In the order of their files and places. */
  readonly notices: readonly SuppressionNotice[];
};

/** A principal that the config exempts from every rule. All texts are untrusted. */
export type ReportedExemption = {
  /** Object id or application id. */
  readonly id: string;
  readonly reason: string;
  /** Findings that do not count because of it. */
  readonly findings: number;
};

/** What has changed since an earlier report. A finding is in one of the numbers at most. */
export type ReportedComparison = {
  /** Name of the file of the earlier report. Untrusted text. */
  readonly file: string;
  /** The moment of the earlier report: RFC 3339, UTC. */
  readonly now: string;
  readonly added: number;
  readonly fixed: number;
  /** Counted in both, with another severity. */
  readonly severityChanged: number;
  /** Counted then, and suppressed now. */
  readonly suppressed: number;
  /** Suppressed then, and counting now. */
  readonly unsuppressed: number;
  /** Counted then, and could not be judged now. */
  readonly unknown: number;
};

/** What a run says of a control. */
export type ControlStatus =
  /** Judged, and nothing was found. */
  | 'passed'
  /** All that was found is suppressed. */
  | 'accepted'
  | 'failed'
  /** Nothing was found that counts, and some of it could not be judged. */
  | 'incomplete'
  /** None of its rules had anything to judge, or all are off. */
  | 'notEvaluated'
  /** No rule is about it. */
  | 'notCovered';

/** What the rules of a control say. Texts of frameworks that users write are untrusted. */
export type ReportedControl = {
  readonly id: string;
  readonly title: string;
  readonly url: string | null;
  readonly status: ControlStatus;
  readonly rules: readonly {
    readonly rule: string;
    readonly status: Exclude<ControlStatus, 'notCovered'>;
    /** Where it is written that the rule is about the control: an address, or a sentence. */
    readonly source: string;
    /** Resources that it judged. */
    readonly evaluated: number;
    /** Of these, those without a finding that counts. */
    readonly passed: number;
    readonly failed: number;
    /** Resources that it applies to and could not judge. */
    readonly skipped: number;
    /** Findings that do not count. */
    readonly suppressed: number;
    /** Why it was not evaluated, or not everywhere; `null` when it was. */
    readonly reason: string | null;
  }[];
};

/** The result by the controls of a framework. */
export type ReportedFramework = {
  readonly id: string;
  readonly title: string;
  /** Where it is published; `null` when it is not. */
  readonly url: string | null;
  /** In the framework's order. */
  readonly controls: readonly ReportedControl[];
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
  readonly maxFindings: MaxFindings;
  /** Whether every finding fails the run that is neither in the baseline nor in the earlier report. */
  readonly failOnNew: boolean;
  readonly findings: readonly Finding[];
  readonly outcomes: readonly RuleOutcome[];
  readonly problems: readonly Problem[];
  readonly rules: readonly ReportedRule[];
  readonly ledger: Ledger;
  /** `null` when files were judged. */
  readonly tenant: ReportedTenant | null;
  /**
   * Resources that were given to the policies: all that have findings; then blueprints and those that broke, then others,
   * as long as there are no more than `MOST_RESOURCES`. In the order of the run.
   */
  readonly resources: readonly ReportedResource[];
  /** How many more there were: they have no findings. */
  readonly unlisted: number;
  readonly checks: readonly RuleChecks[];
  /** The working directory seen from the root of its repository, forward slashes; empty when it is the root, or in none. */
  readonly base: string;
  /**
   * Files, folders and patterns that were named to be judged, relative to the working directory or absolute, as they were
   * written, in code-point order; none for all of it. Of a tenant always none. Untrusted text.
   */
  readonly paths: readonly string[];
  readonly config: {
    /** Files that settings came from, and folders of own rules, relative to the working directory; the config file first. */
    readonly files: readonly string[];
  };
  /** `null` when everything is reported. */
  readonly change: ReportedChange | null;
  readonly suppressions: ReportedSuppressions;
  /** In the order of the config. */
  readonly exemptPrincipals: readonly ReportedExemption[];
  /** `null` when no earlier report was named. */
  readonly previous: ReportedComparison | null;
  /** `null` when no framework was named. */
  readonly framework: ReportedFramework | null;
};
