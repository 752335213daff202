import type { JsonObject } from '../../model/resource.ts';
import type { Whole } from './fragments.ts';
import type { Known } from './known.ts';
import { refsOf } from './survey.ts';
import type { Ref } from './facets.ts';

/** Sponsors or owners with what is known of everyone behind them, and whether something of that could not be read. */
export function peopleOf(
  whole: Whole,
  facet: 'sponsors' | 'owners',
  known: Known,
): { readonly list: readonly JsonObject[]; readonly incomplete: boolean } {
  let incomplete = false;
  const list = refsOf(whole, facet).map((ref) => {
    const principal = known.principals.get(ref.id);
    if (principal?.incomplete !== false) incomplete = true;
    return personOf(ref, known);
  });
  return { list, incomplete };
}

function personOf(ref: Ref, { principals }: Known): JsonObject {
  const { '@odata.type': type, id } = ref;
  const principal = principals.get(id);
  const known = principal?.state === 'found' ? principal.properties : {};
  const counts =
    type === '#microsoft.graph.group'
      ? {
          memberCount: principal?.memberCount ?? null,
          enabledMemberCount: principal?.enabledMemberCount ?? null,
        }
      : {};
  return { '@odata.type': type, ...known, id, state: principal?.state ?? 'unread', ...counts };
}
