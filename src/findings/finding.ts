import type { Path } from '../documents/pointer.ts';
import type { Range } from '../documents/range.ts';
import type { ResourceRef } from '../model/resource.ts';
import type { ResourceKind, Severity } from '../model/vocabulary.ts';
import type { ArgValue } from '../policy/types.ts';
import type { Suppression } from './suppression.ts';

/** A line of source around a finding. Secret values in it are masked with `*`, so columns stay true. */
export type SourceLine = {
  readonly number: number;
  readonly text: string;
  /** Of a long line, which is cut around the place: UTF-16 units left out before `text`, and whether some are after it. */
  readonly cut?: { readonly before: number; readonly after: boolean };
};

export type FileLocation = {
  readonly kind: 'file';
  /** Relative to the working directory, forward slashes. Untrusted text. */
  readonly uri: string;
  /** JSON Pointer in the document as written. */
  readonly pointer: string;
  /** `null` when the place could not be found; never a made-up line. */
  readonly range: Range | null;
  /** The lines of `range`; of a range over more than three lines the first. */
  readonly snippet: readonly SourceLine[];
};

/** A place in an object of a tenant. */
export type TenantLocation = {
  readonly kind: 'tenant';
  /** Where Graph has the object, relative to the version: `servicePrincipals/<id>`. Untrusted text. */
  readonly uri: string;
  /** JSON Pointer in the object, with Graph's property names. */
  readonly pointer: string;
  readonly range: null;
  readonly snippet: readonly [];
  /** Address of the object in the admin center; `null` when there is no page for it. Untrusted text. */
  readonly portalUrl: string | null;
  readonly tenantId: string;
};

export type Location = FileLocation | TenantLocation;

export type RelatedLocation = { readonly message: string; readonly location: Location };

/** One failure of one rule at one place. */
export type Finding = {
  readonly rule: string;
  readonly severity: Severity;
  readonly message: string;
  readonly remediation: string;
  readonly resource: { readonly kind: ResourceKind; readonly ref: ResourceRef; readonly name: string };
  /** Place of the resource among those of the run: two files may mean the same one. */
  readonly owner: number;
  readonly location: Location;
  /** Path inside the resource, canonical names. */
  readonly path: Path;
  readonly args: { readonly [name: string]: ArgValue };
  readonly related: readonly RelatedLocation[];
  /** Identity across runs: `v1:` and 32 hex digits. */
  readonly fingerprint: string;
  /** What it was under earlier names of the rule and earlier definitions of fingerprints; mostly none. */
  readonly formerFingerprints: readonly string[];
  /** `null` when it counts. */
  readonly suppressed: Suppression | null;
  /** What kept it from counting until it expired; `null` when nothing did, or something else does now. */
  readonly expired: Suppression | null;
};
