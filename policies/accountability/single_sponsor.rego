# METADATA
# title: Only one person is sponsor
# description: |
#   When the only sponsor of an agent leaves, nobody answers for it until somebody notices. The rule asks for at least
#   `minimum` sponsors. It finds nothing until `minimum` is raised above 1, because one sponsor is enough for a small
#   team. A group counts as enough, and so does a sponsor given only by an id, which may be a group. An agent without
#   any sponsor is not reported here; for blueprints `accountability/blueprint-no-sponsor` does that.
# related_resources:
#   - ref: https://learn.microsoft.com/entra/agent-id/agent-owners-sponsors-managers
#     description: Owners, sponsors and managers of agents
# custom:
#   severity: info
#   wave: 1
#   applies_to: [blueprint, agentIdentity]
#   requires: [sponsors]
#   sources: [manifest, tenant]
#   message: '"{name}" has only {count} of the {minimum} sponsors that are required'
#   remediation: Add more users to `sponsors`, or a Microsoft 365 group or dynamic group.
#   controls:
#     owasp-nhi: [NHI1]
#   options:
#     minimum:
#       type: integer
#       minimum: 1
#       maximum: 100
#       description: Smallest number of sponsors of a blueprint or agent identity. With 1 the rule finds nothing.
#       default: 1
#   since: 0.1.0
#   aliases: []
package agentid.accountability.single_sponsor

import data.agentid.lib.finding
import data.agentid.lib.options
import data.agentid.lib.principals

findings contains finding.at(["sponsors"], {"name": input.name, "count": number, "minimum": minimum}) if {
	minimum := options.of("accountability/single-sponsor").minimum

	# Nothing is counted for the many who leave the option as it is.
	minimum > 1
	number := count({principals.identity(sponsor) | some sponsor in input.sponsors})
	number > 0
	number < minimum
	every sponsor in input.sponsors {
		sponsor.kind != "group"
		sponsor.kind != "unknown"
	}
}
