import { expect, test } from 'vitest';
import { ENDPOINTS, permissionsFor, permissionsOf } from '../../../src/tenant/collect/endpoints.ts';
import { PAIRS, pairKey, wantedPairs } from '../../../src/tenant/collect/pairs.ts';
import { createMemoryTenant } from '../../graph-server/memory-tenant.ts';
import { collected, collectFrom, incomplete, serverOf, tidyUp } from './support.ts';
import { TWO_PAGES } from './tenant.ts';

tidyUp();

const names = (asked: typeof PAIRS | readonly (typeof PAIRS)[number][], beta = true) =>
  permissionsFor(asked, { beta }).map(({ name }) => name);

test('everything can be read with these permissions, and with none of them left out', () => {
  expect(names(PAIRS)).toEqual([
    'AgentIdentity.Read.All',
    'AgentIdentityBlueprint.Read.All',
    'AgentIdentityBlueprintPrincipal.Read.All',
    'Application.Read.All',
    'AuditLog.Read.All',
    'CustomSecAttributeAssignment.Read.All',
    'Directory.Read.All',
    'IdentityRiskyAgent.Read.All',
    'LifecyclePolicies-AgentId.Read.All',
    'Policy.Read.All',
  ]);
});

test('without beta its permissions are not asked for', () => {
  expect(names(PAIRS, false)).toEqual([
    'AgentIdentity.Read.All',
    'AgentIdentityBlueprint.Read.All',
    'AgentIdentityBlueprintPrincipal.Read.All',
    'Application.Read.All',
    'CustomSecAttributeAssignment.Read.All',
    'Directory.Read.All',
  ]);
});

test('a broad permission is not asked for where narrow ones do', () => {
  expect(
    names([
      { group: 'agentIdentities', of: 'agentIdentity' },
      { group: 'sponsors', of: 'agentIdentity' },
    ]),
  ).toEqual(['AgentIdentity.Read.All', 'Organization.Read.All']);
  expect(names([{ group: 'principals', of: 'agentUser' }])).toEqual(
    ['Application.Read.All', 'GroupMember.Read.All', 'Organization.Read.All', 'User.Read.All'].filter(
      (name) => name !== 'Application.Read.All',
    ),
  );
});

test('what the documentation leaves open is said, with the page', () => {
  const [needed] = permissionsFor([{ group: 'federatedIdentityCredentials', of: 'blueprint' }], {
    beta: true,
  }).filter(({ name }) => name === 'Application.Read.All');
  expect(needed).toEqual({
    name: 'Application.Read.All',
    feeds: [
      { group: 'blueprints', of: 'blueprint' },
      { group: 'federatedIdentityCredentials', of: 'blueprint' },
    ],
    beta: false,
    unconfirmed: ['whether AgentIdentityBlueprint.Read.All alone is enough is not documented'],
    sources: [
      'https://learn.microsoft.com/graph/api/application-list-federatedidentitycredentials',
      'https://learn.microsoft.com/graph/api/resources/federatedidentitycredential?view=graph-rest-beta',
    ],
  });
});

test('every pair is fed by an endpoint, every endpoint by a page and a permission', () => {
  for (const pair of PAIRS) expect(permissionsOf(pair), pairKey(pair)).not.toEqual([]);
  for (const { name, source, needs } of Object.values(ENDPOINTS)) {
    expect(source, name).toMatch(/^https:\/\/learn[.]microsoft[.]com\//);
    expect(needs, name).not.toEqual([]);
  }
});

const held = names(PAIRS);

test('the least permissions are enough', async () => {
  const server = await serverOf(createMemoryTenant(TWO_PAGES), { roles: held });
  const { header } = await collected(await collectFrom(server));
  expect(incomplete(header)).toEqual([]);
});

/** What cannot be read when one of the least permissions is missing. */
const MISSING: Readonly<Record<string, readonly string[]>> = {
  'AgentIdentity.Read.All': ['lifecycle/agentIdentity forbidden'],
  'AgentIdentityBlueprint.Read.All': ['inheritablePermissions/blueprint forbidden'],
  'AgentIdentityBlueprintPrincipal.Read.All': [
    'sponsors/blueprintPrincipal forbidden',
    'principals/blueprintPrincipal forbidden',
  ],
  'Application.Read.All': ['federatedIdentityCredentials/blueprint forbidden'],
  'AuditLog.Read.All': ['signInActivity/agentIdentity forbidden', 'signInActivity/agentUser forbidden'],
  'CustomSecAttributeAssignment.Read.All': ['customSecurityAttributes/agentIdentity forbidden'],
  // Those of which something is known all the same are partial: agents without anyone behind them, principals without agents.
  'Directory.Read.All': [
    'principals/blueprint forbidden',
    'oauth2PermissionGrants/blueprintPrincipal forbidden',
    'inheritedPermissions/blueprintPrincipal partial',
    'roleAssignments/blueprintPrincipal forbidden',
    'privilegedGroups/blueprintPrincipal forbidden',
    'principals/agentIdentity partial',
    'oauth2PermissionGrants/agentIdentity forbidden',
    'roleAssignments/agentIdentity forbidden',
    'privilegedGroups/agentIdentity forbidden',
    'signInActivity/agentIdentity forbidden',
    'agentUsers/agentUser forbidden',
    'sponsors/agentUser forbidden',
    'principals/agentUser forbidden',
    'roleAssignments/agentUser forbidden',
    'privilegedGroups/agentUser forbidden',
    'signInActivity/agentUser forbidden',
  ],
  'IdentityRiskyAgent.Read.All': ['riskyAgents/riskyAgent forbidden'],
  'LifecyclePolicies-AgentId.Read.All': ['lifecyclePolicies/organization forbidden'],
  'Policy.Read.All': ['conditionalAccessPolicies/conditionalAccessPolicy forbidden'],
};

test.each(held)('G18 without %s exactly what needs it is forbidden', async (name) => {
  const server = await serverOf(createMemoryTenant(TWO_PAGES), {
    roles: held.filter((other) => other !== name),
  });
  const { header } = await collected(await collectFrom(server));
  expect(incomplete(header)).toEqual(MISSING[name]);
  for (const line of header.collections.filter(({ status }) => status === 'forbidden'))
    expect([line.group, line.evidence?.status]).toEqual([line.group, 403]);
});

test('what no rule needs is not asked for, and what --no-beta leaves out is told apart', async () => {
  const server = await serverOf(createMemoryTenant(TWO_PAGES));
  const { header } = await collected(
    await collectFrom(server, {
      wanted: [
        { group: 'agentIdentities', of: 'agentIdentity' },
        { group: 'signInActivity', of: 'agentIdentity' },
      ],
      beta: false,
    }),
  );
  const line = (group: string, of: string) =>
    header.collections.find((entry) => entry.group === group && entry.of === of);
  expect(line('agentIdentities', 'agentIdentity')).toMatchObject({
    status: 'complete',
    objects: 113,
    by: null,
  });
  expect(line('signInActivity', 'agentIdentity')).toMatchObject({ status: 'notAsked', by: 'user' });
  expect(line('owners', 'agentIdentity')).toMatchObject({ status: 'notAsked', by: 'plan' });
  expect(header.complete).toBe(true);
  expect(server.log.data().filter(({ version }) => version === 'beta')).toEqual([]);
});

test('a pair that nothing reads is told, not passed over', () => {
  const wanted = wantedPairs([{ group: 'lifecycle', of: 'agentUser' }], { beta: true });
  expect(wanted.pairs).toEqual([]);
  expect(wanted.unreadable).toEqual([{ group: 'lifecycle', of: 'agentUser' }]);
});
