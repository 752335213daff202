import type { Cloud } from '../config/tenants.ts';
import type { NeededPermission, NeededPermissions } from '../permissions.ts';
import { joinLines, visible, visibleJson } from '../reporters/escape.ts';

/** The app registration that a script would make. Its words may be anybody's. */
export type Registration = {
  readonly name: string;
  readonly cloud: Cloud;
  /** `owner/name` of the GitHub repository whose workflow signs in. */
  readonly repository: string;
  readonly branch: string;
};

/** Application id of Microsoft Graph, the same everywhere. https://learn.microsoft.com/troubleshoot/entra/entra-id/governance/verify-first-party-apps-sign-in */
const GRAPH = '00000003-0000-0000-c000-000000000000';
const GITHUB = 'https://token.actions.githubusercontent.com';

/** https://learn.microsoft.com/cli/azure/manage-clouds-azure-cli, https://learn.microsoft.com/entra/workload-id/workload-identity-federation-config-app-trust-managed-identity */
const CLOUD_WORDS: { readonly [cloud in Cloud]: { az: string; graph: string; audience: string } } = {
  global: { az: 'AzureCloud', graph: 'Global', audience: 'api://AzureADTokenExchange' },
  usgov: { az: 'AzureUSGovernment', graph: 'USGov', audience: 'api://AzureADTokenExchangeUSGov' },
  usgovdod: { az: 'AzureUSGovernment', graph: 'USGovDoD', audience: 'api://AzureADTokenExchangeUSGov' },
  china: { az: 'AzureChinaCloud', graph: 'China', audience: 'api://AzureADTokenExchangeChina' },
};

/** Commands of the Azure CLI that register an app with the permissions. https://learn.microsoft.com/cli/azure/ad/app */
export function azScript(needed: NeededPermissions, registration: Registration): string {
  const { name, cloud } = registration;
  const isDelegated = needed.kind === 'delegated';
  const { az } = CLOUD_WORDS[cloud];
  const type = isDelegated ? 'Scope' : 'Role';
  const ids = needed.permissions.map(({ id }) => `${id ?? ''}=${type}`);
  return joinLines([
    ...heading(needed, '#'),
    'set -eu',
    ...(cloud === 'global' ? [] : [`az cloud set --name ${az}`]),
    '',
    `app_id=$(az ad app create --display-name ${shell(name)} --sign-in-audience AzureADMyOrg${isDelegated ? ' --is-fallback-public-client true' : ''} --query appId --output tsv)`,
    'az ad sp create --id "$app_id" --output none',
    '',
    ...needed.permissions.map((permission, place) => `# ${ids[place] ?? ''}  ${permission.name}`),
    `az ad app permission add --id "$app_id" --api ${GRAPH} --api-permissions \\`,
    ...ids.map((id, place) => `  ${id}${place === ids.length - 1 ? '' : ' \\'}`),
    'az ad app permission admin-consent --id "$app_id"',
    '',
    ...(isDelegated ? [] : azCredential(registration)),
    'echo "client id: $app_id"',
    'echo "tenant id: $(az account show --query tenantId --output tsv)"',
  ]);
}

function azCredential(registration: Registration): readonly string[] {
  const { issuer, subject, audience, name } = credentialOf(registration);
  const parameters = visibleJson(JSON.stringify({ name, issuer, subject, audiences: [audience] }));
  return [
    '# The workflow of this repository and branch may sign in as the app; there is no secret.',
    `az ad app federated-credential create --id "$app_id" --parameters ${shell(parameters)}`,
    '',
  ];
}

/** The same for Microsoft Graph PowerShell. https://learn.microsoft.com/powershell/microsoftgraph/ */
export function powershellScript(needed: NeededPermissions, registration: Registration): string {
  const { name, cloud } = registration;
  const isDelegated = needed.kind === 'delegated';
  const { graph } = CLOUD_WORDS[cloud];
  const type = isDelegated ? 'Scope' : 'Role';
  return joinLines([
    ...heading(needed, '#'),
    '#Requires -Modules Microsoft.Graph.Authentication, Microsoft.Graph.Applications, Microsoft.Graph.Identity.SignIns',
    "$ErrorActionPreference = 'Stop'",
    `Connect-MgGraph -Environment ${graph} -Scopes ${administratorScopes(isDelegated).map(powershell).join(', ')}`,
    '',
    '$permissions = @(',
    ...needed.permissions.map(
      ({ id, name: permission }) => `  @{ Id = ${powershell(id ?? '')}; Type = '${type}' } # ${permission}`,
    ),
    ')',
    `$app = New-MgApplication -DisplayName ${powershell(name)} -SignInAudience AzureADMyOrg${isDelegated ? ' -IsFallbackPublicClient' : ''} -RequiredResourceAccess @{ ResourceAppId = '${GRAPH}'; ResourceAccess = $permissions }`,
    '$principal = New-MgServicePrincipal -AppId $app.AppId',
    `$graph = Get-MgServicePrincipal -Filter "appId eq '${GRAPH}'"`,
    ...(isDelegated ? powershellConsent(needed.permissions) : powershellRoles()),
    '',
    ...(isDelegated ? [] : powershellCredential(registration)),
    '"client id: $($app.AppId)"',
    '"tenant id: $((Get-MgContext).TenantId)"',
  ]);
}

function powershellRoles(): readonly string[] {
  return [
    'foreach ($permission in $permissions) {',
    '  New-MgServicePrincipalAppRoleAssignment -ServicePrincipalId $principal.Id -PrincipalId $principal.Id -ResourceId $graph.Id -AppRoleId $permission.Id | Out-Null',
    '}',
  ];
}

function powershellConsent(permissions: readonly NeededPermission[]): readonly string[] {
  const scope = permissions.map(({ name }) => name).join(' ');
  return [
    `New-MgOauth2PermissionGrant -ClientId $principal.Id -ConsentType AllPrincipals -ResourceId $graph.Id -Scope ${powershell(scope)} | Out-Null`,
  ];
}

function powershellCredential(registration: Registration): readonly string[] {
  const { issuer, subject, audience, name } = credentialOf(registration);
  return [
    '# The workflow of this repository and branch may sign in as the app; there is no secret.',
    `New-MgApplicationFederatedIdentityCredential -ApplicationId $app.Id -Name ${powershell(name)} -Issuer ${powershell(issuer)} -Subject ${powershell(subject)} -Audiences ${powershell(audience)} | Out-Null`,
    '',
  ];
}

function administratorScopes(isDelegated: boolean): readonly string[] {
  return [
    'Application.ReadWrite.All',
    isDelegated ? 'DelegatedPermissionGrant.ReadWrite.All' : 'AppRoleAssignment.ReadWrite.All',
  ];
}

/** https://learn.microsoft.com/entra/workload-id/workload-identity-federation-create-trust */
function credentialOf({ repository, branch, cloud }: Registration) {
  return {
    name: 'github',
    issuer: GITHUB,
    subject: `repo:${repository}:ref:refs/heads/${branch}`,
    audience: CLOUD_WORDS[cloud].audience,
  };
}

function heading({ kind, permissions }: NeededPermissions, mark: string): readonly string[] {
  return [
    `${mark} Registers an app with ${permissions.length} ${kind} permissions of Microsoft Graph. All of them read, none can change`,
    `${mark} anything. Whoever runs this must be allowed to register apps and to consent for the whole tenant, such as a`,
    `${mark} Privileged Role Administrator. agentid-lint only prints it.`,
  ];
}

/** Text as one word of a POSIX shell that stands for itself. */
function shell(text: string): string {
  return `'${visible(text).replaceAll("'", String.raw`'\''`)}'`;
}

/** Text as a string of PowerShell that stands for itself; typographic quotes end one, too (about_Quoting_Rules). */
function powershell(text: string): string {
  return `'${visible(text).replaceAll(/['\u2018-\u201b]/g, '$&$&')}'`;
}
