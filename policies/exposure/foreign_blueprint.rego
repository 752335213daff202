# METADATA
# title: Agents built from a blueprint of another tenant
# description: |
#   A blueprint principal whose owner is another tenant stands for a blueprint that lives there. Its credentials,
#   settings and inheritable permissions can be neither seen nor changed here, and whoever controls it there controls
#   every agent that is made from it here. Such principals come from software vendors, which is often intended: name
#   the tenants that you trust in the option `allowTenants`. Two tenants of Microsoft, which own the blueprints of its
#   products, are in it from the start.
# related_resources:
#   - ref: https://learn.microsoft.com/graph/api/resources/agentidentityblueprintprincipal
#     description: appOwnerOrganizationId of a blueprint principal
#   - ref: https://learn.microsoft.com/entra/agent-id/agent-service-principals
#     description: Blueprints and the principals that stand for them
# custom:
#   severity: medium
#   wave: 1
#   applies_to: [blueprintPrincipal]
#   requires: []
#   sources: [tenant]
#   message: >-
#     blueprint "{name}" belongs to another tenant, {owner}[ ({publisher})], so its credentials and settings cannot be
#     seen here[; agents that are made from it: {agents}]
#   remediation: >-
#     Add the tenant to the option `allowTenants` if you trust its owner with these agents; else disable the blueprint
#     principal and remove it together with its agents.
#   controls:
#     owasp-nhi: [NHI3]
#     owasp-asi: [ASI04]
#     nist-800-53: [SA-9, SR-3]
#   options:
#     allowTenants:
#       type: array
#       items: { type: string, minLength: 1 }
#       description: Ids of tenants whose blueprints may be used here.
#       default: [f8cdef31-a31e-4b4a-93e4-5f571e91255a, 72f988bf-86f1-41af-91ab-2d7cd011db47]
#   since: 0.1.0
#   aliases: []
package agentid.exposure.foreign_blueprint

import data.agentid.lib.finding
import data.agentid.lib.options
import data.agentid.lib.publishers
import data.agentid.lib.text

findings contains finding.at(["appOwnerOrganizationId"], args) if {
	publishers.is_foreign
	owner := input.properties.appOwnerOrganizationId
	not text.matches_any(owner, options.of("exposure/foreign-blueprint").allowTenants)
	args := {
		"name": input.name,
		"owner": owner,
		"publisher": publishers.name,
		"agents": object.get(input.properties, "agentIdentityCount", null),
	}
}
