import type { SourceDocument } from '../documents/document.ts';
import type { Path } from '../documents/pointer.ts';
import type { Problem } from '../documents/problem.ts';
import type { JsonObject } from '../model/resource.ts';
import type { Candidate, Found } from './candidate.ts';
import { GRAPH_TYPES, type StatedType } from './odata.ts';

export const NOTHING: Found = { candidates: [], problems: [] };

/** The candidate that an object with a stated type is; a problem when the type is a slip of one of ours. */
export function typedCandidate(
  document: SourceDocument,
  { path, data, unknownProperties }: Pick<Candidate, 'path' | 'data' | 'unknownProperties'>,
  type: StatedType,
): Found {
  switch (type.is) {
    case 'agent':
      return { candidates: [{ kind: type.kind, path, data, unknownProperties }], problems: [] };
    case 'near-miss':
      return { candidates: [], problems: [misspeltType(document, [...path, typeKey(data)], type.meant)] };
    case 'other':
      return NOTHING;
  }
}

function typeKey(data: JsonObject): string {
  return Object.hasOwn(data, '@odata.type') ? '@odata.type' : '@odata.context';
}

/** A type name, at `path`, that is nearly one of ours. */
export function misspeltType(document: SourceDocument, path: Path, meant: string): Problem {
  return {
    code: 'unknown-type',
    message: `"${String(path.at(-1))}" names none of the types that are read: ${GRAPH_TYPES.join(', ')}.`,
    hint: `Did you mean "${meant}"?`,
    uri: document.uri,
    range: document.locate(path).range,
  };
}
