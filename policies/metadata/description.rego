# METADATA
# title: Missing description or asset reference
# description: |
#   Reviewers, incident responders and administrators who consent to an agent read in its description what it is for.
#   They cannot judge an agent whose purpose is not written down. In production a blueprint also needs a reference to
#   its entry in your service or asset database (`serviceManagementReference`), so that it can be found from there.
#   Blueprints that Microsoft's agent platforms create are not reported; the option `allowCreators` names further
#   platforms.
# related_resources:
#   - ref: https://learn.microsoft.com/entra/agent-id/best-practices-agent-id
#     description: Best practices for Microsoft Entra Agent ID
#   - ref: https://learn.microsoft.com/graph/api/resources/agentidentityblueprint
#     description: Properties of a blueprint
# custom:
#   severity: low
#   wave: 1
#   applies_to: [blueprint]
#   requires: [names]
#   sources: [manifest, tenant]
#   message: '{property} of blueprint "{name}" is {problem}'
#   remediation: >-
#     Say in `description` what the agents of the blueprint are for. In production, also set
#     `serviceManagementReference` to its entry in your service or asset database.
#   controls:
#     nist-800-53: [CM-8, PM-5]
#   options:
#     allowCreators:
#       type: array
#       items: { type: string }
#       description: Application ids (`createdByAppId`) of further platforms whose blueprints are not judged.
#       default: []
#   since: 0.1.0
#   aliases: []
package agentid.metadata.description

import data.agentid.lib.creators
import data.agentid.lib.finding
import data.agentid.lib.options
import data.agentid.lib.text

findings contains finding.at([property], {"property": property, "name": input.name, "problem": problem}) if {
	creator := object.get(input.properties, "createdByAppId", null)
	not creators.is_platform(creator, options.of("metadata/description").allowCreators)
	some property in wanted
	problem := problem_of(object.get(input.properties, property, null))
}

default wanted := ["description"]

wanted := ["description", "serviceManagementReference"] if input.production == true

problem_of(value) := "missing" if text.is_blank(value)

problem_of(value) := "a placeholder" if {
	not text.is_blank(value)
	text.is_stand_in(value)
}
