# METADATA
# title: Property that blueprints do not support
# description: |
#   A blueprint has the shape of an ordinary application, but agents are confidential clients. Microsoft Entra does not
#   support some properties of applications on blueprints, above all those of public clients and single-page
#   applications. A request that sets one is rejected, or the value is dropped and later shows up as drift. Exports
#   list these properties with their defaults, so a property is reported only when its value is not the default.
#   Single-instance agents (preview) may have a public client: name the properties in the option `allow`.
# related_resources:
#   - ref: https://learn.microsoft.com/graph/api/resources/agentidentityblueprint
#     description: Properties of a blueprint
#   - ref: https://learn.microsoft.com/entra/agent-id/agent-oauth-protocols
#     description: Agents are confidential clients
# custom:
#   severity: medium
#   wave: 1
#   applies_to: [blueprint]
#   requires: []
#   sources: [manifest]
#   message: '{property} is set[ to {value}], but blueprints do not support it'
#   remediation: >-
#     Remove the property or set it to its default: `null`, `false` or an empty list, and `Allow` for
#     `legalAgeGroupRule`.
#   controls:
#     nist-800-53: [CM-6]
#   options:
#     allow:
#       type: array
#       items: { type: string }
#       description: Properties that may be set all the same, for example `publicClient` for single-instance agents.
#       default: []
#   since: 0.1.0
#   aliases: []
package agentid.exposure.unsupported_property

import data.agentid.lib.finding
import data.agentid.lib.options
import data.agentid.lib.text
import data.agentid.lib.values

findings contains finding.at(path, {"property": path[0], "value": value}) if {
	some path, value in used
	not text.matches_any(path[0], options.of("exposure/unsupported-property").allow)
}

used[[property, "redirectUris"]] := null if {
	some property in ["publicClient", "spa"]
	values.has_entries(input.properties[property].redirectUris)
}

used[["isFallbackPublicClient"]] := "true" if input.properties.isFallbackPublicClient == true

used[["addIns"]] := null if values.has_entries(input.properties.addIns)

used[["nativeAuthenticationApisEnabled"]] := value if {
	value := input.properties.nativeAuthenticationApisEnabled
	not text.is_blank(value)
	lower(value) != "none"
}

used[["samlMetadataUrl"]] := null if {
	is_string(input.properties.samlMetadataUrl)
	not text.is_blank(input.properties.samlMetadataUrl)
}

used[["parentalControlSettings", "countriesBlockedForMinors"]] := null if {
	values.has_entries(input.properties.parentalControlSettings.countriesBlockedForMinors)
}

used[["parentalControlSettings", "legalAgeGroupRule"]] := value if {
	not values.has_entries(object.get(input.properties, ["parentalControlSettings", "countriesBlockedForMinors"], []))
	value := input.properties.parentalControlSettings.legalAgeGroupRule
	not text.is_blank(value)
	lower(value) != "allow"
}
