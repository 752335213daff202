import { derivesFrom } from './entities.ts';

/** How much of the objects of a type a caller sees. */
export type Reach = 'none' | 'basic' | 'all';

/** Permissions that show the objects of a type behind relationships (https://learn.microsoft.com/graph/permissions-reference). */
const READERS: readonly (readonly [type: string, permissions: readonly string[]])[] = [
  ['user', ['User.Read.All', 'User.ReadWrite.All', 'AgentIdUser.ReadWrite.All']],
  ['group', ['GroupMember.Read.All', 'Group.Read.All', 'Group.ReadWrite.All']],
  ['servicePrincipal', ['Application.Read.All', 'Application.ReadWrite.All']],
  ['application', ['Application.Read.All', 'Application.ReadWrite.All']],
  ['agentIdentityBlueprint', ['AgentIdentityBlueprint.Read.All', 'AgentIdentityBlueprint.ReadWrite.All']],
  [
    'agentIdentityBlueprintPrincipal',
    ['AgentIdentityBlueprintPrincipal.Read.All', 'AgentIdentityBlueprintPrincipal.ReadWrite.All'],
  ],
  ['agentIdentity', ['AgentIdentity.Read.All', 'AgentIdentity.ReadWrite.All']],
  ['directoryRole', ['RoleManagement.Read.Directory', 'RoleManagement.Read.All']],
];

const EVERYTHING = ['Directory.Read.All', 'Directory.ReadWrite.All'];

/** What a caller with these permissions sees of the objects of a type behind relationships. */
export function mayRead(type: string, roles: ReadonlySet<string>): Reach {
  if (EVERYTHING.some((role) => roles.has(role))) return 'all';
  const readers = READERS.filter(([base]) => derivesFrom(type, base)).flatMap(
    ([, permissions]) => permissions,
  );
  if (readers.some((role) => roles.has(role))) return 'all';
  return derivesFrom(type, 'user') && roles.has('User.ReadBasic.All') ? 'basic' : 'none';
}

/** Sets of permissions of which one must be held whole. */
export type Needed = readonly (readonly string[])[];

export function allows(needed: Needed, roles: ReadonlySet<string>): boolean {
  return needed.some((all) => all.every((role) => roles.has(role)));
}

/** `'A B'` is either of two; `'A&B'` is both. */
export function anyOf(source: string): Needed {
  return source
    .split(/\s+/)
    .filter((part) => part !== '')
    .map((part) => part.split('&'));
}
