import type { Route } from '../call.ts';
import { ADVANCED_LIST, list, one, relation } from './build.ts';

const BLUEPRINT = 'microsoft.graph.agentIdentityBlueprint';
const READ_BLUEPRINTS = `AgentIdentityBlueprint.Read.All AgentIdentityBlueprint.ReadWrite.All Application.Read.All
  Directory.Read.All`;
const READ_APPLICATIONS = 'Application.Read.All Application.ReadWrite.All Directory.Read.All';
const EXPAND = { owners: 'directoryObject', sponsors: 'directoryObject' };

/** The paths of one application: by id, and by the alternate key. */
const KEYS = ['/applications/{id}', "/applications(appId='{appId}')"];
/** The same as a blueprint; pages of Graph show the cast before and behind the id. */
const BLUEPRINTS = [...KEYS.map((key) => `${key}/${BLUEPRINT}`), `/applications/${BLUEPRINT}/{id}`];

/**
 * https://learn.microsoft.com/graph/api/resources/agentidentityblueprint,
 * https://learn.microsoft.com/graph/api/application-list,
 * https://learn.microsoft.com/graph/api/application-list-federatedidentitycredentials
 */
export const APPLICATION_ROUTES: readonly Route[] = [
  ...list(
    {
      template: `/applications/${BLUEPRINT}`,
      set: 'applications',
      type: 'agentIdentityBlueprint',
      of: 'agentIdentityBlueprint',
      permissions: READ_BLUEPRINTS,
      options: ADVANCED_LIST,
      cost: 2,
    },
    { page: { usual: 100, most: 100 }, expand: EXPAND },
  ),
  ...list(
    {
      template: '/applications',
      set: 'applications',
      type: 'application',
      permissions: READ_APPLICATIONS,
      options: ADVANCED_LIST,
      cost: 2,
    },
    { expand: { owners: 'directoryObject' } },
  ),
  ...BLUEPRINTS.flatMap((template) => [
    one(
      {
        template,
        set: 'applications',
        type: 'agentIdentityBlueprint',
        permissions: READ_BLUEPRINTS,
        options: 's e',
      },
      EXPAND,
    ),
    ...relation({
      template: `${template}/inheritablePermissions`,
      set: 'applications',
      on: 'agentIdentityBlueprint',
      relation: 'inheritablePermissions',
      type: 'inheritablePermission',
      permissions: 'AgentIdentityBlueprint.Read.All AgentIdentityBlueprint.ReadWrite.All',
      options: 's f',
    }),
    ...relation({
      template: `${template}/sponsors`,
      set: 'applications',
      on: 'agentIdentityBlueprint',
      relation: 'sponsors',
      type: 'directoryObject',
      permissions: 'AgentIdentityBlueprint.Read.All Application.Read.All',
      options: 's f e',
    }),
    ...relation({
      template: `${template}/owners`,
      set: 'applications',
      on: 'agentIdentityBlueprint',
      relation: 'owners',
      type: 'directoryObject',
      permissions: 'AgentIdentityBlueprint.Read.All Application.Read.All',
      options: 's f e c',
    }),
  ]),
  ...KEYS.flatMap((template) => [
    one({
      template,
      set: 'applications',
      type: 'application',
      permissions: READ_APPLICATIONS,
      options: 's e',
    }),
    ...relation({
      template: `${template}/owners`,
      set: 'applications',
      on: 'application',
      relation: 'owners',
      type: 'directoryObject',
      permissions: READ_APPLICATIONS,
      options: ADVANCED_LIST,
    }),
    // Documented without a cast, and with permissions on applications only.
    ...relation({
      template: `${template}/federatedIdentityCredentials`,
      set: 'applications',
      on: 'application',
      relation: 'federatedIdentityCredentials',
      type: 'federatedIdentityCredential',
      permissions: 'Application.Read.All Application.ReadWrite.All Application.ReadWrite.OwnedBy',
      options: 'f s',
    }),
  ]),
];
