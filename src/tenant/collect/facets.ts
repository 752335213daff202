import type { JsonObject } from '../../model/resource.ts';
import { isObject } from '../../util/is-object.ts';
import type { PartName } from './endpoints.ts';
import {
  ALWAYS,
  ASSIGNMENT_FIELDS,
  FEDERATED_FIELDS,
  GRANT_FIELDS,
  INHERITABLE_FIELDS,
  LIFECYCLE_FIELDS,
} from './fields.ts';
import { itemsOf } from './sweep.ts';
import { idOf, pick, textOf, type Fields } from './values.ts';
import { canonical } from '../../model/canonical.ts';

/** What is read about an object beside its own properties. */
export type Facet =
  | 'sponsors'
  | 'owners'
  | 'appRoleAssignments'
  | 'federatedIdentityCredentials'
  | 'claimsMatchingExpressions'
  | 'inheritablePermissions'
  | 'customSecurityAttributes'
  | 'signInActivity'
  | 'lifecycle';

/** The value of a facet as it is kept; `cut` when Graph may have left some of it out. */
export type FacetValue = { readonly value: unknown; readonly cut: boolean };

/** An expanded relationship ends here, without a word: https://learn.microsoft.com/graph/query-parameters#expand */
const MOST_EXPANDED = 20;

/** Someone behind a sponsor or owner: the type and the id. */
export type Ref = { readonly '@odata.type': string | null; readonly id: string };

/** A facet in an object of a list; `null` when it is not there or not what Graph documents. */
export function facetOfItem(item: JsonObject, facet: Facet): FacetValue | null {
  if (facet === 'signInActivity' || facet === 'customSecurityAttributes') {
    const given = Object.hasOwn(item, facet) ? item[facet] : null;
    const value = facet === 'signInActivity' ? signIn(given) : attributes(given);
    return value === undefined ? null : { value, cut: false };
  }
  const list = item[facet];
  if (!Array.isArray(list) || !list.every(isObject)) return null;
  const value = valueOfList(facet, list);
  return value === null ? null : { value, cut: list.length >= MOST_EXPANDED };
}

/** A facet as the answer to a request of its own. */
export function facetOfAnswer(facet: Facet, answer: unknown): FacetValue | null {
  if (facet === 'signInActivity' || facet === 'customSecurityAttributes')
    return isObject(answer) ? facetOfItem(answer, facet) : null;
  if (facet === 'lifecycle') {
    // No policy governs the agent.
    if (answer === null) return { value: null, cut: false };
    if (!isObject(answer)) return null;
    const { value, bad } = pick(answer, LIFECYCLE_FIELDS);
    return bad.length > 0 ? null : { value, cut: false };
  }
  const items = itemsOf(answer);
  const value = items === null ? null : valueOfList(facet, items);
  return value === null ? null : { value, cut: false };
}

/** The facet that a request of a sweep reads; `null` for the object itself and for what is no facet. */
export function facetOfPart(part: PartName): Facet | null {
  const name = part.slice(part.indexOf('.') + 1);
  return Object.hasOwn(FACETS, name) ? (name as Facet) : null;
}

const FACETS: { readonly [facet in Facet]: Fields | null } = {
  sponsors: null,
  owners: null,
  appRoleAssignments: ASSIGNMENT_FIELDS,
  federatedIdentityCredentials: FEDERATED_FIELDS,
  claimsMatchingExpressions: FEDERATED_FIELDS,
  inheritablePermissions: INHERITABLE_FIELDS,
  customSecurityAttributes: null,
  signInActivity: null,
  lifecycle: null,
};

function valueOfList(facet: Facet, list: readonly JsonObject[]): readonly unknown[] | null {
  const fields = FACETS[facet];
  if (fields === null) return refsIn(list);
  if (facet === 'inheritablePermissions' && !list.every(isInheritable)) return null;
  return pickAll(list, fields, ALWAYS_OF[facet] ?? []);
}

const ALWAYS_OF: { readonly [facet in Facet]?: readonly string[] } = {
  appRoleAssignments: ALWAYS.assignment,
  federatedIdentityCredentials: ALWAYS.federated,
  inheritablePermissions: ALWAYS.inheritable,
};

/** Says which scopes are inherited, be it in one of the two ways that there are. */
function isInheritable({ inheritableScopes: scopes }: JsonObject): boolean {
  return isObject(scopes) && [scopes['kind'], scopes['@odata.type']].some((word) => typeof word === 'string');
}

function refsIn(list: readonly JsonObject[]): readonly Ref[] | null {
  const refs: Ref[] = [];
  for (const item of list) {
    const id = idOf(item['id']);
    if (id === null) return null;
    refs.push({ '@odata.type': textOf(item['@odata.type']), id });
  }
  return refs.sort((a, b) => (a.id < b.id ? -1 : a.id > b.id ? 1 : 0));
}

/** Objects of a list in the order of their ids; `null` when one has a property of another type than Graph documents. */
export function pickAll(
  list: readonly JsonObject[],
  fields: Fields,
  always: readonly string[] = [],
): readonly JsonObject[] | null {
  const values: JsonObject[] = [];
  for (const item of list) {
    const { value, bad } = pick(item, fields, always);
    if (bad.length > 0) return null;
    values.push(value);
  }
  const key = (value: JsonObject): string => textOf(value['id'] ?? value['resourceAppId']) ?? '';
  return values.sort((a, b) => (key(a) < key(b) ? -1 : key(a) > key(b) ? 1 : 0));
}

/** A sign-in's moment, `null` when there was none, `undefined` when it is not what Graph documents. */
function signIn(value: unknown): string | null | undefined {
  if (value === null) return null;
  if (!isObject(value)) return undefined;
  return textOf(value['lastSignInDateTime']);
}

function attributes(value: unknown): JsonObject | null | undefined {
  if (value === null) return null;
  return isObject(value) ? (canonical(value).value as JsonObject) : undefined;
}

/** A delegated grant as it is kept, its scopes without blanks around; `null` when it is not what Graph documents. */
export function grantOf(item: JsonObject): JsonObject | null {
  const { value, bad } = pick(item, GRANT_FIELDS, ALWAYS.grant);
  if (bad.length > 0) return null;
  const scope = textOf(value['scope']) ?? '';
  return { ...value, scope: scope.trim().split(/\s+/).join(' ') };
}
