import type { JsonObject } from '../../model/resource.ts';
import { type Shape } from '../candidate.ts';
import { isObject } from '../../util/is-object.ts';
import { contextType, hasResponseAnnotations, statedType, type StatedType } from '../odata.ts';
import { NOTHING, typedCandidate } from '../typed-candidate.ts';

/** One object as Graph answers a GET, with the relationships that were expanded. */
export const graphObject: Shape = {
  name: 'graph-object',
  recognises: ({ data }) => isObject(data) && typeOf(data).is !== 'other',
  read: (document) => {
    const { data } = document;
    if (!isObject(data)) return NOTHING;
    return typedCandidate(document, { path: [], data, unknownProperties: 'let-through' }, typeOf(data));
  },
};

/** The object's own type counts before the context's, which may name a base type. */
function typeOf(data: JsonObject): StatedType {
  if (!hasResponseAnnotations(data)) return { is: 'other' };
  const type = statedType(data) ?? contextType(data);
  return type === null || type.is === 'set' ? { is: 'other' } : type;
}
