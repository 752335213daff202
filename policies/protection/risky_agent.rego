# METADATA
# title: Agent is at risk or confirmed compromised
# description: |
#   Microsoft Entra ID Protection has seen an agent behave as a compromised one does, for example with a burst of
#   sign-ins or access to resources that it never used, or an administrator has confirmed that it is compromised. It
#   stays at risk until somebody looks into it. The rule reports agents that are enabled, at risk from the level in the
#   option `minimumLevel` on; confirmed ones always. Low risk can be a mere warning, so it is left out by default. Agent
#   risk needs a licence (Microsoft Entra ID P2) and is only in Graph's beta version.
# related_resources:
#   - ref: https://learn.microsoft.com/graph/api/resources/riskyagent
#     description: Risky agents (beta)
#   - ref: https://learn.microsoft.com/graph/api/identityprotectionroot-list-riskyagents
#     description: List of risky agents (beta)
# custom:
#   severity: critical
#   wave: 2
#   applies_to: [riskyAgent]
#   requires: [riskyAgents]
#   sources: [tenant]
#   message: '{type} "{name}" is {state}[ with risk level {level}][ (as of {date})] and still enabled'
#   remediation: >-
#     Disable the agent, look at its sign-ins and what it did, replace the credentials of its blueprint, then dismiss
#     the risk or confirm that the agent is compromised.
#   controls:
#     owasp-asi: [ASI10]
#     nist-800-53: [SI-4, IR-4]
#   options:
#     minimumLevel:
#       type: string
#       enum: [low, medium, high]
#       description: Lowest level of risk that is reported; a level that Microsoft hides counts as high.
#       default: medium
#   since: 0.1.0
#   aliases: []
package agentid.protection.risky_agent

import data.agentid.lib.dates
import data.agentid.lib.finding
import data.agentid.lib.options
import data.agentid.lib.text

findings contains finding.at(["riskState"], args) if {
	object.get(input.properties, "isEnabled", null) != false
	object.get(input.properties, "isDeleted", null) != true
	level := object.get(input.properties, "riskLevel", null)
	is_reported(input.properties.riskState, level)
	args := {
		"type": type_of(object.get(input.properties, "identityType", null)),
		"name": name,
		"state": states[input.properties.riskState],
		"level": told(level),
		"date": told(dates.shown(object.get(input.properties, "riskLastModifiedDateTime", null))),
	}
}

states := {"atRisk": "at risk", "confirmedCompromised": "confirmed compromised"}

ranks := {"none": 0, "low": 1, "medium": 2, "high": 3}

default is_reported(_, _) := false

is_reported("confirmedCompromised", _)

is_reported("atRisk", level) if {
	minimum := options.of("protection/risky-agent").minimumLevel
	object.get(ranks, level, ranks.high) >= ranks[minimum]
}

name := said if {
	said := object.get(input.properties, "agentDisplayName", null)
	is_string(said)
	not text.is_blank(said)
} else := input.name

# Levels that tell nothing are left out of the message.
told(said) := said if {
	is_string(said)
	not said in {"", "none", "hidden", "unknownFutureValue"}
} else := null

type_of(said) := object.get(
	{
		"agentIdentity": "agent identity",
		"agentUser": "agent user",
		"agentIdentityBlueprintPrincipal": "blueprint principal",
	},
	said,
	"agent",
)
