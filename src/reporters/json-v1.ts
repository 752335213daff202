import type { ControlStatus, FailOn, Verdict } from '../findings/report.ts';
import type { Suppression, SuppressionNotice } from '../findings/suppression.ts';
import type { CollectionStatus } from '../model/collection.ts';
import type { PrincipalFact } from '../model/facts.ts';
import type { EffectivePermission } from '../model/permissions.ts';
import type { ResourceRef } from '../model/resource.ts';
import type { FactGroup, ResourceKind, Severity } from '../model/vocabulary.ts';
import type { BundleSource } from '../policy/bundle.ts';
import type { ArgValue, SkipReason } from '../policy/types.ts';

/**
 * The types of the report that `schemas/report.schema.json` describes. They are our word to others: only added to. They
 * hold everything that any format is made of, so that a saved report can be written again as each of them.
 */

type JsonPosition = { readonly line: number; readonly column: number };

export type JsonRange = { readonly start: JsonPosition; readonly end: JsonPosition };

type JsonFileLocation = {
  readonly kind: 'file';
  readonly uri: string;
  readonly pointer: string;
  readonly range: JsonRange | null;
  readonly snippet: readonly {
    readonly number: number;
    readonly text: string;
    readonly cut?: { readonly before: number; readonly after: boolean };
  }[];
};

type JsonTenantLocation = {
  readonly kind: 'tenant';
  readonly uri: string;
  readonly pointer: string;
  readonly range: null;
  readonly portalUrl: string | null;
  readonly tenantId: string;
};

export type JsonFindingLocation = JsonFileLocation | JsonTenantLocation;

export type JsonSuppression = {
  readonly kind: Suppression['kind'];
  readonly reason: string;
  readonly approvedBy: string | null;
  readonly ticket: string | null;
  readonly created: string | null;
  readonly expires: string | null;
  readonly location: {
    readonly kind: 'file';
    readonly uri: string;
    readonly range: JsonRange | null;
  } | null;
};

export type JsonFinding = {
  readonly rule: string;
  readonly severity: Severity;
  readonly message: string;
  readonly remediation: string;
  readonly resource: {
    readonly kind: ResourceKind;
    readonly ref: ResourceRef;
    readonly name: string;
    readonly index: number;
  };
  readonly location: JsonFindingLocation;
  readonly path: readonly (string | number)[];
  readonly args: { readonly [name: string]: ArgValue };
  readonly related: readonly { readonly message: string; readonly location: JsonFindingLocation }[];
  readonly fingerprint: string;
  readonly formerFingerprints: readonly string[];
  readonly suppressed: JsonSuppression | null;
  readonly expired: JsonSuppression | null;
};

export type JsonSuppressionNotice = {
  readonly concern: SuppressionNotice['concern'];
  readonly kind: SuppressionNotice['kind'];
  readonly rule: string;
  readonly object: string;
  readonly message: string;
  readonly expires: string | null;
  readonly location: JsonSuppression['location'];
};

type JsonSuppressionsFile = { readonly file: string; readonly entries: number };

export type JsonSuppressions = {
  readonly waivers: JsonSuppressionsFile | null;
  readonly baseline: JsonSuppressionsFile | null;
  readonly inline: boolean;
  readonly notices: readonly JsonSuppressionNotice[];
};

export type JsonMaxFindings = { readonly [severity in Severity]?: number };

export type JsonExemption = { readonly id: string; readonly reason: string; readonly findings: number };

export type JsonComparison = {
  readonly file: string;
  readonly now: string;
  readonly added: number;
  readonly fixed: number;
  readonly severityChanged: number;
  readonly suppressed: number;
  readonly unsuppressed: number;
  readonly unknown: number;
};

export type JsonControlRule = {
  readonly rule: string;
  readonly status: Exclude<ControlStatus, 'notCovered'>;
  readonly source: string;
  readonly evaluated: number;
  readonly passed: number;
  readonly failed: number;
  readonly skipped: number;
  readonly suppressed: number;
  readonly reason: string | null;
};

export type JsonControl = {
  readonly id: string;
  readonly title: string;
  readonly url: string | null;
  readonly status: ControlStatus;
  readonly rules: readonly JsonControlRule[];
};

export type JsonFramework = {
  readonly id: string;
  readonly title: string;
  readonly url: string | null;
  readonly controls: readonly JsonControl[];
};

export type JsonSkippedSubjects = {
  readonly reason: Exclude<SkipReason, 'not-applicable'>;
  readonly subjects: number;
  readonly missing: readonly FactGroup[];
};

export type JsonOutcome = { readonly rule: string } & (
  | {
      readonly status: 'evaluated';
      readonly subjects: number;
      readonly failing: number;
      readonly skipped: readonly JsonSkippedSubjects[];
    }
  | { readonly status: 'skipped'; readonly reason: SkipReason; readonly missing: readonly FactGroup[] }
  | { readonly status: 'failed'; readonly error: string }
);

export type JsonProblem = {
  readonly code: string;
  readonly message: string;
  readonly hint: string | null;
  /** `null` when no file is meant. */
  readonly location: { readonly kind: 'file'; readonly uri: string; readonly range: JsonRange | null } | null;
  readonly related: readonly { readonly message: string; readonly range: JsonRange }[];
};

export type JsonRule = {
  readonly id: string;
  readonly title: string;
  readonly description: string;
  readonly severity: Severity;
  readonly remediation: string;
  readonly controls: readonly { readonly framework: string; readonly id: string }[];
  readonly judges: readonly ('files' | 'tenants')[];
  readonly source: string;
  readonly url: string | null;
};

export type JsonLedger = {
  readonly inputs: {
    readonly read: number;
    readonly failed: number;
    readonly ignored: number;
    readonly unmarked: readonly string[];
    readonly excluded: readonly { readonly by: string; readonly files: number }[];
  };
  readonly resources: { readonly total: number; readonly judged: number; readonly failed: number };
  readonly evaluations: {
    readonly pairs: number;
    readonly evaluated: number;
    readonly failed: number;
    readonly notApplicable: number;
    readonly skipped: number;
  };
};

export type JsonTenant = {
  readonly id: string;
  readonly displayName: string | null;
  readonly cloud: string;
  readonly startedAt: string;
  readonly finishedAt: string;
  readonly complete: boolean;
  readonly redacted: readonly ('names' | 'ids')[];
  readonly collections: readonly JsonCollection[];
};

export type JsonCollection = {
  readonly group: FactGroup;
  readonly of: ResourceKind;
  readonly status: CollectionStatus;
  readonly api: 'v1.0' | 'beta';
  readonly objects: number;
  readonly unread: number;
  readonly requests: number;
  readonly duplicates: number;
  readonly permissions: readonly string[];
  readonly reason: string | null;
  readonly by: 'user' | 'plan' | null;
  readonly evidence: {
    readonly status: number | null;
    readonly code: string | null;
    readonly request: string;
    readonly requestId: string | null;
  } | null;
};

export type JsonPrincipal = {
  readonly kind: PrincipalFact['kind'];
  readonly id: string | null;
  readonly name: string | null;
  readonly state: PrincipalFact['state'];
};

export type JsonPermission = {
  readonly kind: EffectivePermission['kind'];
  readonly name: string;
  readonly resource: { readonly appId: string | null; readonly displayName: string | null };
  readonly origin:
    { readonly by: 'direct' } | { readonly by: 'inherited'; readonly from: string; readonly name: string };
  readonly consent: EffectivePermission['consent'];
};

export type JsonResource = {
  readonly ref: ResourceRef;
  readonly kind: ResourceKind;
  readonly name: string;
  readonly id: string | null;
  readonly appId: string | null;
  readonly location:
    | { readonly kind: 'file'; readonly uri: string; readonly pointer: string }
    | { readonly kind: 'tenant'; readonly uri: string };
  readonly portalUrl: string | null;
  readonly blueprint: { readonly ref: string; readonly name: string } | null;
  readonly sponsors: readonly JsonPrincipal[] | null;
  readonly owners: readonly JsonPrincipal[] | null;
  readonly permissions: readonly JsonPermission[];
  readonly passesOn: readonly JsonPermission[];
  readonly agents: number | null;
  readonly checks: number;
  readonly broken: string | null;
};

export type JsonChecks = {
  readonly evaluated: readonly string[];
  readonly skipped: readonly {
    readonly rule: string;
    readonly reason: Exclude<SkipReason, 'off' | 'not-applicable'>;
    readonly missing: readonly FactGroup[];
  }[];
};

export type JsonSummary = { readonly [severity in Severity]: number } & {
  readonly suppressed: number;
  readonly resources: number;
  readonly files: number;
};

export type JsonTool = {
  readonly name: 'agentid-lint';
  readonly version: string;
  readonly policyDigest: string;
  readonly policies: readonly {
    readonly source: { readonly kind: BundleSource['kind']; readonly name: string };
    readonly digest: string;
    readonly rules: number;
  }[];
};

/** What is told of a run besides what was found, missed and judged one by one. */
export type JsonRun = {
  readonly tool: JsonTool;
  readonly now: string;
  readonly verdict: Verdict;
  readonly exitCode: number;
  readonly exitReasons: readonly { readonly code: number; readonly reason: string }[];
  readonly failOn: FailOn;
  readonly maxFindings: JsonMaxFindings;
  readonly failOnNew: boolean;
  readonly summary: JsonSummary;
  readonly paths: readonly string[];
  readonly base: string;
  readonly config: { readonly files: readonly string[] };
  readonly change: { readonly since: string; readonly files: number; readonly leftOut: number } | null;
  readonly suppressions: JsonSuppressions;
  readonly exemptPrincipals: readonly JsonExemption[];
  readonly previous: JsonComparison | null;
  readonly framework: JsonFramework | null;
  readonly ledger: JsonLedger;
  readonly unlisted: number;
  /** Only of a run over a tenant. */
  readonly tenant?: JsonTenant;
};

export type JsonReport = { readonly format: 'json-v1' } & JsonRun & {
    readonly findings: readonly JsonFinding[];
    readonly outcomes: readonly JsonOutcome[];
    readonly problems: readonly JsonProblem[];
    readonly rules: readonly JsonRule[];
    readonly resources: readonly JsonResource[];
    readonly checks: readonly JsonChecks[];
  };
