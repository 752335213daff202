# METADATA
# title: Only one person is sponsor
# description: |
#   When the only sponsor of an agent leaves, nobody answers for it until somebody notices. The rule asks for at least
#   `minimum` sponsors and is off until that is raised above 1, as one is enough for small teams. A group counts as
#   enough, and a sponsor given by id alone may be a group. An agent without any sponsor is the business of the other
#   rules about sponsors.
# related_resources:
#   - ref: https://learn.microsoft.com/entra/agent-id/agent-owners-sponsors-managers
#     description: Owners, sponsors and managers of agents
# custom:
#   severity: info
#   wave: 1
#   applies_to: [blueprint, agentIdentity]
#   requires: [sponsors]
#   sources: [manifest, tenant]
#   message: 'the number of sponsors of "{name}" is {count}, and at least {minimum} are asked for'
#   remediation: Add further users to `sponsors`, or a Microsoft 365 group or dynamic group.
#   controls:
#     owasp-nhi: [NHI1]
#   options:
#     minimum:
#       type: integer
#       minimum: 1
#       maximum: 100
#       description: Least number of sponsors of a blueprint or agent identity. 1 switches the rule off.
#       default: 1
#   since: 0.1.0
#   aliases: []
package agentid.accountability.single_sponsor

import data.agentid.lib.finding
import data.agentid.lib.options
import data.agentid.lib.principals

findings contains finding.at(["sponsors"], {"name": input.name, "count": number, "minimum": minimum}) if {
	minimum := options.of("accountability/single-sponsor").minimum
	number := count({principals.identity(sponsor) | some sponsor in input.sponsors})
	number > 0
	number < minimum
	every sponsor in input.sponsors {
		not sponsor.kind in {"group", "unknown"}
	}
}
