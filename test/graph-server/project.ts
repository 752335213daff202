import { derivesFrom, typeOf, type Entity } from './entities.ts';
import { badRequest } from './errors.ts';
import { mayRead } from './permissions.ts';
import { shape, type Version } from './schema.ts';

export type Projection = {
  /** The type that the path promises; objects of a derived type say which. */
  readonly declared: string;
  readonly version: Version;
  readonly select: readonly string[] | null;
  readonly roles: ReadonlySet<string>;
  /** Whether the objects come through a relationship, where those that may not be read are shown empty. */
  readonly related: boolean;
};

/** Refuses names that the type does not have in that version. */
export function checkSelect(select: readonly string[] | null, type: string, version: Version): void {
  const { byDefault, onSelect } = shape(type, version);
  for (const name of select ?? []) {
    if (!byDefault.includes(name) && !onSelect.includes(name)) {
      throw badRequest(`Could not find a property named '${name}' on type 'microsoft.graph.${type}'.`);
    }
  }
}

/** Members of nested values that only beta has, by the path of their parent; and those it calls something else. */
const BETA_MEMBERS: { readonly [path: string]: readonly string[] } = {
  // https://learn.microsoft.com/graph/api/resources/conditionalaccessconditionset and its beta page
  conditions: ['agentIdRiskLevels'],
  'conditions.clientApplications': [
    'includeAgentIdServicePrincipals',
    'excludeAgentIdServicePrincipals',
    'agentIdServicePrincipalFilter',
  ],
  'initiatedBy.app': ['agentType', 'blueprintId'],
  targetResources: ['agentType', 'blueprintId'],
};

function nested(value: unknown, path: string, version: Version): unknown {
  if (Array.isArray(value)) return value.map((item) => nested(item, path, version));
  if (typeof value !== 'object' || value === null) return value;
  const hidden = version === 'v1.0' ? (BETA_MEMBERS[path] ?? []) : [];
  const members = Object.entries(value)
    .filter(([name]) => !hidden.includes(name))
    .map(([name, member]) => {
      // https://learn.microsoft.com/graph/api/resources/preauthorizedapplication: another name in beta
      const key = version === 'beta' && name === 'delegatedPermissionIds' ? 'permissionIds' : name;
      return [key, nested(member, `${path}.${name}`, version)] as const;
    });
  return Object.fromEntries(members);
}

const NESTED_DIFFERENCES: readonly string[] = ['conditions', 'initiatedBy', 'targetResources', 'api'];

function keys(value: unknown, shown: boolean): unknown {
  if (!Array.isArray(value)) return value;
  return value.map((credential) => ({
    ...(credential as Entity),
    key: shown ? (credential as Entity)['key'] : null,
  }));
}

function valueOf(entity: Entity, name: string, projection: Projection): unknown {
  const stored = name === 'creationTimestamp' ? entity['createdDateTime'] : entity[name];
  // Key material comes with `$select` only, secrets never do.
  if (name === 'keyCredentials') return keys(stored ?? [], projection.select !== null);
  if (name === 'passwordCredentials' && Array.isArray(stored)) {
    return stored.map((credential) => ({ ...(credential as Entity), secretText: null }));
  }
  if (NESTED_DIFFERENCES.includes(name)) return nested(stored ?? null, name, projection.version);
  return stored ?? (COLLECTIONS.has(name) ? [] : null);
}

/** Properties that are never null but empty. */
const COLLECTIONS: ReadonlySet<string> = new Set(
  `addIns alternativeNames appRoles identifierUris keyCredentials managerApplications notificationEmailAddresses
   oauth2PermissionScopes publishedPermissionScopes passwordCredentials replyUrls requiredResourceAccess
   resourceSpecificApplicationPermissions servicePrincipalNames tags businessPhones groupTypes proxyAddresses
   audiences verifiedDomains complianceRules creationOptions assignedPlans provisionedPlans`.split(/\s+/),
);

/** Properties that everyone who may see people at all sees: https://learn.microsoft.com/graph/permissions-reference */
const BASIC_USER: readonly string[] = [
  'id',
  'displayName',
  'givenName',
  'mail',
  'surname',
  'userPrincipalName',
];

/**
 * An object as a version of Graph shows it. An object behind a relationship that the caller may not read keeps its type
 * and id, everything else is null: https://learn.microsoft.com/graph/permissions-overview, "Limited information
 * returned for inaccessible member objects".
 */
export function project(entity: Entity, projection: Projection): Entity {
  const { declared, version, select, roles, related } = projection;
  const stated = typeOf(entity);
  const actual = stated === '' ? declared : stated;
  const known = shape(derivesFrom(actual, 'directoryObject') ? actual : declared, version);
  // A list of a base type shows what that type has by default, of objects of derived types too.
  const usual = new Set([...known.byDefault, ...shape(declared, version).byDefault]);
  const names = select === null ? usual : ['id', ...select.filter((name) => name !== 'id')];
  const reach = related ? mayRead(actual, roles) : 'all';
  const shown: Record<string, unknown> = {};
  if (stated !== '' && (related || actual !== declared || ALWAYS_TYPED.has(actual))) {
    shown['@odata.type'] = `#microsoft.graph.${actual}`;
  }
  for (const name of names) {
    if (!known.byDefault.includes(name) && !known.onSelect.includes(name)) continue;
    if (name === 'id' && entity['id'] === undefined) continue;
    const readable = name === 'id' || reach === 'all' || (reach === 'basic' && BASIC_USER.includes(name));
    shown[name] = readable ? valueOf(entity, name, projection) : null;
  }
  return shown;
}

/** Types of which lists name the type of each object although the path does. */
const ALWAYS_TYPED: ReadonlySet<string> = new Set([
  'agentIdentityBlueprint',
  'agentIdentityBlueprintPrincipal',
  'agentIdentity',
  'agentUser',
]);
