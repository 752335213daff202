# METADATA
# title: Blueprint can be used by other tenants
# description: |
#   A blueprint whose audience is `AzureADMultipleOrgs` can be added to every Microsoft Entra tenant, and whoever holds
#   its credentials can then act in each of them. The default is your own tenant only, but the Agent 365 CLI creates
#   multi-tenant blueprints even for agents that nobody else is meant to use. A blueprint that is published on purpose
#   has one of the tags in the option `publishedTags` and is not reported.
# related_resources:
#   - ref: https://learn.microsoft.com/graph/api/resources/agentidentityblueprint
#     description: signInAudience of a blueprint
#   - ref: https://github.com/microsoft/Agent365-devTools
#     description: Agent 365 CLI, which creates multi-tenant blueprints
# custom:
#   severity: high
#   wave: 1
#   applies_to: [blueprint]
#   requires: []
#   sources: [manifest, tenant]
#   message: 'blueprint "{name}" can be used by every tenant: its audience is {audience}'
#   remediation: >-
#     Set `signInAudience` to `AzureADMyOrg`. If other tenants are meant to use the blueprint, give it a tag that is
#     listed in the option `publishedTags`.
#   controls:
#     owasp-nhi: [NHI3, NHI6]
#     owasp-asi: [ASI04]
#     nist-800-53: [AC-3, SA-9]
#   options:
#     publishedTags:
#       type: array
#       items: { type: string }
#       description: Tags of blueprints that are published to other tenants, exact or with a trailing `*`.
#       default: []
#   since: 0.1.0
#   aliases: []
package agentid.exposure.multi_tenant

import data.agentid.lib.finding
import data.agentid.lib.options
import data.agentid.lib.tags

findings contains finding.at(["signInAudience"], {"name": input.name, "audience": audience}) if {
	audience := input.properties.signInAudience
	audience == "AzureADMultipleOrgs"
	not is_published
}

default is_published := false

is_published if tags.any_in(input.properties.tags, options.of("exposure/multi-tenant").publishedTags)
