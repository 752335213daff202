# METADATA
# title: Object disabled by Microsoft
# description: |
#   Microsoft disables an application or agent when it sees abuse or a violation of its terms. That is a sign that
#   somebody else has used it, or that it does what it should not, whatever its permissions are. The reason is not told;
#   Microsoft support knows it. Enabling the object again is not possible before.
# related_resources:
#   - ref: https://learn.microsoft.com/graph/api/resources/agentidentityblueprint
#     description: disabledByMicrosoftStatus of a blueprint
#   - ref: https://learn.microsoft.com/graph/api/resources/agentidentity
#     description: disabledByMicrosoftStatus of an agent identity
# custom:
#   severity: high
#   wave: 1
#   applies_to: [blueprint, blueprintPrincipal, agentIdentity]
#   requires: []
#   sources: [tenant]
#   message: 'Microsoft has disabled "{name}": its status is {status}'
#   remediation: >-
#     Find out what it did from its sign-in and audit logs, replace the credentials of its blueprint, and ask Microsoft
#     support for the reason. Delete it if it is not yours or not needed any more.
#   controls:
#     owasp-asi: [ASI10]
#     nist-800-53: [SI-4, IR-4]
#   options: {}
#   since: 0.1.0
#   aliases: []
package agentid.lifecycle.disabled_by_microsoft

import data.agentid.lib.finding
import data.agentid.lib.text

findings contains finding.at(["disabledByMicrosoftStatus"], {"name": input.name, "status": status}) if {
	status := input.properties.disabledByMicrosoftStatus
	is_string(status)
	not text.is_blank(status)
	lower(status) != "notdisabled"
}
