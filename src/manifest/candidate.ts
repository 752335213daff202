import type { Path } from '../documents/pointer.ts';
import type { Problem } from '../documents/problem.ts';
import type { SourceDocument } from '../documents/document.ts';
import type { JsonObject } from '../model/resource.ts';
import type { DocumentKind } from '../model/vocabulary.ts';
import type { ManifestHints } from './result.ts';

/** Something in a document that says it is a resource, before anything in it was checked. */
export type Candidate = {
  readonly kind: DocumentKind;
  readonly path: Path;
  readonly data: JsonObject;
  /**
   * What happens to unknown properties. `refused`: each is a problem. `near-misses-refused`: only those that look
   * like a slip of a known one. `let-through`: none is.
   */
  readonly unknownProperties: 'refused' | 'near-misses-refused' | 'let-through';
};

export type Found = { readonly candidates: readonly Candidate[]; readonly problems: readonly Problem[] };

/** One way of writing resources down. */
export interface Shape {
  readonly name: string;
  recognises(document: SourceDocument, hints: ManifestHints): boolean;
  /** Called only with a document that it recognises. */
  read(document: SourceDocument, hints: ManifestHints): Found;
}

/** The value of an own property. Inherited ones do not count: `constructor` is not in every manifest. */
export function own(data: JsonObject, key: string): unknown {
  return Object.hasOwn(data, key) ? data[key] : undefined;
}

const NAMES = ['displayName', 'id', 'appId', 'uniqueName', 'userPrincipalName'];

/** Whether it has a name or an id, as every export of an application, principal or user does. */
export function isNamed(data: JsonObject): boolean {
  return NAMES.some((name) => Object.hasOwn(data, name));
}
