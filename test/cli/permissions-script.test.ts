import { spawnSync } from 'node:child_process';
import { describe, expect, test } from 'vitest';
import { azScript, powershellScript, type Registration } from '../../src/cli/permissions-script.ts';
import type { NeededPermission, NeededPermissions } from '../../src/permissions.ts';
import { POSIX } from '../e2e/cli.ts';

const permission = (name: string, id: string): NeededPermission => ({
  name,
  id,
  unconfirmed: [],
  beta: false,
  facts: [],
  rules: [],
  sources: [],
});

const APPLICATION: NeededPermissions = {
  kind: 'application',
  beta: true,
  rules: 2,
  permissions: [
    permission('AgentIdentity.Read.All', 'b2b8f011-2898-4234-9092-5059f6c1ebfa'),
    permission('Organization.Read.All', '498476ce-e0fe-48b0-b801-37ba7e2685c6'),
  ],
};
const DELEGATED: NeededPermissions = { ...APPLICATION, kind: 'delegated' };

const PLAIN: Registration = {
  name: 'agentid-lint',
  cloud: 'global',
  repository: 'larkspur/agents',
  branch: 'main',
};

/** Every character that has a meaning to some shell. */
const HOSTILE = `a'b"c\`d$(touch e)\${f};g|h&i>j\\k!l%m^n\u2018o\u2019p#q -r`;

test('the script for the Azure CLI', () => {
  expect(azScript(APPLICATION, PLAIN)).toMatchInlineSnapshot(`
    "# Registers an app with 2 application permissions of Microsoft Graph. All of them read, none can change
    # anything. Whoever runs this must be allowed to register apps and to consent for the whole tenant, such as a
    # Privileged Role Administrator. agentid-lint only prints it.
    set -eu

    app_id=$(az ad app create --display-name 'agentid-lint' --sign-in-audience AzureADMyOrg --query appId --output tsv)
    az ad sp create --id "$app_id" --output none

    # b2b8f011-2898-4234-9092-5059f6c1ebfa=Role  AgentIdentity.Read.All
    # 498476ce-e0fe-48b0-b801-37ba7e2685c6=Role  Organization.Read.All
    az ad app permission add --id "$app_id" --api 00000003-0000-0000-c000-000000000000 --api-permissions \\
      b2b8f011-2898-4234-9092-5059f6c1ebfa=Role \\
      498476ce-e0fe-48b0-b801-37ba7e2685c6=Role
    az ad app permission admin-consent --id "$app_id"

    # The workflow of this repository and branch may sign in as the app; there is no secret.
    az ad app federated-credential create --id "$app_id" --parameters '{"name":"github","issuer":"https://token.actions.githubusercontent.com","subject":"repo:larkspur/agents:ref:refs/heads/main","audiences":["api://AzureADTokenExchange"]}'

    echo "client id: $app_id"
    echo "tenant id: $(az account show --query tenantId --output tsv)"
    "
  `);
});

test('the script for PowerShell', () => {
  expect(powershellScript(APPLICATION, { ...PLAIN, cloud: 'china' })).toMatchInlineSnapshot(`
    "# Registers an app with 2 application permissions of Microsoft Graph. All of them read, none can change
    # anything. Whoever runs this must be allowed to register apps and to consent for the whole tenant, such as a
    # Privileged Role Administrator. agentid-lint only prints it.
    #Requires -Modules Microsoft.Graph.Authentication, Microsoft.Graph.Applications, Microsoft.Graph.Identity.SignIns
    $ErrorActionPreference = 'Stop'
    Connect-MgGraph -Environment China -Scopes 'Application.ReadWrite.All', 'AppRoleAssignment.ReadWrite.All'

    $permissions = @(
      @{ Id = 'b2b8f011-2898-4234-9092-5059f6c1ebfa'; Type = 'Role' } # AgentIdentity.Read.All
      @{ Id = '498476ce-e0fe-48b0-b801-37ba7e2685c6'; Type = 'Role' } # Organization.Read.All
    )
    $app = New-MgApplication -DisplayName 'agentid-lint' -SignInAudience AzureADMyOrg -RequiredResourceAccess @{ ResourceAppId = '00000003-0000-0000-c000-000000000000'; ResourceAccess = $permissions }
    $principal = New-MgServicePrincipal -AppId $app.AppId
    $graph = Get-MgServicePrincipal -Filter "appId eq '00000003-0000-0000-c000-000000000000'"
    foreach ($permission in $permissions) {
      New-MgServicePrincipalAppRoleAssignment -ServicePrincipalId $principal.Id -PrincipalId $principal.Id -ResourceId $graph.Id -AppRoleId $permission.Id | Out-Null
    }

    # The workflow of this repository and branch may sign in as the app; there is no secret.
    New-MgApplicationFederatedIdentityCredential -ApplicationId $app.Id -Name 'github' -Issuer 'https://token.actions.githubusercontent.com' -Subject 'repo:larkspur/agents:ref:refs/heads/main' -Audiences 'api://AzureADTokenExchangeChina' | Out-Null

    "client id: $($app.AppId)"
    "tenant id: $((Get-MgContext).TenantId)"
    "
  `);
});

test('for a signed-in user there is no federated credential, and consent is to scopes', () => {
  const az = azScript(DELEGATED, PLAIN);
  expect(az).toContain('--is-fallback-public-client true');
  expect(az).toContain('b2b8f011-2898-4234-9092-5059f6c1ebfa=Scope \\\n');
  expect(az).not.toContain('federated-credential');
  const powershell = powershellScript(DELEGATED, PLAIN);
  expect(powershell).toContain("Type = 'Scope'");
  expect(powershell).toContain("-Scope 'AgentIdentity.Read.All Organization.Read.All' | Out-Null");
  expect(powershell).not.toContain('FederatedIdentityCredential');
});

describe.runIf(POSIX)('a shell that runs the script with another az', () => {
  const ran = (registration: Registration) => {
    const az =
      'az() { printf "<%s>" "$@" >&2; echo >&2; if [ "$2 $3" = "app create" ]; then echo 11-22; fi; }\n';
    const { status, stdout, stderr } = spawnSync(
      'bash',
      ['--norc', '-c', az + azScript(APPLICATION, registration)],
      {
        encoding: 'utf8',
      },
    );
    return { status, stdout, lines: stderr.trim().split('\n') };
  };

  test('calls it with what was said, and does nothing else', () => {
    const { status, stdout, lines } = ran({ ...PLAIN, name: HOSTILE, cloud: 'usgov' });
    expect({ status, stdout }).toEqual({ status: 0, stdout: 'client id: 11-22\ntenant id: \n' });
    expect(lines).toEqual([
      '<cloud><set><--name><AzureUSGovernment>',
      `<ad><app><create><--display-name><${HOSTILE}><--sign-in-audience><AzureADMyOrg><--query><appId><--output><tsv>`,
      '<ad><sp><create><--id><11-22><--output><none>',
      '<ad><app><permission><add><--id><11-22><--api><00000003-0000-0000-c000-000000000000><--api-permissions><b2b8f011-2898-4234-9092-5059f6c1ebfa=Role><498476ce-e0fe-48b0-b801-37ba7e2685c6=Role>',
      '<ad><app><permission><admin-consent><--id><11-22>',
      '<ad><app><federated-credential><create><--id><11-22><--parameters><{"name":"github","issuer":"https://token.actions.githubusercontent.com","subject":"repo:larkspur/agents:ref:refs/heads/main","audiences":["api://AzureADTokenExchangeUSGov"]}>',
      '<account><show><--query><tenantId><--output><tsv>',
    ]);
  });

  test('has a branch that is text, and nothing else', () => {
    const credential = ran({ ...PLAIN, branch: HOSTILE }).lines.find((line) => line.includes('federated'));
    const parameters = /<--parameters><(.*)>$/.exec(credential ?? '')?.[1] ?? '';
    expect(JSON.parse(parameters)).toMatchObject({
      subject: `repo:larkspur/agents:ref:refs/heads/${HOSTILE}`,
    });
  });
});

test('PowerShell has no string that ends before it should: every quote in one is doubled', () => {
  const script = powershellScript(APPLICATION, { ...PLAIN, name: HOSTILE, branch: HOSTILE });
  const strings = [...script.matchAll(/'(?:[^'\u2018-\u201b]|(['\u2018-\u201b])\1)*'/g)].map(
    ([text]) => text,
  );
  const quoted = `'${HOSTILE.replaceAll(/['\u2018-\u201b]/g, '$&$&')}'`;
  expect(strings).toContain(quoted);
  expect(strings).toContain(`'repo:larkspur/agents:ref:refs/heads/${quoted.slice(1)}`);
});
