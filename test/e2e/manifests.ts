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

export const NO_SPONSOR = 'accountability/blueprint-no-sponsor';

/** The same with the sponsors left out: one finding, of `NO_SPONSOR`, high. */
export function unsponsored(name = 'quote-writer'): string {
  return clean(name).replace(/^sponsors:\n.*\n/m, '');
}

/** The same broken off in the middle of a line, as a full disk leaves it. */
export function torn(name = 'torn-apart'): string {
  return `${clean(name)}tags: [unfinished`;
}
