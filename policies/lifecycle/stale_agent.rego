# METADATA
# title: Agent identity not used for a long time
# description: |
#   An agent that nobody uses any more keeps its permissions, and nobody notices when somebody else uses them. The rule
#   looks at enabled agents whose last sign-in is too long ago, by the best evidence that the tenant has: the report of
#   service principal sign-ins, the sign-in log, or the sign-in activity of the agent's user account. The message says
#   which. Microsoft does not say whether these reports cover agent identities, they lag, and the log reaches back a
#   few weeks only, so an agent without any evidence is not judged: it may be in use. Agents that work seldom on
#   purpose have one of the tags in the option `seasonalTags`. The reports are in Graph's beta version.
# related_resources:
#   - ref: https://learn.microsoft.com/entra/agent-id/best-practices-agent-id
#     description: Best practices for Microsoft Entra Agent ID
#   - ref: https://learn.microsoft.com/graph/api/reportroot-list-serviceprincipalsigninactivities
#     description: Report of service principal sign-ins (beta)
# custom:
#   severity: medium
#   wave: 2
#   applies_to: [agentIdentity, agentUser]
#   requires: [signInActivity]
#   sources: [tenant]
#   message: >-
#     "{name}" is enabled but was not used for {days} days; its last sign-in was on {date}, says {evidence}
#   remediation: >-
#     Ask the sponsor whether the agent is still needed. Disable it, remove its permissions and delete it later, or give
#     it a tag that is listed in the option `seasonalTags`.
#   controls:
#     owasp-nhi: [NHI1]
#     owasp-asi: [ASI10]
#     nist-800-53: [AC-2(3)]
#   options:
#     unusedDays:
#       type: integer
#       minimum: 1
#       description: Days without a sign-in from which an agent counts as unused.
#       default: 90
#     graceDays:
#       type: integer
#       minimum: 0
#       description: Days after its creation in which an agent is not judged.
#       default: 30
#     seasonalTags:
#       type: array
#       items: { type: string, minLength: 1 }
#       description: Tags of agents that work seldom on purpose, exact or with a trailing `*`.
#       default: []
#   since: 0.1.0
#   aliases: []
package agentid.lifecycle.stale_agent

import data.agentid.lib.activity
import data.agentid.lib.dates
import data.agentid.lib.finding
import data.agentid.lib.options
import data.agentid.lib.tags

findings contains finding.at(["signInActivity", "lastSignInDateTime"], args) if {
	settings := options.of("lifecycle/stale-agent")
	activity.is_unused_for(settings.unusedDays)
	input.properties.accountEnabled == true
	not activity.is_younger_than(settings.graceDays)
	not tags.any_in(object.get(input.properties, "tags", null), settings.seasonalTags)
	args := {
		"name": input.name,
		"days": activity.days_unused,
		"date": dates.shown(input.properties.signInActivity.lastSignInDateTime),
		"evidence": activity.evidence,
	}
}
