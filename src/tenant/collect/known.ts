import type { JsonObject } from '../../model/resource.ts';
import type { Outcome } from './outcome.ts';
import type { Wanted } from './pairs.ts';
import type { PrivilegedGroup } from './groups.ts';
import type { Principal } from './principals.ts';
import type { Inherited, ResourceApi } from './resources.ts';

/** What an object is called, for others that refer to it. */
export type Named = { readonly displayName: string | null };

/** Everything that the records of a snapshot are put together from, beside the rows of the object itself. */
export type Known = {
  readonly wanted: Wanted;
  readonly beta: boolean;
  readonly principals: ReadonlyMap<string, Principal>;
  readonly resources: ReadonlyMap<string, ResourceApi | null>;
  readonly groups: ReadonlyMap<string, PrivilegedGroup>;
  /** Directory roles of the groups, by the group's id. */
  readonly groupRoles: ReadonlyMap<string, readonly JsonObject[]>;
  readonly inherited: ReadonlyMap<string, Inherited>;
  /** The agent that was asked for a blueprint, by the blueprint's appId. */
  readonly samples: ReadonlyMap<string, string>;
  /** Agents by appId of their blueprint; `null` when the agents were not all read. */
  readonly agentCounts: ReadonlyMap<string, number> | null;
  /** Agents that agent users belong to. */
  readonly parents: ReadonlyMap<string, Named>;
  readonly deleted: ReadonlyMap<string, Named>;
  /** Names and kinds of the agents and principals that policies exclude. */
  readonly excluded: ReadonlyMap<string, Named & { readonly kind: 'agentIdentity' | 'blueprintPrincipal' }>;
  /** How the lists of the whole tenant ended; those that were not asked for are absent. */
  readonly lists: { readonly [name: string]: Outcome };
  /** Whether everyone in the privileged groups is known. */
  readonly membersKnown: boolean;
};

/** Whether anything of a list can be used. */
export function isUsable(outcome: Outcome | undefined): boolean {
  return outcome?.status === 'complete' || outcome?.status === 'partial';
}
