import fc from 'fast-check';

export type Blueprint = Readonly<Record<string, unknown>> & { readonly displayName: string };

const principal = fc.constantFrom(
  { userPrincipalName: 'ada@contoso.com' },
  { userPrincipalName: 'grace@contoso.com' },
  {
    '@odata.type': '#microsoft.graph.group',
    id: '11111111-2222-4333-8444-555555555555',
    groupTypes: ['Unified'],
  },
  { '@odata.type': '#microsoft.graph.servicePrincipal', id: '11111111-2222-4333-8444-666666666666' },
);

const secret = fc.record(
  {
    displayName: fc.constantFrom('ci', 'local'),
    keyId: fc.uuid(),
    secretText: fc.constantFrom('Zx9~not-a-real-secret', '<your-secret>'),
    startDateTime: fc.constantFrom('2026-01-01T00:00:00Z', '2026-11-01T00:00:00Z'),
    endDateTime: fc.constantFrom('2026-01-31T00:00:00Z', '2026-12-01T00:00:00Z', '2029-01-01T00:00:00Z'),
  },
  { requiredKeys: ['displayName'] },
);

const federated = fc.record({
  name: fc.constantFrom('ci', 'deploy'),
  issuer: fc.constantFrom('https://token.actions.githubusercontent.com', 'https://issuer.example'),
  subject: fc.constantFrom('repo:contoso/agents:environment:prod', 'repo:contoso/*', 'agent'),
  audiences: fc.constantFrom(['api://AzureADTokenExchange'], ['api://other'], []),
});

const GRAPH = '00000003-0000-0000-c000-000000000000';
/** Application.ReadWrite.All, Mail.Read, and one that is not Graph's. */
const role = fc.constantFrom(
  '1bfefb4e-e0b5-418b-a88f-73c46d2cc8e9',
  '810c84a8-4a9e-49e6-bf7d-12d183f40d01',
  '99999999-0000-4000-8000-000000000000',
);

const access = fc.record({
  resourceAppId: fc.constant(GRAPH),
  resourceAccess: fc
    .uniqueArray(role, { minLength: 1, maxLength: 3 })
    .map((ids) => ids.map((id) => ({ id, type: 'Role' }))),
});

/** Blueprints that many rules have something to say about, each with an appId of its own. */
export const blueprint: fc.Arbitrary<Blueprint> = fc.record(
  {
    displayName: fc.constantFrom('lf-invoice-prd', 'Test', 'my agent', '😀 bot'),
    appId: fc.uuid({ version: 4 }),
    description: fc.constantFrom('', 'Sends invoices.'),
    signInAudience: fc.constantFrom(
      'AzureADMyOrg',
      'AzureADMultipleOrgs',
      'AzureADandPersonalMicrosoftAccount',
    ),
    sponsors: fc.array(principal, { maxLength: 2 }),
    owners: fc.array(principal, { maxLength: 2 }),
    passwordCredentials: fc.array(secret, { maxLength: 3 }),
    federatedIdentityCredentials: fc.array(federated, { maxLength: 2 }),
    requiredResourceAccess: fc.array(access, { maxLength: 1 }),
    web: fc.constantFrom(
      { redirectUris: ['http://agents.contoso.com/cb', 'https://*.contoso.com'] },
      { implicitGrantSettings: { enableIdTokenIssuance: true } },
    ),
    tags: fc.constantFrom([], ['env:prod'], ['team:x']),
  },
  { requiredKeys: ['displayName', 'appId'] },
);
