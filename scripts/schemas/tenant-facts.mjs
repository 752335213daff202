// @ts-check

/** @typedef {import('./variants.mjs').Schema} Schema */

/** Kinds of resources that are in tenants only, after those of manifests in the order of src/model/vocabulary.ts. */
export const TENANT_KINDS = ['organization', 'conditionalAccessPolicy', 'riskyAgent'];

const textOrNull = { type: ['string', 'null'] };
const numberOrNull = { type: ['number', 'null'] };
const flagOrNull = { type: ['boolean', 'null'] };
const texts = { type: ['array', 'null'], items: { type: 'string' } };

/** @param {{ [name: string]: Schema }} properties */
const object = (properties) => ({ type: ['object', 'null'], properties });
/** @param {{ [name: string]: Schema }} properties */
const list = (properties) => ({ type: ['array', 'null'], items: { type: 'object', properties } });

const appRoleAssignment = {
  id: textOrNull,
  appRoleId: textOrNull,
  resourceId: textOrNull,
  resourceDisplayName: textOrNull,
  createdDateTime: textOrNull,
  resourceAppId: textOrNull,
  appRoleValue: textOrNull,
};

const oauth2PermissionGrant = {
  id: textOrNull,
  consentType: textOrNull,
  principalId: textOrNull,
  resourceId: textOrNull,
  scope: textOrNull,
  resourceAppId: textOrNull,
  resourceDisplayName: textOrNull,
};

/**
 * What resources have when they are read from a tenant (docs/snapshot-format.md) and manifests do not have or do not
 * describe as closely: beside Graph's own properties what collecting joins to them. Objects of Graph's that are kept
 * as they come are left open.
 */
export const TENANT_PROPERTIES = {
  agentCounts: object({
    agentIdentities: numberOrNull,
    blueprintPrincipals: numberOrNull,
    agentUsers: numberOrNull,
  }),
  agentIdentityCount: numberOrNull,
  appRoleAssignments: list(appRoleAssignment),
  conditionalAccessPolicies: { type: ['array', 'null'], items: {} },
  conditions: {},
  excludedAgents: list({ id: textOrNull, displayName: textOrNull, kind: textOrNull }),
  grantControls: {},
  identityParent: object({ id: textOrNull, displayName: textOrNull, state: textOrNull }),
  inherited: object({
    sampledFrom: textOrNull,
    appRoleAssignments: list(appRoleAssignment),
    oauth2PermissionGrants: list(oauth2PermissionGrant),
  }),
  isDeleted: flagOrNull,
  isEnabled: flagOrNull,
  lifecyclePolicies: { type: ['array', 'null'], items: {} },
  modifiedDateTime: textOrNull,
  oauth2PermissionGrants: list(oauth2PermissionGrant),
  riskDetail: textOrNull,
  riskLastUpdatedDateTime: textOrNull,
  riskLevel: textOrNull,
  riskState: textOrNull,
  roleAssignments: list({
    id: textOrNull,
    roleDefinitionId: textOrNull,
    directoryScopeId: textOrNull,
    roleDefinition: object({
      displayName: textOrNull,
      templateId: textOrNull,
      isBuiltIn: flagOrNull,
      isPrivileged: flagOrNull,
    }),
    viaGroup: object({ id: textOrNull, displayName: textOrNull }),
  }),
  signInActivity: object({ lastSignInDateTime: textOrNull, source: textOrNull }),
  transitiveMemberOf: list({
    '@odata.type': textOrNull,
    id: textOrNull,
    displayName: textOrNull,
    isAssignableToRole: flagOrNull,
  }),
  verifiedDomains: { type: ['array', 'null'], items: {} },
};

/**
 * Two descriptions of one property as one: what either of them allows.
 * @param {Schema | undefined} form
 * @param {Schema} tenant
 * @returns {Schema}
 */
export function united(form, tenant) {
  if (form === undefined || form.properties === undefined || tenant.properties === undefined) {
    if (form?.items?.properties === undefined || tenant.items?.properties === undefined) return tenant;
    return { ...tenant, items: united(form.items, tenant.items) };
  }
  return { ...tenant, properties: { ...form.properties, ...tenant.properties } };
}
