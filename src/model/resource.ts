import type { Path } from '../documents/pointer.ts';
import type { FactGroup, ResourceKind } from './vocabulary.ts';

export type JsonObject = { readonly [key: string]: unknown };

/** Identity of a resource across files and runs: its kind and the most stable id it states. */
export type ResourceRef = `${ResourceKind}/${string}`;

export type Origin = {
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

/** One object to judge, with Graph's property names. Relationships stand beside the properties, under their Graph names. */
export type Resource = {
  readonly ref: ResourceRef;
  readonly kind: ResourceKind;
  /** What a reader calls it: display name, else unique name, else file name. */
  readonly name: string;
  readonly origin: Origin;
  readonly properties: JsonObject;
  /** Fact groups this source cannot tell about, with the reason; every other group is known, present or absent. */
  readonly unknown: { readonly [group in FactGroup]?: 'declared-elsewhere' | 'facts-missing' };
};
