# METADATA
# title: No Conditional Access policy covers agent identities
# description: |
#   Conditional Access decides who gets a token and when, but a policy for users does not apply to agents. Agent
#   identities need a policy that includes them (`includeAgentIdServicePrincipals`), and the user accounts of agents one
#   for `AllAgentIdUsers`; each is a finding of its own, where the tenant has such agents. A policy that only reports
#   enforces nothing; the message names it. A policy for single accounts of agents or for groups of them is not
#   recognised. Conditional Access needs a licence. What policies say about agents is only in Graph's beta version: a
#   policy read from v1.0 looks as if it covered nobody, and is not judged.
# related_resources:
#   - ref: https://learn.microsoft.com/entra/identity/conditional-access/agent-id
#     description: Conditional Access for agents
#   - ref: https://learn.microsoft.com/entra/agent-id/disable-agent-identities
#     description: Policies for agent identities and for the user accounts of agents
#   - ref: https://learn.microsoft.com/graph/api/resources/conditionalaccessclientapplications
#     description: Client applications in a policy (beta)
# custom:
#   severity: high
#   wave: 2
#   applies_to: [organization]
#   requires: [conditionalAccessPolicies, agentIdentities, agentUsers]
#   sources: [tenant]
#   message: >-
#     no enabled Conditional Access policy covers the {who} of the tenant, of which there are {agents}[;
#     only in report-only mode: {reportOnly}]
#   remediation: >-
#     Enable a Conditional Access policy that includes all agent identities, and another one for all agents acting as
#     users. Begin with report-only mode, and switch the policy on when its effect is known.
#   controls:
#     owasp-nhi: [NHI4, NHI6]
#     owasp-asi: [ASI03, ASI10]
#     nist-800-53: [AC-2(12), AC-3]
#     zero-trust: ["61009"]
#   options: {}
#   since: 0.1.0
#   aliases: []
package agentid.protection.no_agent_policy

import data.agentid.lib.conditional_access
import data.agentid.lib.finding
import data.agentid.lib.labels

findings contains finding.at(path, args_of("agent identities", agents, covering)) if {
	agents := input.properties.agentCounts.agentIdentities
	agents > 0
	covering := [policy |
		some policy in conditional_access.policies
		conditional_access.covers_agent_identities(policy.conditions.clientApplications)
	]
	not is_any_enforced(covering)
	path := array.concat(next_policy, ["clientApplications", "includeAgentIdServicePrincipals"])
}

findings contains finding.at(path, args_of("user accounts of agents", agents, covering)) if {
	agents := input.properties.agentCounts.agentUsers
	agents > 0
	covering := [policy |
		some policy in conditional_access.policies
		conditional_access.covers_agent_users(policy.conditions.users.includeUsers)
	]
	not is_any_enforced(covering)
	path := array.concat(next_policy, ["users", "includeUsers"])
}

# Where the missing policy would say it.
next_policy := ["conditionalAccessPolicies", count(conditional_access.policies), "conditions"]

default is_any_enforced(_) := false

is_any_enforced(policies) if {
	some policy in policies
	conditional_access.is_enforced(policy.state)
}

args_of(who, agents, covering) := {
	"who": who,
	"agents": agents,
	"reportOnly": [labels.of(policy) | some policy in covering; conditional_access.is_report_only(policy.state)],
}
