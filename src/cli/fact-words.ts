import { FACT_GROUPS, type FactGroup, type ResourceKind } from '../model/vocabulary.ts';
import { GROUP_WORDS, KIND_WORDS, LISTS } from '../reporters/tenant-words.ts';

/** A collection in words: `agent identities`, `sponsors of blueprints`. */
export function collectionInWords({
  group,
  of,
}: {
  readonly group: FactGroup;
  readonly of: ResourceKind;
}): string {
  return LISTS.has(group) ? GROUP_WORDS[group] : `${GROUP_WORDS[group]} of ${kindInWords(of)}`;
}

/** Collections in words, those of one group together: `sponsors of blueprints and agent identities`. */
export function collectionsInWords(
  collections: readonly { readonly group: FactGroup; readonly of: ResourceKind }[],
): readonly string[] {
  return FACT_GROUPS.flatMap((group) => {
    const kinds = collections.filter((each) => each.group === group).map(({ of }) => kindInWords(of));
    if (kinds.length === 0) return [];
    return LISTS.has(group)
      ? [GROUP_WORDS[group]]
      : [`${GROUP_WORDS[group]} of ${listed([...new Set(kinds)])}`];
  });
}

function kindInWords(kind: ResourceKind): string {
  return kind === 'organization' ? 'the tenant' : KIND_WORDS[kind][1];
}

/** `a, b and c`. */
export function listed(words: readonly string[]): string {
  return words.length < 2 ? words.join('') : `${words.slice(0, -1).join(', ')} and ${words.at(-1) ?? ''}`;
}
