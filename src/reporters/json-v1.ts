/** The types of the report that `schemas/report.schema.json` describes. They are our word to others: only added to. */

type JsonPosition = { readonly line: number; readonly column: number };

export type JsonRange = { readonly start: JsonPosition; readonly end: JsonPosition };

export type JsonFindingLocation =
  | {
      readonly kind: 'file';
      readonly uri: string;
      readonly pointer: string;
      readonly range: JsonRange | null;
    }
  | {
      readonly kind: 'tenant';
      readonly uri: string;
      readonly pointer: string;
      readonly range: null;
      readonly portalUrl: string | null;
      readonly tenantId: string;
    };

export type JsonFinding = {
  readonly rule: string;
  readonly severity: string;
  readonly message: string;
  readonly remediation: string;
  readonly resource: { readonly kind: string; readonly ref: string; readonly name: string };
  readonly location: JsonFindingLocation;
  readonly args: { readonly [name: string]: string | number | boolean | null | readonly string[] };
  readonly related: readonly { readonly message: string; readonly location: JsonFindingLocation }[];
  readonly fingerprint: string;
  /** Always `null` so far: nothing can be suppressed yet. */
  readonly suppressed: null;
};

export type JsonSkippedSubjects = {
  readonly reason: string;
  readonly subjects: number;
  readonly missing: readonly string[];
};

export type JsonOutcome = { readonly rule: string } & (
  | {
      readonly status: 'evaluated';
      readonly subjects: number;
      readonly failing: number;
      readonly skipped: readonly JsonSkippedSubjects[];
    }
  | { readonly status: 'skipped'; readonly reason: string; readonly missing: readonly string[] }
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

export type JsonReport = {
  readonly format: 'json-v1';
  readonly tool: {
    readonly name: string;
    readonly version: string;
    readonly policyDigest: string;
    readonly policies: readonly {
      readonly source: { readonly kind: string; readonly name: string };
      readonly digest: string;
      readonly rules: number;
    }[];
  };
  readonly now: string;
  readonly verdict: string;
  readonly exitCode: number;
  readonly exitReasons: readonly { readonly code: number; readonly reason: string }[];
  readonly failOn: string;
  readonly summary: {
    readonly critical: number;
    readonly high: number;
    readonly medium: number;
    readonly low: number;
    readonly info: number;
    readonly suppressed: number;
    readonly resources: number;
    readonly files: number;
  };
  readonly findings: readonly JsonFinding[];
  readonly outcomes: readonly JsonOutcome[];
  readonly problems: readonly JsonProblem[];
  readonly ledger: JsonLedger;
  /** Only of a run over a tenant, as what follows. */
  readonly tenant?: JsonTenant;
  readonly resources?: readonly JsonResource[];
};

export type JsonTenant = {
  readonly id: string;
  readonly displayName: string | null;
  readonly cloud: string;
  readonly startedAt: string;
  readonly finishedAt: string;
  readonly complete: boolean;
  readonly redacted: readonly string[];
  readonly collections: readonly {
    readonly group: string;
    readonly of: string;
    readonly status: string;
    readonly api: string;
    readonly objects: number;
    readonly unread: number;
    readonly requests: number;
    readonly duplicates: number;
    readonly permissions: readonly string[];
    readonly reason: string | null;
    readonly by: string | null;
    readonly evidence: {
      readonly status: number | null;
      readonly code: string | null;
      readonly request: string;
      readonly requestId: string | null;
    } | null;
  }[];
};

export type JsonResource = {
  readonly ref: string;
  readonly kind: string;
  readonly name: string;
  readonly id: string | null;
  readonly appId: string | null;
  readonly portalUrl: string | null;
  readonly blueprint: { readonly ref: string; readonly name: string } | null;
  readonly permissions: readonly {
    readonly kind: string;
    readonly name: string;
    readonly resource: { readonly appId: string | null; readonly displayName: string | null };
    readonly origin:
      { readonly by: 'direct' } | { readonly by: 'inherited'; readonly from: string; readonly name: string };
    readonly consent: string | null;
  }[];
};
