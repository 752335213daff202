/** A blueprint without a finding. */
export function clean(name = 'parcel-sorter'): string {
  return `kind: agentIdentityBlueprint
displayName: ${name}
uniqueName: ${name}
description: Sorts parcels by what their labels say, for people to load.
signInAudience: AzureADMyOrg
sponsors:
  - userPrincipalName: ines.moreau@quayside.example
owners:
  - userPrincipalName: tomas.vidal@quayside.example
federatedIdentityCredentials:
  - name: deploy
    issuer: https://token.actions.githubusercontent.com
    subject: repo:quayside/${name}:environment:production
    audiences: ["api://AzureADTokenExchange"]
`;
}

/** The same with the sponsors left out: one finding, high. */
export function unsponsored(name = 'quote-writer'): string {
  return clean(name).replace(/^sponsors:\n.*\n/m, '');
}

/** A blueprint with exactly one finding of this severity. */
export function withFinding(severity: keyof typeof FLAWS, name = `one-${severity}`): string {
  return FLAWS[severity](name);
}

const FLAWS = {
  critical: (name: string) =>
    `${clean(name)}passwordCredentials:\n  - {displayName: old, endDateTime: "2026-12-30T00:00:00Z", startDateTime: "2026-11-01T00:00:00Z", secretText: kept~in~the~file}\n`,
  high: unsponsored,
  medium: (name: string) => clean(name).replace(/^owners:\n.*\n/m, ''),
  low: (name: string) => clean(name).replace(/^description:.*\n/m, ''),
  info: (name: string) => clean(name),
} as const;
