# METADATA
# title: Template placeholder left in an agent manifest
# description: |
#   The Agent 365 CLI starts projects from templates whose ids are the same for everybody. A package that still has one
#   points to an app or a blueprint that is not yours. Template references such as `${{APP_ID}}` pass, because a tool
#   fills them in. The id of the agentic user template may stay as it is: the two files only have to agree on it.
# related_resources:
#   - ref: https://github.com/microsoft/Agent365-devTools
#     description: Source of the Agent 365 CLI and its templates
# custom:
#   severity: medium
#   wave: 1
#   applies_to: [agent365Config, appPackageManifest, agenticUserTemplate]
#   requires: []
#   sources: [repository]
#   message: '{property} is still {what}'
#   remediation: Set the property to the id of your own app, blueprint or tenant.
#   controls:
#     owasp-asi: [ASI04]
#     nist-800-53: [CM-6]
#   options: {}
#   since: 0.1.0
#   aliases: []
package agentid.repository.template_placeholder

import data.agentid.lib.finding
import data.agentid.lib.text

properties := {
	"agent365Config": {"tenantId", "clientAppId", "subscriptionId"},
	"appPackageManifest": {"id"},
	"agenticUserTemplate": {"agentIdentityBlueprintId"},
}

findings contains finding.at([property], {"property": property, "what": what}) if {
	some property in properties[input.kind]
	what := stand_in(input.properties[property])
}

stand_in(value) := text.placeholders.ids[value]

stand_in(value) := "a placeholder" if text.is_stand_in(value)
