import type { JsonObject } from '../../model/resource.ts';
import { type Shape } from '../candidate.ts';
import { isObject } from '../../util/is-object.ts';
import { hasBindings, statedType, type StatedType } from '../odata.ts';
import type { ManifestHints } from '../result.ts';
import { NOTHING, typedCandidate } from '../typed-candidate.ts';

/**
 * The body of a create request: `sponsors@odata.bind` and `owners@odata.bind` list addresses. Sent to the address of
 * a type it need not name one, and then the config has to.
 */
export const graphCreateBody: Shape = {
  name: 'graph-create-body',
  recognises: ({ data }, hints) => isObject(data) && typeOf(data, hints).is !== 'other',
  read: (document, hints) => {
    const { data } = document;
    if (!isObject(data)) return NOTHING;
    return typedCandidate(
      document,
      { path: [], data, unknownProperties: 'near-misses-refused' },
      typeOf(data, hints),
    );
  },
};

function typeOf(data: JsonObject, hints: ManifestHints): StatedType {
  if (!hasBindings(data)) return { is: 'other' };
  return statedType(data) ?? (hints.as === undefined ? { is: 'other' } : { is: 'agent', kind: hints.as });
}
