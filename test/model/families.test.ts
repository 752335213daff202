import { expect, test } from 'vitest';
import { FamilyIndex, type Families } from '../../src/model/families.ts';
import type { JsonObject, Resource } from '../../src/model/resource.ts';

const GRAPH = '00000003-0000-0000-c000-000000000000';
const GRANTS = [{ resourceAppId: GRAPH, consentType: 'AllPrincipals', scope: 'Files.Read User.Read' }];
const INHERITABLE = [
  { resourceAppId: GRAPH, inheritableScopes: { kind: 'enumerated', scopes: ['files.read'] } },
];

type Member = Pick<Resource, 'kind' | 'ref' | 'name' | 'properties'>;

function member(kind: Resource['kind'], name: string, properties: JsonObject): Member {
  return { kind, ref: `${kind}/${name}`, name, properties };
}

function families(...members: readonly Member[]): Families {
  const index = new FamilyIndex();
  for (const one of members) index.add(one);
  return index.result();
}

/** Who is at the head of each family, and the names of what its agents inherit. */
function told(of: Families): readonly (readonly [string, string, readonly string[]])[] {
  return [...of].map(([appId, { ref, inherited }]) => [appId, ref, inherited.map(({ name }) => name)]);
}

const blueprint = member('blueprint', 'a', { appId: 'x', inheritablePermissions: INHERITABLE });
const principal = member('blueprintPrincipal', 'p', { appId: 'x', oauth2PermissionGrants: GRANTS });

test('a blueprint and its principal are a family, whichever comes first', () => {
  const expected = [['x', 'blueprint/a', ['Files.Read']]];
  expect(told(families(blueprint, principal))).toEqual(expected);
  expect(told(families(principal, blueprint))).toEqual(expected);
});

test('nothing is known to be inherited of one without the other', () => {
  expect(told(families(blueprint))).toEqual([['x', 'blueprint/a', []]]);
  expect(told(families(principal))).toEqual([['x', 'blueprintPrincipal/p', []]]);
});

test('of several with one application id the first counts', () => {
  const again = member('blueprint', 'b', { appId: 'x', inheritablePermissions: [] });
  expect(told(families(blueprint, again, principal))).toEqual([['x', 'blueprint/a', ['Files.Read']]]);
});

test('other kinds and blueprints without an application id are in no family', () => {
  const agent = member('agentIdentity', 'i', { appId: 'x' });
  expect(
    told(families(agent, member('blueprint', 'c', {}), member('blueprint', 'd', { appId: ' ' }))),
  ).toEqual([]);
});
