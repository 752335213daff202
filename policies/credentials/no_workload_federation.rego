# METADATA
# title: No federated credential on the blueprint
# description: |
#   A federated identity credential lets a managed identity or a pipeline authenticate as the blueprint without a
#   stored secret that can leak and has to be rotated. The rule finds blueprints that have client secrets or
#   certificates instead. A blueprint without any credential passes, because its platform may hold the credential.
#   Federated credentials are not part of an export from the portal or of a plain Graph answer: say `relationships:
#   elsewhere` in the config for such files.
# related_resources:
#   - ref: https://learn.microsoft.com/entra/agent-id/best-practices-agent-id
#     description: Best practices for Microsoft Entra Agent ID
#   - ref: https://learn.microsoft.com/entra/workload-id/workload-identity-federation
#     description: Workload identity federation
# custom:
#   severity: low
#   wave: 1
#   applies_to: [blueprint]
#   requires: [federatedIdentityCredentials]
#   sources: [manifest, tenant]
#   message: 'blueprint "{name}" authenticates with {types} and has no federated identity credential'
#   remediation: >-
#     Add the managed identity or pipeline that runs the agents to `federatedIdentityCredentials`, and remove the
#     stored credentials once nothing uses them. For a file that does not keep federated credentials, such as an
#     export, set `relationships: elsewhere` in the config.
#   controls:
#     owasp-nhi: [NHI4, NHI7]
#     nist-800-53: [IA-5, IA-9]
#   options:
#     acceptCertificates:
#       type: boolean
#       description: >-
#         Accept blueprints that have only certificates, such as those whose keys are held in a hardware security
#         module.
#       default: false
#   since: 0.1.0
#   aliases: []
package agentid.credentials.no_workload_federation

import data.agentid.lib.credentials
import data.agentid.lib.federation
import data.agentid.lib.finding
import data.agentid.lib.options

findings contains finding.at(["federatedIdentityCredentials"], args) if {
	federation.none
	count(types - accepted_types) > 0
	args := {"name": input.name, "types": concat(" and ", words)}
}

types contains credential.type if some credential in credentials.active

default accepted_types := set()

accepted_types := {"certificate"} if options.of("credentials/no-workload-federation").acceptCertificates

words := [concat("", [credentials.word_of(type), "s"]) |
	some type in ["secret", "certificate"]
	type in types
]
