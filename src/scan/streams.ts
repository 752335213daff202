import type { ResourceKind } from '../model/vocabulary.ts';
import { STREAMS, type StreamName } from '../tenant/snapshot/types.ts';

/** The kind of resource that each stream holds; the others tell about the tenant as a whole. */
const KINDS: { readonly [stream in StreamName]: ResourceKind | null } = {
  organization: 'organization',
  blueprints: 'blueprint',
  blueprintPrincipals: 'blueprintPrincipal',
  conditionalAccessPolicies: 'conditionalAccessPolicy',
  riskyAgents: 'riskyAgent',
  lifecyclePolicies: null,
  deletedItems: null,
  agentUsers: 'agentUser',
  agentIdentities: 'agentIdentity',
};

/** Streams whose records are judged, in the order that they are judged in. */
export const JUDGED: readonly { readonly stream: StreamName; readonly kind: ResourceKind }[] =
  STREAMS.flatMap((stream) => {
    const kind = KINDS[stream];
    return kind === null ? [] : [{ stream, kind }];
  });

/** Agents and what they are made from: without any of these there is nothing to judge. */
export const AGENT_STREAMS = ['blueprints', 'blueprintPrincipals', 'agentUsers', 'agentIdentities'] as const;
