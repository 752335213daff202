import type { Facts } from '../model/facts.ts';
import type { Known, Place } from '../model/known.ts';

/** A part of `data.agentid.known`, in its form. */
export type LookUps = Known;

/** The entries of the look-ups that are about a resource or its folder. */
export function lookupsFor(known: Known, { ref, origin }: Pick<Facts, 'ref' | 'origin'>): LookUps {
  const isIn = (_: string, places: readonly Place[]) => places.some((place) => place.ref === ref);
  const isOfFolder = (directory: string) => directory === origin.directory;
  return {
    shared_federated_identities: pick(known.shared_federated_identities, isIn),
    shared_names: pick(known.shared_names, isIn),
    blueprint_ids: pick(known.blueprint_ids, isOfFolder),
    tool_scopes: pick(known.tool_scopes, isOfFolder),
  };
}

function pick<V>(
  entries: { readonly [key: string]: V },
  isWanted: (key: string, value: V) => boolean,
): { readonly [key: string]: V } {
  return Object.fromEntries(Object.entries(entries).filter(([key, value]) => isWanted(key, value)));
}
