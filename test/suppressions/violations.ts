import fc, { type Arbitrary } from 'fast-check';
import { stringify } from 'yaml';

/** Something wrong in a blueprint that one rule finds, told apart from others of the same rule by its value. */
export type Violation = {
  readonly rule: string;
  /** What a finding of it mentions in its arguments. */
  readonly mentions: string;
  readonly key:
    | 'requiredResourceAccess'
    | 'web'
    | 'inheritablePermissions'
    | 'passwordCredentials'
    | 'federatedIdentityCredentials';
  readonly entry: unknown;
};

const GRAPH = '00000003-0000-0000-c000-000000000000';

const permission = (name: string, id: string): Violation => ({
  rule: 'permissions/tenant-wide-content',
  mentions: name,
  key: 'requiredResourceAccess',
  entry: { id, type: 'Role' },
});
const redirect = (uri: string): Violation => ({
  rule: 'exposure/redirect-uri',
  mentions: uri,
  key: 'web',
  entry: uri,
});
const secret = (displayName: string): Violation => ({
  rule: 'credentials/client-secret',
  mentions: displayName,
  key: 'passwordCredentials',
  entry: { displayName, startDateTime: '2026-11-01T00:00:00Z', endDateTime: '2026-12-28T00:00:00Z' },
});
const passedOn = (name: string, resourceAppId: string): Violation => ({
  rule: 'inheritance/all-allowed-sensitive',
  mentions: name,
  key: 'inheritablePermissions',
  entry: { resourceAppId, inheritableScopes: { kind: 'allAllowed' } },
});
const federated = (name: string): Violation => ({
  rule: 'credentials/fic-subject-broad',
  mentions: name,
  key: 'federatedIdentityCredentials',
  entry: {
    name,
    issuer: 'https://token.actions.githubusercontent.com',
    subject: `repo:larkspur-freight/${name}:pull_request`,
    audiences: ['api://AzureADTokenExchange'],
  },
});

/** Each is found whatever else is wrong. */
export const VIOLATIONS: readonly Violation[] = [
  permission('Mail.Read', '810c84a8-4a9e-49e6-bf7d-12d183f40d01'),
  permission('Mail.ReadWrite', 'e2a3a72e-5f79-4c64-b1b1-878b674786c9'),
  permission('Files.ReadWrite.All', '75359482-378d-4052-8f01-80520e7db3cd'),
  redirect('http://one.example/cb'),
  redirect('http://two.example/cb'),
  secret('first try'),
  secret('second try'),
  passedOn('Microsoft Graph', GRAPH),
  passedOn('SharePoint Online', '00000003-0000-0ff1-ce00-000000000000'),
  federated('one'),
  federated('two'),
];

export const someViolations: Arbitrary<readonly Violation[]> = fc.subarray([...VIOLATIONS]);

/** The blueprint with these violations, its lists in their order. */
export function blueprintWith(violations: readonly Violation[], uniqueName: string): object {
  const of = (key: Violation['key']) => violations.flatMap((each) => (each.key === key ? [each.entry] : []));
  return {
    kind: 'agentIdentityBlueprint',
    uniqueName,
    displayName: uniqueName,
    description: 'Does what it is for, in the tests of what keeps findings from counting.',
    signInAudience: 'AzureADMyOrg',
    serviceManagementReference: 'CMDB-1',
    sponsors: [{ userPrincipalName: 'mira.okafor@larkspur-freight.example' }],
    owners: [{ userPrincipalName: 'dana.whitlock@larkspur-freight.example' }],
    requiredResourceAccess: [{ resourceAppId: GRAPH, resourceAccess: of('requiredResourceAccess') }],
    web: { redirectUris: of('web') },
    inheritablePermissions: of('inheritablePermissions'),
    passwordCredentials: of('passwordCredentials'),
    federatedIdentityCredentials: of('federatedIdentityCredentials'),
  };
}

/** How a manifest is written: nothing of it is what a rule is about. */
export type Style = {
  readonly language: 'json' | 'yaml';
  readonly indent: number;
  readonly reversed: boolean;
  readonly comment: string | null;
  readonly folder: string;
};

export const style: Arbitrary<Style> = fc.record({
  language: fc.constantFrom('json', 'yaml'),
  indent: fc.integer({ min: 1, max: 8 }),
  reversed: fc.boolean(),
  comment: fc.option(fc.constantFrom('reviewed', 'see the wiki', 'TODO: agentid-lint')),
  folder: fc.constantFrom('agents', 'team/blueprints', 'a b'),
});

/** A file that holds the blueprint, by its path. */
export function written(blueprint: object, { language, indent, reversed, comment, folder }: Style) {
  const value: unknown = reversed ? backwards(blueprint) : blueprint;
  const note = comment === null ? '' : `# ${comment}\n`;
  const text =
    language === 'json'
      ? `${JSON.stringify(value, null, indent)}\n`
      : note + stringify(value, { indent: Math.max(2, indent) });
  return { [`${folder}/blueprint.${language}`]: text };
}

/** The same with every object's keys and every list's entries in the opposite order. */
function backwards(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(backwards).reverse();
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .map(([key, part]) => [key, backwards(part)])
      .reverse(),
  );
}
