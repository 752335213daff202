/** A blueprint that no rule has anything against. */
export const CLEAN = `kind: agentIdentityBlueprint
displayName: lf-mail-digest-prd
uniqueName: lf-mail-digest-prd
description: Sends each dispatcher a digest of yesterday's mail that still waits for an answer.
environment: production
signInAudience: AzureADMyOrg
serviceManagementReference: CMDB-40981
tags: [team:dispatch]
sponsors:
  - userPrincipalName: oskar.lind@larkspur-freight.example
  - userPrincipalName: dana.whitlock@larkspur-freight.example
owners:
  - userPrincipalName: dana.whitlock@larkspur-freight.example
`;

/** The same with nobody in charge: line 10. */
export const WITHOUT_SPONSORS = CLEAN.replace(/sponsors:\n(?: {2}.*\n)+/, 'sponsors: []\n')
  .replaceAll('mail-digest', 'invoice')
  .replace('CMDB-40981', 'CMDB-40982');
