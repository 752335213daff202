import type { FactGroup } from '../../model/vocabulary.ts';
import type { StreamName } from '../snapshot/types.ts';
import type { ListName, PartName } from './endpoints.ts';
import type { Facet } from './facets.ts';
import { AGENT_FIELDS, ALWAYS, BLUEPRINT_FIELDS, PRINCIPAL_FIELDS, USER_FIELDS } from './fields.ts';
import type { Fields } from './values.ts';
import type { Wanted } from './pairs.ts';

/** Kinds that are read object by object, with facets. */
export type AgentKind = 'blueprint' | 'blueprintPrincipal' | 'agentIdentity' | 'agentUser';

export type KindPlan = {
  readonly kind: AgentKind;
  readonly stream: StreamName;
  /** The group that lists the kind. */
  readonly group: FactGroup;
  readonly list: ListName;
  readonly fields: Fields;
  /** Those of them that Graph gives of every object. */
  readonly always: readonly string[];
  /** Facets that the list holds, and lists that hold nothing but one facet. */
  readonly inList: readonly Facet[];
  readonly passes: { readonly [facet in Facet]?: ListName };
  /** The list with nothing but ids and `inList`, when the properties are known from an earlier snapshot; `null` for none. */
  readonly ids: ListName | null;
  /** Requests for one object: itself, and each facet. */
  readonly object: PartName;
  readonly parts: { readonly [facet in Facet]?: PartName };
};

export const KIND_PLANS: { readonly [kind in AgentKind]: KindPlan } = {
  blueprint: {
    kind: 'blueprint',
    stream: 'blueprints',
    group: 'blueprints',
    list: 'blueprints',
    fields: BLUEPRINT_FIELDS,
    always: ALWAYS.blueprint,
    inList: [],
    passes: {},
    ids: 'blueprints.ids',
    object: 'blueprint.object',
    parts: {
      sponsors: 'blueprint.sponsors',
      owners: 'blueprint.owners',
      federatedIdentityCredentials: 'blueprint.federatedIdentityCredentials',
      inheritablePermissions: 'blueprint.inheritablePermissions',
    },
  },
  blueprintPrincipal: {
    kind: 'blueprintPrincipal',
    stream: 'blueprintPrincipals',
    group: 'blueprintPrincipals',
    list: 'blueprintPrincipals',
    fields: PRINCIPAL_FIELDS,
    always: ALWAYS.blueprintPrincipal,
    inList: [],
    passes: {},
    ids: 'blueprintPrincipals.ids',
    object: 'blueprintPrincipal.object',
    parts: {
      sponsors: 'blueprintPrincipal.sponsors',
      owners: 'blueprintPrincipal.owners',
      appRoleAssignments: 'blueprintPrincipal.appRoleAssignments',
    },
  },
  agentIdentity: {
    kind: 'agentIdentity',
    stream: 'agentIdentities',
    group: 'agentIdentities',
    list: 'agentIdentities',
    fields: AGENT_FIELDS,
    always: ALWAYS.agentIdentity,
    inList: ['sponsors'],
    passes: {
      owners: 'agentIdentities.owners',
      appRoleAssignments: 'agentIdentities.appRoleAssignments',
      customSecurityAttributes: 'agentIdentities.customSecurityAttributes',
    },
    ids: 'agentIdentities.ids',
    object: 'agentIdentity.object',
    parts: {
      sponsors: 'agentIdentity.sponsors',
      owners: 'agentIdentity.owners',
      appRoleAssignments: 'agentIdentity.appRoleAssignments',
      customSecurityAttributes: 'agentIdentity.customSecurityAttributes',
      lifecycle: 'agentIdentity.lifecycle',
    },
  },
  agentUser: {
    kind: 'agentUser',
    stream: 'agentUsers',
    group: 'agentUsers',
    list: 'agentUsers',
    fields: USER_FIELDS,
    always: ALWAYS.agentUser,
    inList: ['sponsors'],
    passes: { signInActivity: 'agentUsers.signInActivity' },
    ids: null,
    object: 'agentUser.object',
    parts: { sponsors: 'agentUser.sponsors', signInActivity: 'agentUser.signInActivity' },
  },
};

export const AGENT_KINDS = Object.keys(KIND_PLANS) as readonly AgentKind[];

/** Facets of a kind that are wanted; each is a fact group of the same name. */
export function facetsOf({ kind, parts }: KindPlan, wanted: Wanted): readonly Facet[] {
  const facets = Object.keys(parts) as Facet[];
  return facets.filter((facet) => facet !== 'claimsMatchingExpressions' && wanted.has(facet, kind));
}

/** Names of the steps that say something of the objects of a kind, the newer after the older. */
export function stepsOf(plan: KindPlan): readonly string[] {
  const { list, passes } = plan;
  return [
    beforeStep(plan),
    list,
    ...(plan.kind === 'agentIdentity' ? ['agentIdentities.credentials'] : []),
    ...Object.values(passes),
    facetStep(plan),
    againStep(plan),
    repairStep(plan),
  ];
}

/** What an earlier snapshot tells of objects that have not changed since. */
export function beforeStep({ list }: KindPlan): string {
  return `${list}.before`;
}

export function facetStep({ kind }: KindPlan): string {
  return `${kind}.facets`;
}

export function againStep({ list }: KindPlan): string {
  return `${list}.again`;
}

export function repairStep({ kind }: KindPlan): string {
  return `${kind}.repairs`;
}
