import type { Route } from '../call.ts';
import { ADVANCED_LIST, list, one, relation, single } from './build.ts';

const READ_USERS = `User.ReadBasic.All User.Read.All User.ReadWrite.All Directory.Read.All
  AgentIdUser.ReadWrite.All`;
const READ_SPONSORS = 'User.Read.All User.ReadWrite.All Directory.Read.All';
const READ_GROUPS = 'GroupMember.Read.All Group.Read.All Directory.Read.All';
const AGENT_USER = 'microsoft.graph.agentUser';
const EXPAND = { manager: 'directoryObject', sponsors: 'directoryObject', memberOf: 'directoryObject' };

/**
 * https://learn.microsoft.com/graph/api/agentuser-list, https://learn.microsoft.com/graph/api/user-list,
 * https://learn.microsoft.com/graph/api/user-list-sponsors
 */
const USER_ROUTES: readonly Route[] = [
  ...list(
    {
      template: `/users/${AGENT_USER}`,
      set: 'users',
      type: 'agentUser',
      of: 'agentUser',
      permissions: READ_USERS,
      options: ADVANCED_LIST,
      cost: 2,
    },
    { expand: EXPAND },
  ),
  ...list(
    {
      template: '/users',
      set: 'users',
      type: 'user',
      permissions: READ_USERS,
      options: ADVANCED_LIST,
      cost: 2,
    },
    { expand: EXPAND },
  ),
  one(
    {
      template: `/users/${AGENT_USER}/{id}`,
      set: 'users',
      type: 'agentUser',
      permissions: READ_USERS,
      options: 's e',
    },
    EXPAND,
  ),
  one(
    {
      template: `/users/{id}/${AGENT_USER}`,
      set: 'users',
      type: 'agentUser',
      permissions: READ_USERS,
      options: 's e',
    },
    EXPAND,
  ),
  one(
    { template: '/users/{id}', set: 'users', type: 'user', permissions: READ_USERS, options: 's e' },
    EXPAND,
  ),
  ...['/users/{id}', `/users/{id}/${AGENT_USER}`, `/users/${AGENT_USER}/{id}`].flatMap((template) => [
    ...relation({
      template: `${template}/sponsors`,
      set: 'users',
      on: 'user',
      relation: 'sponsors',
      type: 'directoryObject',
      permissions: READ_SPONSORS,
      options: 's',
    }),
    single({
      template: `${template}/manager`,
      set: 'users',
      on: 'user',
      relation: 'manager',
      type: 'directoryObject',
      permissions: READ_SPONSORS,
      options: 's',
    }),
    ...(['memberOf', 'transitiveMemberOf'] as const).flatMap((name) =>
      relation(
        {
          template: `${template}/${name}`,
          set: 'users',
          on: 'user',
          relation: name,
          type: 'directoryObject',
          permissions: 'User.Read.All GroupMember.Read.All Group.Read.All Directory.Read.All',
          options: 's f c q t',
          cost: 2,
        },
        { casts: true },
      ),
    ),
  ]),
];

/**
 * https://learn.microsoft.com/graph/api/group-list, https://learn.microsoft.com/graph/api/group-list-members,
 * https://learn.microsoft.com/graph/api/group-list-transitivemembers
 */
const GROUP_ROUTES: readonly Route[] = [
  ...list(
    { template: '/groups', set: 'groups', type: 'group', permissions: READ_GROUPS, options: ADVANCED_LIST },
    { expand: { owners: 'directoryObject', members: 'directoryObject' } },
  ),
  one(
    { template: '/groups/{id}', set: 'groups', type: 'group', permissions: READ_GROUPS, options: 's e' },
    { owners: 'directoryObject', members: 'directoryObject' },
  ),
  ...(['members', 'transitiveMembers', 'owners'] as const).flatMap((name) =>
    relation(
      {
        template: `/groups/{id}/${name}`,
        set: 'groups',
        on: 'group',
        relation: name,
        type: 'directoryObject',
        permissions: READ_GROUPS,
        options: 's f c q t',
        cost: name === 'members' ? 3 : name === 'transitiveMembers' ? 5 : 1,
      },
      { casts: true },
    ),
  ),
];

/** https://learn.microsoft.com/graph/api/directory-deleteditems-list: a cast is required. */
const DELETED_ROUTES: readonly Route[] = [
  {
    type: 'application',
    permissions: 'Application.Read.All Directory.Read.All AgentIdentity.DeleteRestore.All',
  },
  {
    type: 'servicePrincipal',
    permissions: 'Application.Read.All Directory.Read.All AgentIdentity.DeleteRestore.All',
  },
  { type: 'user', permissions: 'User.Read.All Directory.Read.All' },
  { type: 'group', permissions: 'Group.Read.All Directory.Read.All' },
].flatMap(({ type, permissions }) =>
  list(
    {
      template: `/directory/deletedItems/microsoft.graph.${type}`,
      set: 'deletedItems',
      type,
      of: type,
      permissions,
      options: 'c f o q s t',
    },
    { context: () => `${type}s` },
  ),
);

export const PEOPLE_ROUTES: readonly Route[] = [...USER_ROUTES, ...GROUP_ROUTES, ...DELETED_ROUTES];
