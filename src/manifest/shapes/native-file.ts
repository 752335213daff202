import type { SourceDocument } from '../../documents/document.ts';
import type { Problem } from '../../documents/problem.ts';
import type { JsonObject } from '../../model/resource.ts';
import { RESOURCE_KINDS } from '../../model/vocabulary.ts';
import { suggest } from '../../util/suggest.ts';
import { own, type Found, type Shape } from '../candidate.ts';
import { isObject } from '../../util/is-object.ts';
import { AGENT_KINDS, GRAPH_TYPES, hasBindings, hasResponseAnnotations, statedType } from '../odata.ts';
import { misspeltType, NOTHING, typedCandidate } from '../typed-candidate.ts';

/**
 * The form people write: `kind: agentIdentityBlueprint` and Graph's properties, relationships beside them. A file that
 * only has `@odata.type` says the same less strictly: Graph may have properties that we do not know.
 */
export const nativeFile: Shape = {
  name: 'native-file',
  recognises: ({ data }) => isObject(data) && (markOf(data) !== null || isTyped(data)),
  read: (document) => {
    const { data } = document;
    if (!isObject(data)) return NOTHING;
    const mark = markOf(data);
    if (mark !== null) return readMarked(document, data, mark);
    const type = statedType(data);
    return type === null
      ? NOTHING
      : typedCandidate(document, { path: [], data, unknownProperties: 'near-misses-refused' }, type);
  },
};

type Mark = { readonly meant: string; readonly exact: boolean };

/** What `kind` says. With `apiVersion` a slip is not ours: Kubernetes objects have kinds of their own. */
function markOf(data: JsonObject): Mark | null {
  const kind = own(data, 'kind');
  if (typeof kind !== 'string') return null;
  if (GRAPH_TYPES.includes(kind)) return { meant: kind, exact: true };
  const meant = Object.hasOwn(data, 'apiVersion') ? null : suggest(kind, GRAPH_TYPES);
  return meant === null ? null : { meant, exact: false };
}

function isTyped(data: JsonObject): boolean {
  const type = statedType(data);
  return type !== null && type.is !== 'other' && !hasResponseAnnotations(data) && !hasBindings(data);
}

function readMarked(document: SourceDocument, data: JsonObject, mark: Mark): Found {
  if (!mark.exact) return { candidates: [], problems: [misspeltType(document, ['kind'], mark.meant)] };
  const kind = AGENT_KINDS.find((each) => RESOURCE_KINDS[each].graphType === mark.meant);
  if (kind === undefined) return NOTHING;
  const type = statedType(data);
  if (type !== null && !(type.is === 'agent' && type.kind === kind)) {
    return { candidates: [], problems: [contradiction(document)] };
  }
  return { candidates: [{ kind, path: [], data, unknownProperties: 'refused' }], problems: [] };
}

function contradiction(document: SourceDocument): Problem {
  return {
    code: 'conflicting-properties',
    message: '"kind" and "@odata.type" say different things.',
    hint: 'Keep one of them.',
    uri: document.uri,
    range: document.locate(['@odata.type']).range,
    related: [{ message: '"kind" is here', range: document.locate(['kind']).range }],
  };
}
