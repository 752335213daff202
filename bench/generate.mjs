import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { stringify } from 'yaml';

const GRAPH = '00000003-0000-0000-c000-000000000000';
const SCOPES = [
  'e1fe6dd8-ba31-4d61-89e7-88639da4683d',
  '570282fd-fa5c-430d-a7fd-fc8dc98a9dca',
  '465a38f9-76ea-45b9-9f34-5e8b0d4b0b42',
];
const ROLES = [
  '19dbc75e-c2e2-444c-a770-ec69d8559fc7',
  'e2a3a72e-5f79-4c64-b1b1-878b674786c9',
  '810c84a8-4a9e-49e6-bf7d-12d183f40d01',
];

/**
 * Writes `count` blueprint manifests of about 2 KB, the same ones every time; about two in three have findings.
 * @param {string} folder
 * @param {number} count
 * @param {'json' | 'yaml'} language
 */
export function generate(folder, count, language) {
  rmSync(folder, { recursive: true, force: true });
  for (let index = 0; index < count; index += 1) {
    const place = join(folder, `team-${String(index % 50).padStart(2, '0')}`);
    if (index < 50) mkdirSync(place, { recursive: true });
    const manifest = blueprint(index);
    const text = language === 'json' ? `${JSON.stringify(manifest, null, 1)}\n` : stringify(manifest);
    writeFileSync(join(place, `agent-${String(index).padStart(5, '0')}.${language}`), text);
  }
}

/** A Park-Miller generator: the benchmark's files must not depend on the machine. */
function numbers(seed) {
  let state = (seed * 48271 + 11) % 2147483647 || 1;
  return (below) => {
    state = (state * 48271) % 2147483647;
    return state % below;
  };
}

function guid(next) {
  const hex = Array.from({ length: 32 }, () => next(16).toString(16)).join('');
  return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)].join('-');
}

function blueprint(index) {
  const next = numbers(index + 1);
  const appId = guid(next);
  const clean = next(3) === 0;
  return {
    '@odata.type': '#microsoft.graph.agentIdentityBlueprint',
    appId,
    displayName: `lf-agent-${index}-prd`,
    uniqueName: `lf-agent-${index}-prd`,
    description:
      'Reads the messages that arrive for one team, sorts them and drafts an answer for a person to send.',
    signInAudience: clean || next(4) > 0 ? 'AzureADMyOrg' : 'AzureADMultipleOrgs',
    serviceManagementReference: `CMDB-${40000 + index}`,
    tags: ['env:prd', `team:${next(50)}`, 'data:internal'],
    identifierUris: [`api://${appId}`],
    api: {
      requestedAccessTokenVersion: 2,
      oauth2PermissionScopes: [scope(next)],
      preAuthorizedApplications: [],
    },
    sponsors:
      clean || next(3) > 0 ? [{ userPrincipalName: `sponsor${next(2000)}@larkspur-freight.example` }] : [],
    owners:
      clean || next(3) > 0 ? [{ userPrincipalName: `owner${next(2000)}@larkspur-freight.example` }] : [],
    passwordCredentials: clean ? [] : [secret(next)],
    keyCredentials: [],
    requiredResourceAccess: [{ resourceAppId: GRAPH, resourceAccess: access(next, clean) }],
    inheritablePermissions: [
      {
        resourceAppId: GRAPH,
        inheritableScopes: clean
          ? { kind: 'enumerated', scopes: ['User.Read', 'Mail.Read'] }
          : { kind: 'allAllowed' },
      },
    ],
    federatedIdentityCredentials: [
      {
        name: `deploy-${index}`,
        issuer: 'https://token.actions.githubusercontent.com',
        subject: `repo:larkspur-freight/agent-${index}:environment:production`,
        audiences: ['api://AzureADTokenExchange'],
      },
    ],
    web: {
      redirectUris: [`https://agents.larkspur-freight.example/${index}/done`],
      implicitGrantSettings: { enableIdTokenIssuance: false, enableAccessTokenIssuance: false },
    },
  };
}

function scope(next) {
  return {
    id: guid(next),
    value: 'access_agent',
    type: 'User',
    isEnabled: true,
    adminConsentDisplayName: 'Talk to the agent',
    adminConsentDescription: 'Lets the caller send work to the agent for the signed-in user.',
  };
}

function secret(next) {
  const days = 30 + next(700);
  return {
    keyId: guid(next),
    displayName: 'Agent 365 CLI Generated Secret',
    startDateTime: '2026-05-04T15:40:11Z',
    endDateTime: new Date(Date.UTC(2026, 4, 4 + days, 15, 40, 11)).toISOString().replace('.000Z', 'Z'),
  };
}

function access(next, clean) {
  const scopes = SCOPES.slice(0, 2).map((id) => ({ id, type: 'Scope' }));
  return clean ? scopes : [...scopes, { id: ROLES[next(ROLES.length)], type: 'Role' }];
}
