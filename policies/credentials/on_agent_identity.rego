# METADATA
# title: Credential stored directly on an agent identity or blueprint principal
# description: |
#   An agent identity has no credentials of its own: it gets its tokens through its blueprint, where credentials are
#   governed. A client secret or certificate on the agent itself, or on the principal of its blueprint, was put there by
#   another way, and lets its holder act as the agent past everything that watches the blueprint. Expired ones are
#   reported too, because somebody added them. Certificates with which the platform signs tokens, and those that encrypt
#   tokens, are not reported. That agents cannot have credentials is documented; that Microsoft Entra refuses every
#   attempt is not, so this is only partly confirmed.
# related_resources:
#   - ref: https://learn.microsoft.com/graph/api/resources/agentidentity
#     description: agentIdentity resource type
#   - ref: https://learn.microsoft.com/entra/agent-id/agent-service-principals
#     description: Service principals of agents
# custom:
#   severity: high
#   wave: 2
#   applies_to: [agentIdentity, blueprintPrincipal]
#   requires: []
#   sources: [tenant]
#   message: '{type}[ "{credential}"] is stored on the {object} "{name}" itself, which should have no credentials'
#   remediation: >-
#     Find out who added the credential and remove it. Agents authenticate with the credentials of their blueprint,
#     best with a federated identity credential.
#   controls:
#     owasp-nhi: [NHI4, NHI9]
#     owasp-asi: [ASI03, ASI10]
#     nist-800-53: [IA-5, SI-4]
#   options: {}
#   since: 0.1.0
#   aliases: []
package agentid.credentials.on_agent_identity

import data.agentid.lib.credentials
import data.agentid.lib.finding
import data.agentid.lib.signing

findings contains finding.at(credential.path, args) if {
	some credential in input.credentials
	not signing.is_for_tokens(credential)
	not credentials.is_encryption(credential.usage)
	args := {
		"type": credentials.word_of(credential.type),
		"credential": credential.displayName,
		"object": objects[input.kind],
		"name": input.name,
	}
}

objects := {"agentIdentity": "agent identity", "blueprintPrincipal": "blueprint principal"}
