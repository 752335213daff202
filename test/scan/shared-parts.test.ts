import fc from 'fast-check';
import { expect, test } from 'vitest';
import { reportedPrincipal } from '../../src/lint/reported-principal.ts';
import { directPermissions } from '../../src/model/permissions.ts';
import { PrincipalTexts } from '../../src/model/principal-texts.ts';
import { principalFacts } from '../../src/model/principals.ts';
import { SharedParts } from '../../src/scan/shared-parts.ts';
import { person } from './tenants.ts';

const entry = fc.record(
  {
    '@odata.type': fc.constantFrom('#microsoft.graph.user', '#microsoft.graph.group'),
    id: fc.constantFrom('a', 'b', '', null),
    displayName: fc.constantFrom('A', 'B', null),
    state: fc.constantFrom('found', 'deleted'),
    accountEnabled: fc.boolean(),
  },
  { requiredKeys: [] },
);

const grant = fc.record({
  resourceAppId: fc.constantFrom('x', 'y z', null),
  resourceDisplayName: fc.constantFrom('X', null),
  consentType: fc.constantFrom('AllPrincipals', 'Principal'),
  scope: fc.constantFrom('Files.Read', 'Files.Read Mail.Read', 'y'),
});

const role = fc.record({
  resourceAppId: fc.constantFrom('x', null),
  appRoleValue: fc.constantFrom('Files.Read', 'Mail.Read'),
});

test('what is shared says the same as what is not', () => {
  const lists = fc.array(fc.oneof(fc.array(entry), fc.constantFrom(null, 'x', {})));
  const grants = fc.record({ oauth2PermissionGrants: fc.array(grant), appRoleAssignments: fc.array(role) });
  fc.assert(
    fc.property(lists, fc.array(grants), (people, resources) => {
      const parts = new SharedParts(new PrincipalTexts());
      for (const list of people)
        expect(parts.people(list)).toEqual(principalFacts('sponsors', list).map(reportedPrincipal));
      for (const properties of resources)
        expect(parts.permissions(directPermissions(properties))).toEqual(directPermissions(properties));
    }),
  );
});

test('equal people and permissions are one', () => {
  const parts = new SharedParts(new PrincipalTexts());
  const [one] = parts.people([person(1)]);
  expect(parts.people([person(2), person(1)])[1]).toBe(one);
  const granted = { oauth2PermissionGrants: [{ scope: 'Files.Read' }] };
  const [permission] = parts.permissions(directPermissions(granted));
  expect(parts.permissions(directPermissions(granted))[0]).toBe(permission);
});
