# METADATA
# title: Blueprint authenticates with a client secret
# description: |
#   Whoever holds a client secret of a blueprint can act as every agent made from it, from anywhere, and nothing shows
#   that it was copied. Microsoft ranks federation with a managed identity first and certificates second, and wants
#   client secrets for development and tests only. Expired secrets are not reported. Secrets on blueprints that are not
#   in production can be accepted with the option `allowOutsideProduction`.
# related_resources:
#   - ref: https://learn.microsoft.com/entra/agent-id/best-practices-agent-id
#     description: Best practices for Microsoft Entra Agent ID
# custom:
#   severity: high
#   wave: 1
#   applies_to: [blueprint]
#   requires: []
#   sources: [manifest, tenant]
#   message: 'blueprint "{name}" authenticates with a client secret[ named "{credential}"]'
#   remediation: >-
#     Add a federated identity credential, or a certificate where federation is not possible, and remove the secret
#     from `passwordCredentials`.
#   controls:
#     owasp-nhi: [NHI2, NHI4, NHI7]
#     owasp-asi: [ASI03]
#     nist-800-53: [IA-5]
#     cis-m365: ["5.1.5"]
#   options:
#     allowOutsideProduction:
#       type: boolean
#       description: >-
#         Accept client secrets on blueprints without a production marker (`production` in the config), such as those
#         for development and tests.
#       default: false
#   since: 0.1.0
#   aliases: []
package agentid.credentials.client_secret

import data.agentid.lib.credentials
import data.agentid.lib.finding
import data.agentid.lib.options

findings contains finding.at(credential.path, args) if {
	not is_exempt
	some credential in credentials.active
	credential.type == "secret"
	args := {"name": input.name, "credential": credential.displayName}
}

default is_exempt := false

is_exempt if {
	options.of("credentials/client-secret").allowOutsideProduction
	not input.production
}
