import type { Path } from '../documents/pointer.ts';
import type { DocumentKind, FactGroup, ResourceKind } from './vocabulary.ts';

export type JsonObject = { readonly [key: string]: unknown };

/** Identity of a resource across files and runs: its kind and the most stable id it states. */
export type ResourceRef = `${ResourceKind}/${string}`;

/** Where a resource in a file stands. */
export type DocumentOrigin = {
  readonly from: 'document';
  readonly uri: string;
  /** 0-based document in a multi-document stream. */
  readonly index: number;
  /** The path of the resource inside its document; `[]` when the document is the resource. */
  readonly path: Path;
  /** The way of writing a resource down that was recognised. */
  readonly shape: string;
  /** Canonical property name to the key it has in the document, for shapes that spell one differently. */
  readonly aliases: { readonly [property: string]: string };
};

/** A resource that was read from a tenant. */
type TenantOrigin = {
  readonly from: 'tenant';
  readonly tenantId: string;
  /** Where Graph has it, relative to the version: `servicePrincipals/<id>`. Untrusted text. */
  readonly path: string;
  /** Address of the object in the Entra admin center; `null` when there is no page for it. Untrusted text. */
  readonly portalUrl: string | null;
  /** Version of Graph that it was read from. */
  readonly api: 'v1.0' | 'beta';
};

export type Origin = DocumentOrigin | TenantOrigin;

/**
 * Why a fact group is unknown. `declared-elsewhere`: kept somewhere else on purpose. `facts-missing`: could not be read.
 * `not-asked`: the user chose to do without, as with `--no-beta`. `not-visible`: everything was read, and Graph does not
 * tell: what a blueprint of another tenant makes inheritable, or when an agent without evidence signed in. Only
 * `facts-missing` makes a run incomplete.
 */
export type UnknownReason = 'declared-elsewhere' | 'facts-missing' | 'not-asked' | 'not-visible';

/** One object to judge, with Graph's property names. Relationships stand beside the properties, under their Graph names. */
export type Resource = {
  readonly ref: ResourceRef;
  readonly kind: ResourceKind;
  /** What a reader calls it: display name, else unique name, else file name. */
  readonly name: string;
  readonly origin: Origin;
  readonly properties: JsonObject;
  /** Fact groups this source cannot tell about, with the reason; every other group is known, present or absent. */
  readonly unknown: { readonly [group in FactGroup]?: UnknownReason };
};

/** A resource that stands in a file. */
export type DocumentResource = Resource & { readonly kind: DocumentKind; readonly origin: DocumentOrigin };
