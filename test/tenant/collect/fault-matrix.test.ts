import { expect, test } from 'vitest';
import type { Pair } from '../../../src/tenant/collect/pairs.ts';
import { createMemoryTenant } from '../../graph-server/memory-tenant.ts';
import type { Fault, FaultMatch } from '../../graph-server/faults.ts';
import { collected, collectFrom, incomplete, serverOf, tidyUp, type Content } from './support.ts';
import { TWO_PAGES } from './tenant.ts';

tidyUp();

const AGENTS = '/servicePrincipals/microsoft.graph.agentIdentity';

type Row = {
  readonly wanted: readonly Pair[];
  readonly match: FaultMatch;
  /** A property that Graph always gives, and that rules stand on. */
  readonly property: string;
  /** Whether Graph or we can tell that an object is left out of an answer. */
  readonly list: boolean;
  /** Whether Graph gives no value for what is not there. */
  readonly nullable?: true;
};

const row = (
  group: Pair['group'],
  of: Pair['of'],
  match: FaultMatch,
  property: string,
  list = true,
): Row => ({
  wanted: [{ group, of }],
  match,
  property,
  list,
});

const GROUPS: Readonly<Record<string, Row>> = {
  blueprints: row(
    'blueprints',
    'blueprint',
    { label: '/applications/microsoft.graph.agentIdentityBlueprint' },
    'signInAudience',
  ),
  blueprintPrincipals: row(
    'blueprintPrincipals',
    'blueprintPrincipal',
    { label: '/servicePrincipals/microsoft.graph.agentIdentityBlueprintPrincipal' },
    'accountEnabled',
  ),
  agentIdentities: row(
    'agentIdentities',
    'agentIdentity',
    { label: AGENTS, url: /top=100&\$expand=sponsors/ },
    'accountEnabled',
  ),
  agentUsers: row('agentUsers', 'agentUser', { label: '/users/microsoft.graph.agentUser' }, 'accountEnabled'),
  'sponsors of agents': row(
    'sponsors',
    'agentIdentity',
    { label: AGENTS, url: /expand=sponsors/ },
    'sponsors',
  ),
  'sponsors of blueprints': row(
    'sponsors',
    'blueprint',
    { label: '/applications/{id}/microsoft.graph.agentIdentityBlueprint/sponsors' },
    'id',
    false,
  ),
  'owners of agents': row('owners', 'agentIdentity', { label: AGENTS, url: /expand=owners/ }, 'owners'),
  'owners of principals': row(
    'owners',
    'blueprintPrincipal',
    { label: '/servicePrincipals/{id}/microsoft.graph.agentIdentityBlueprintPrincipal/owners' },
    'id',
    false,
  ),
  principals: row('principals', 'blueprint', { label: '/users/{id}' }, 'accountEnabled', false),
  federatedIdentityCredentials: row(
    'federatedIdentityCredentials',
    'blueprint',
    { label: '/applications/{id}/federatedIdentityCredentials', version: 'v1.0' },
    'issuer',
    false,
  ),
  inheritablePermissions: row(
    'inheritablePermissions',
    'blueprint',
    { label: '/applications/{id}/microsoft.graph.agentIdentityBlueprint/inheritablePermissions' },
    'inheritableScopes',
    false,
  ),
  appRoleAssignments: row(
    'appRoleAssignments',
    'blueprintPrincipal',
    { label: '/servicePrincipals/{id}/appRoleAssignments' },
    'appRoleId',
    false,
  ),
  'names of APIs': row(
    'appRoleAssignments',
    'blueprintPrincipal',
    { label: '/servicePrincipals/{id}' },
    'appId',
    false,
  ),
  oauth2PermissionGrants: row(
    'oauth2PermissionGrants',
    'blueprintPrincipal',
    { label: '/oauth2PermissionGrants' },
    'scope',
  ),
  inheritedPermissions: row(
    'inheritedPermissions',
    'blueprintPrincipal',
    { label: /inheritedOauth2PermissionGrants/ },
    'scope',
    false,
  ),
  roleAssignments: row(
    'roleAssignments',
    'agentUser',
    { label: '/roleManagement/directory/roleAssignments' },
    'roleDefinitionId',
  ),
  privilegedGroups: row('privilegedGroups', 'agentIdentity', { label: '/groups' }, 'id'),
  'members of groups': row(
    'privilegedGroups',
    'agentIdentity',
    { label: '/groups/{id}/transitiveMembers' },
    'id',
    false,
  ),
  'signInActivity, report': row(
    'signInActivity',
    'agentIdentity',
    { label: '/reports/servicePrincipalSignInActivities' },
    'appId',
  ),
  'signInActivity, log': row(
    'signInActivity',
    'agentIdentity',
    { label: '/auditLogs/signIns' },
    'createdDateTime',
  ),
  'signInActivity of users': {
    ...row(
      'signInActivity',
      'agentUser',
      { label: '/users/microsoft.graph.agentUser', url: /signInActivity/ },
      'id',
    ),
    nullable: true,
  },
  lifecycle: { ...row('lifecycle', 'agentIdentity', { label: /lifecycle$/ }, 'id', false), nullable: true },
  lifecyclePolicies: row(
    'lifecyclePolicies',
    'organization',
    { label: /lifecyclePolicies/ },
    'complianceRules',
  ),
  riskyAgents: row('riskyAgents', 'riskyAgent', { label: '/identityProtection/riskyAgents' }, 'riskState'),
  conditionalAccessPolicies: row(
    'conditionalAccessPolicies',
    'conditionalAccessPolicy',
    { label: '/identity/conditionalAccess/policies' },
    'state',
  ),
  customSecurityAttributes: {
    ...row('customSecurityAttributes', 'agentIdentity', { label: AGENTS, url: /customSecurity/ }, 'id'),
    nullable: true,
  },
  deletedItems: row(
    'deletedItems',
    'organization',
    { label: '/directory/deletedItems/microsoft.graph.servicePrincipal' },
    'id',
  ),
};

type Column = {
  readonly fault: (row: Row) => Fault;
  readonly times?: number;
  /** Only for lists of the tenant: an answer about one object has neither pages nor a count. */
  readonly listsOnly?: true;
  readonly unless?: 'nullable';
};

const always = Infinity;

const FAULTS: Readonly<Record<string, Column>> = {
  '429 with Retry-After': { fault: () => ({ kind: 'status', status: 429, retryAfter: '1' }) },
  '429 for ever': { fault: () => ({ kind: 'status', status: 429 }), times: always },
  '503 once': { fault: () => ({ kind: 'status', status: 503 }) },
  '401 once': { fault: () => ({ kind: 'status', status: 401 }) },
  '403': { fault: () => ({ kind: 'status', status: 403 }), times: always },
  '400': { fault: () => ({ kind: 'status', status: 400 }), times: always },
  '404 once': { fault: () => ({ kind: 'status', status: 404 }) },
  '410 once': { fault: () => ({ kind: 'status', status: 410 }) },
  'reset before headers': { fault: () => ({ kind: 'reset', when: 'before headers' }) },
  'reset for ever': { fault: () => ({ kind: 'reset', when: 'before headers' }), times: always },
  'truncated once': { fault: () => ({ kind: 'truncated' }) },
  'a page of HTML': { fault: () => ({ kind: 'instead', of: 'html' }), times: always },
  'an error with 200': { fault: () => ({ kind: 'instead', of: 'error' }), times: always },
  'no value': { fault: () => ({ kind: 'value', is: 'missing' }), times: always, listsOnly: true },
  'next link loops': { fault: () => ({ kind: 'next link', to: 'loop' }), times: always, listsOnly: true },
  'next link abroad': { fault: () => ({ kind: 'next link', to: 'foreign' }), times: always, listsOnly: true },
  'next link null': { fault: () => ({ kind: 'next link', to: 'null' }), listsOnly: true },
  redirect: { fault: () => ({ kind: 'redirect', status: 302, to: 'foreign' }), times: always },
  'an object left out': { fault: () => ({ kind: 'gap', objects: 1 }), listsOnly: true },
  // Where no value is a value, nobody can tell that one is missing.
  'fields null': {
    fault: () => ({ kind: 'item', index: 0, change: 'all null' }),
    times: always,
    unless: 'nullable',
  },
  'another type': {
    fault: ({ property }) => ({ kind: 'item', index: 0, change: 'wrong type', property }),
    times: always,
  },
  'a property missing': {
    fault: ({ property }) => ({ kind: 'item', index: 0, change: 'missing property', property }),
    times: always,
  },
};

/** `=`: complete, and the same as without the fault. `-`: incomplete, and the receipt says which. `!`: no snapshot. */
async function cell(group: Row, column: Column, expected: Content): Promise<string> {
  const server = await serverOf(createMemoryTenant(TWO_PAGES));
  server.addFault({ match: group.match, fault: column.fault(group), times: column.times ?? 1 });
  const outcome = await collectFrom(server, { wanted: group.wanted });
  const used = server.faultsUsed();
  await server.close();
  if (!outcome.ok) return '!';
  const content = await collected(outcome);
  if (used === 0) return 'unused';
  const missing = incomplete(content.header).filter((line) => !line.endsWith('notAsked'));
  if (missing.length > 0) return content.header.complete ? 'incomplete and called complete' : '-';
  return JSON.stringify(content.streams) === JSON.stringify(expected.streams)
    ? '='
    : 'COMPLETE BUT DIFFERENT';
}

test('G01-G23 each fault in each group: whole, or told to be incomplete, never complete and different', async () => {
  const names = Object.keys(FAULTS);
  const table: string[] = [];
  const wrong: string[] = [];
  for (const [name, group] of Object.entries(GROUPS)) {
    const clean = await serverOf(createMemoryTenant(TWO_PAGES));
    const expected = await collected(await collectFrom(clean, { wanted: group.wanted }));
    expect(
      incomplete(expected.header).filter((line) => !line.endsWith('notAsked')),
      name,
    ).toEqual([]);
    await clean.close();
    const cells = await Promise.all(
      names.map(async (fault) => {
        const column = FAULTS[fault]!;
        const isIdle =
          (column.listsOnly === true && !group.list) ||
          (column.unless !== undefined && group.nullable === true);
        const mark = isIdle ? ' ' : await cell(group, column, expected);
        if (!'=-! '.includes(mark)) wrong.push(`${name}, ${fault}: ${mark}`);
        return mark;
      }),
    );
    table.push(`${name.padEnd(30)} ${cells.map((mark) => mark.slice(0, 1).padEnd(2)).join('')}`);
  }
  const legend = names.map((name, index) => `${' '.repeat(31 + 2 * index)}| ${name}`);
  console.log(
    ['= whole and the same, - incomplete and said so, ! no snapshot and said so', ...legend, ...table].join(
      '\n',
    ),
  );
  expect(wrong).toEqual([]);
}, 300_000);
