# METADATA
# title: Blueprint with a credential but no agents
# description: |
#   A blueprint without agents is often a try or a left-over. Its client secret or certificate still works: whoever has
#   it can make agents from the blueprint and use what they inherit, and nobody would miss it when it leaks. The rule
#   reports blueprints that are older than the option `minimumAgeDays`, have a credential that has not expired, and have
#   no agent identity in the tenant. A blueprint that other tenants may use can have its agents there, so it is not
#   reported, nor is one whose creation date is not told.
# related_resources:
#   - ref: https://learn.microsoft.com/entra/agent-id/best-practices-agent-id
#     description: Best practices for Microsoft Entra Agent ID
#   - ref: https://learn.microsoft.com/graph/api/resources/agentidentityblueprint
#     description: Credentials of a blueprint
# custom:
#   severity: low
#   wave: 1
#   applies_to: [blueprint]
#   requires: [agentIdentities]
#   sources: [tenant]
#   message: >-
#     blueprint "{name}" has {credentials} that can be used, but no agents; it was created on {created}
#   remediation: >-
#     Remove the credentials, or delete the blueprint if it is not needed any more.
#   controls:
#     owasp-nhi: [NHI1]
#   options:
#     minimumAgeDays:
#       type: integer
#       minimum: 0
#       description: Days after its creation in which a blueprint may be without agents.
#       default: 30
#   since: 0.1.0
#   aliases: []
package agentid.lifecycle.unused_blueprint

import data.agentid.lib.activity
import data.agentid.lib.credentials
import data.agentid.lib.dates
import data.agentid.lib.finding
import data.agentid.lib.options

findings contains finding.at(["agentIdentityCount"], args) if {
	input.properties.agentIdentityCount == 0
	object.get(input.properties, "signInAudience", null) in {"AzureADMyOrg", null}
	is_number(input.created)
	not activity.is_younger_than(options.of("lifecycle/unused-blueprint").minimumAgeDays)
	count(credentials.active) > 0
	args := {
		"name": input.name,
		"credentials": counted(credentials.active),
		"created": dates.shown(input.properties.createdDateTime),
	}
}

counted(active) := concat(" and ", array.concat(
	phrase(count([credential | some credential in active; credential.type == "secret"]), "client secret"),
	phrase(count([credential | some credential in active; credential.type != "secret"]), "certificate"),
))

phrase(number, word) := [] if {
	number == 0
} else := [$"a {word}"] if {
	number == 1
} else := [$"{number} {word}s"]
