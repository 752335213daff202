import type { Route } from '../call.ts';
import { everyRow, rowsOf, text, type Entity } from '../entities.ts';
import { notFound } from '../errors.ts';
import { mentions } from '../odata/mentions.ts';
import { BETA, list, plain } from './build.ts';

/** Members that were added to an enumeration later, which only callers who say so are shown. */
const LATER_AGENT_TYPES: readonly string[] = ['agentIdentityBlueprintPrincipal', 'agentIDuser'];

function cautious(agent: unknown): unknown {
  if (typeof agent !== 'object' || agent === null) return agent;
  return Object.fromEntries(
    Object.entries(agent).map(([name, value]) => [
      name,
      LATER_AGENT_TYPES.includes(String(value)) ? 'unknownFutureValue' : (value as unknown),
    ]),
  );
}

const SIGN_INS = list(
  {
    template: '/auditLogs/signIns',
    set: 'signIns',
    type: 'signIn',
    lane: 'reports',
    permissions: 'AuditLog.Read.All Directory.Read.All',
    options: 'f t o',
  },
  {
    directory: false,
    page: { usual: 1000, most: 1000 },
    // https://learn.microsoft.com/graph/api/resources/signin: interactive user sign-ins only, unless the filter says.
    rows: (call) => {
      const asked = mentions(call.query.filter, 'signInEventTypes');
      const knows = (call.headers['prefer'] ?? '').includes('include-unknown-enum-members');
      const shown = (row: Entity): Entity => (knows ? row : { ...row, agent: cautious(row['agent']) });
      const interactive = (row: Entity) =>
        (row['signInEventTypes'] as readonly string[] | undefined)?.includes('interactiveUser') === true;
      return rowsOf(
        [...everyRow(call.tenant.rows('signIns'))].filter((row) => asked || interactive(row)).map(shown),
      );
    },
  },
);

/** Services beside the directory, each with its own rules for queries. */
export const SERVICE_ROUTES: readonly Route[] = [
  // https://learn.microsoft.com/graph/api/organization-list
  ...list(
    {
      template: '/organization',
      set: 'organization',
      type: 'organization',
      permissions: 'Organization.Read.All User.Read Directory.Read.All',
      options: 's',
    },
    { page: null },
  ),
  // https://learn.microsoft.com/graph/api/oauth2permissiongrant-list
  ...list(
    {
      template: '/oauth2PermissionGrants',
      set: 'oauth2PermissionGrants',
      type: 'oAuth2PermissionGrant',
      permissions: 'Directory.Read.All Directory.ReadWrite.All DelegatedPermissionGrant.ReadWrite.All',
      options: 'f s t c',
      cost: 2,
    },
    {},
  ),
  // https://learn.microsoft.com/graph/api/rbacapplication-list-roleassignments
  ...list(
    {
      template: '/roleManagement/directory/roleAssignments',
      set: 'roleAssignments',
      type: 'unifiedRoleAssignment',
      permissions: `RoleManagement.Read.Directory RoleManagement.Read.All Directory.Read.All
        RoleManagement.ReadWrite.Directory`,
      options: 'f e s',
    },
    {
      directory: false,
      expand: { roleDefinition: 'unifiedRoleDefinition', principal: 'directoryObject' },
    },
  ),
  // https://learn.microsoft.com/graph/api/rbacapplication-list-roledefinitions
  ...list(
    {
      template: '/roleManagement/directory/roleDefinitions',
      set: 'roleDefinitions',
      type: 'unifiedRoleDefinition',
      permissions: `RoleManagement.Read.Directory RoleManagement.Read.All Directory.Read.All
        RoleManagement.ReadWrite.Directory`,
      options: 'f s',
    },
    { directory: false, page: null },
  ),
  // https://learn.microsoft.com/graph/api/conditionalaccessroot-list-policies
  ...list(
    {
      template: '/identity/conditionalAccess/policies',
      set: 'conditionalAccessPolicies',
      type: 'conditionalAccessPolicy',
      lane: 'protection',
      permissions: 'Policy.Read.All',
      options: 'f s t',
    },
    { directory: false, page: { usual: 100, most: 999 } },
  ),
  // https://learn.microsoft.com/graph/api/identityprotectionroot-list-riskyagents (beta)
  ...list(
    {
      template: '/identityProtection/riskyAgents',
      set: 'riskyAgents',
      type: 'riskyAgent',
      versions: BETA,
      lane: 'protection',
      permissions: 'IdentityRiskyAgent.Read.All IdentityRiskyAgent.ReadWrite.All',
      options: 'f s c t',
    },
    { directory: false, page: { usual: 100, most: 500 } },
  ),
  // https://learn.microsoft.com/graph/api/identityprotectionroot-list-agentriskdetections (beta)
  ...list(
    {
      template: '/identityProtection/agentRiskDetections',
      set: 'agentRiskDetections',
      type: 'agentRiskDetection',
      versions: BETA,
      lane: 'protection',
      permissions: 'IdentityRiskEvent.Read.All',
      options: 'f s t',
    },
    { directory: false, page: { usual: 100, most: 500 } },
  ),
  ...SIGN_INS,
  // https://learn.microsoft.com/graph/api/reportroot-list-serviceprincipalsigninactivities (beta): no `$select`
  ...list(
    {
      template: '/reports/servicePrincipalSignInActivities',
      set: 'servicePrincipalSignInActivities',
      type: 'servicePrincipalSignInActivity',
      versions: BETA,
      lane: 'reports',
      permissions: 'AuditLog.Read.All&Directory.Read.All',
      options: 'f t o',
    },
    { directory: false, page: { usual: 100, most: 999 } },
  ),
  // https://learn.microsoft.com/graph/api/directoryaudit-list
  ...list(
    {
      template: '/auditLogs/directoryAudits',
      set: 'directoryAudits',
      type: 'directoryAudit',
      lane: 'reports',
      permissions: 'AuditLog.Read.All Directory.Read.All',
      options: 'f t o',
    },
    { directory: false, page: { usual: 1000, most: 1000 } },
  ),
  ...list(
    {
      template: '/identityGovernance/lifecycleWorkflows/lifecyclePolicies',
      set: 'lifecyclePolicies',
      type: 'lifecyclePolicy',
      versions: BETA,
      permissions: 'LifecyclePolicies-AgentId.Read.All',
      options: 's',
    },
    { directory: false, page: null },
  ),
  // https://learn.microsoft.com/graph/api/entitlementmanagement-list-assignmentpolicies
  ...list(
    {
      template: '/identityGovernance/entitlementManagement/assignmentPolicies',
      set: 'assignmentPolicies',
      type: 'assignmentPolicy',
      permissions: 'EntitlementManagement.Read.All',
      options: 'f e',
    },
    { directory: false, page: { usual: 100, most: 999 } },
  ),
  // Deprecated in May 2026: https://learn.microsoft.com/graph/api/resources/agentinstance (beta)
  ...list(
    {
      template: '/agentRegistry/agentInstances',
      set: 'agentInstances',
      type: 'agentInstance',
      versions: BETA,
      permissions: 'AgentInstance.Read.All AgentInstance.ReadWrite.All',
      options: 'f s',
    },
    { directory: false, page: { usual: 100, most: 100 } },
  ),
  plain(
    {
      template: '/copilot/agentRegistrations/{id}',
      versions: BETA,
      permissions: 'AgentRegistration.Read.All AgentRegistration.ReadWrite.All',
      options: '',
    },
    (call) => {
      const id = call.parameters['id'] ?? '';
      const found = [...everyRow(call.tenant.rows('agentRegistrations'))].find(
        (row) => text(row, 'id') === id,
      );
      if (found === undefined) throw notFound(id);
      return {
        '@odata.context': `${call.origin}/beta/$metadata#copilot/agentRegistrations/$entity`,
        ...found,
      };
    },
  ),
  ...list(
    {
      template: '/copilot/admin/catalog/packages',
      set: 'catalogPackages',
      type: 'catalogPackage',
      versions: BETA,
      permissions: 'CopilotPackages.Read.All CopilotPackages.ReadWrite.All',
      options: 'f',
    },
    { directory: false, page: { usual: 100, most: 100 } },
  ),
];
