# METADATA
# title: Agent excluded from Conditional Access
# description: |
#   An exclusion from a policy is made for a reason, such as a roll-out in steps, and tends to stay when the reason has
#   gone; the agent then does what the policy forbids to all others. The rule reports each agent or blueprint principal
#   that a policy excludes, and a filter that excludes agents by their custom security attributes; which agents such a
#   filter meets is not judged. A policy that blocks its agents whatever they do is a list of the agents that may work,
#   made of its exclusions, and is not reported, nor is one that is switched off. Name what was reviewed in the options.
#   Exclusions of agents are only in Graph's beta version.
# related_resources:
#   - ref: https://learn.microsoft.com/entra/identity/conditional-access/agent-id
#     description: Conditional Access for agents
#   - ref: https://learn.microsoft.com/entra/identity/conditional-access/policy-autonomous-agents
#     description: Allow only specific agents
#   - ref: https://learn.microsoft.com/graph/api/resources/conditionalaccessclientapplications
#     description: Client applications in a policy (beta)
# custom:
#   severity: medium
#   wave: 2
#   applies_to: [conditionalAccessPolicy]
#   requires: [conditionalAccessPolicies]
#   sources: [tenant]
#   message: >-
#     Conditional Access policy "{policy}" does not apply to[ the {kind}][ {agent}, which was not found][
#     "{name}"][ agents with {filter}]
#   remediation: >-
#     Remove the exclusion. If it is still needed, write down why, and name the agent in the option `allowAgents` or the
#     policy in `allowPolicies`.
#   controls:
#     owasp-asi: [ASI03, ASI10]
#     nist-800-53: [AC-3, CM-6]
#   options:
#     allowAgents:
#       type: array
#       items: { type: string, minLength: 1 }
#       description: Agents that may be excluded, by id or display name, exact or with a trailing `*`.
#       default: []
#     allowPolicies:
#       type: array
#       items: { type: string, minLength: 1 }
#       description: Policies whose exclusions were reviewed, by id or display name, exact or with a trailing `*`.
#       default: []
#   since: 0.1.0
#   aliases: []
package agentid.protection.policy_exclusion

import data.agentid.lib.conditional_access
import data.agentid.lib.finding
import data.agentid.lib.options
import data.agentid.lib.text
import data.agentid.lib.values

settings := options.of("protection/policy-exclusion")

findings contains finding.at(array.concat(clients_path, ["excludeAgentIdServicePrincipals", i]), args) if {
	is_judged
	some i, id in values.list(clients.excludeAgentIdServicePrincipals)
	not is_listed([id, name_of(id)], settings.allowAgents)
	args := args_of(agent_args(id))
}

findings contains finding.at(array.concat(clients_path, ["agentIdServicePrincipalFilter", "rule"]), args) if {
	is_judged
	filter := clients.agentIdServicePrincipalFilter
	filter.mode == "exclude"
	is_string(filter.rule)
	not text.is_blank(filter.rule)
	args := args_of({"filter": filter.rule})
}

clients_path := ["conditions", "clientApplications"]

clients := object.get(input.properties, clients_path, null)

default is_judged := false

is_judged if {
	is_on
	not is_excepted
}

default is_on := false

is_on if conditional_access.is_enforced(input.properties.state)

is_on if conditional_access.is_report_only(input.properties.state)

default is_excepted := false

is_excepted if conditional_access.is_allow_list(input.properties)

is_excepted if is_listed([input.name, object.get(input.properties, "id", null), id_in_ref], settings.allowPolicies)

# The snapshot keeps ids beside the properties.
id_in_ref := trim_prefix(input.ref, "conditionalAccessPolicy/")

default is_listed(_, _) := false

is_listed(names, patterns) if {
	count(patterns) > 0
	some name in names
	text.matches_any(name, patterns)
}

# What reading found behind the excluded ids.
resolved[agent.id] := agent if some agent in values.list(object.get(input.properties, "excludedAgents", null))

name_of(id) := object.get(resolved, [id, "displayName"], null)

agent_args(id) := {"name": name, "kind": object.get(words, object.get(resolved, [id, "kind"], null), "agent")} if {
	name := name_of(id)
	is_string(name)
} else := {"agent": id}

words := {
	"agentIdentity": "agent identity",
	"blueprintPrincipal": "blueprint principal",
}

# Each finding has one group of these; the message leaves out the others.
args_of(told) := object.union(
	{"policy": input.name, "kind": null, "agent": null, "name": null, "filter": null},
	told,
)
