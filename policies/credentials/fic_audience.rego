# METADATA
# title: Federated credential audience is not the token exchange audience
# description: |
#   Microsoft Entra accepts an outside token only if it was made for the audience that the federated identity
#   credential names. The token exchange audience is used for nothing else. With any other audience, a token that was
#   made for another service can be replayed to act as every agent of the blueprint. National clouds have audiences of
#   their own: a Microsoft Entra issuer tells which one is right, and for other issuers each of them passes. A
#   credential that states no audiences is not judged.
# related_resources:
#   - ref: https://learn.microsoft.com/graph/api/resources/federatedidentitycredential
#     description: federatedIdentityCredential resource type
#   - ref: https://learn.microsoft.com/entra/workload-id/workload-identity-federation-config-app-trust-managed-identity
#     description: Application that trusts a managed identity, with the audience of each cloud
# custom:
#   severity: high
#   wave: 1
#   applies_to: [blueprint]
#   requires: [federatedIdentityCredentials]
#   sources: [manifest, tenant]
#   message: 'federated credential[ "{credential}"] must have {expected} as its only audience[, not {audiences}]'
#   remediation: >-
#     Set `audiences` to the one token exchange audience of your cloud: `api://AzureADTokenExchange`, or the one of the
#     national cloud.
#   controls:
#     owasp-nhi: [NHI4]
#     nist-800-53: [IA-9]
#   options: {}
#   since: 0.1.0
#   aliases: []
package agentid.credentials.fic_audience

import data.agentid.lib.federation
import data.agentid.lib.finding

findings contains finding.at(array.concat(credential.path, place_of(credential.audiences)), args) if {
	some credential in federation.credentials
	is_array(credential.audiences)
	every audience in credential.audiences {
		is_string(audience)
	}
	cloud := federation.cloud_of(credential.issuer)
	not is_right(credential.audiences, cloud)
	args := {
		"credential": credential.name,
		"audiences": credential.audiences,
		"expected": federation.audience_of(cloud),
	}
}

# One wrong value is pointed at; none or several are the list's fault.
place_of([_]) := ["audiences", 0]

place_of(audiences) := ["audiences"] if count(audiences) != 1

default is_right(_, _) := false

is_right([audience], cloud) if federation.is_audience(audience, cloud)

# The real value of a placeholder comes later.
is_right([audience], _) if not federation.is_stated(audience)
