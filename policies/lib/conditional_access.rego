# METADATA
# title: Conditional Access
# description: |
#   Conditional Access policies and agents. What they say about agents is only in Graph's beta version:
#   https://learn.microsoft.com/graph/api/resources/conditionalaccessclientapplications
package agentid.lib.conditional_access

import data.agentid.lib.text
import data.agentid.lib.values

# METADATA
# description: Every policy of the tenant; `input` is its organization.
policies := values.list(object.get(input.properties, "conditionalAccessPolicies", null))

# METADATA
# scope: document
# description: Whether a policy in this state is enforced.
default is_enforced(_) := false

is_enforced("enabled")

# METADATA
# scope: document
# description: Whether a policy in this state only reports what it would do.
default is_report_only(_) := false

is_report_only("enabledForReportingButNotEnforced")

# METADATA
# scope: document
# description: |
#   Whether the `clientApplications` of a policy include agent identities, be it all, some, or those that a filter
#   selects.
default covers_agent_identities(_) := false

covers_agent_identities(clients) if {
	some id in clients.includeAgentIdServicePrincipals
	id != "None"
}

covers_agent_identities(clients) if {
	filter := clients.agentIdServicePrincipalFilter
	filter.mode == "include"
	not text.is_blank(filter.rule)
}

# METADATA
# scope: document
# description: Whether the `includeUsers` of a policy are the user accounts of agents. A policy for all users has none.
default covers_agent_users(_) := false

covers_agent_users(users) if "AllAgentIdUsers" in users

# METADATA
# scope: document
# description: Whether one of the `builtInControls` of a policy blocks access.
default blocks(_) := false

blocks(controls) if "block" in controls

# METADATA
# description: |
#   The levels of risk in the `agentIdRiskLevels` of a policy; a policy without any is for every agent. Graph writes
#   them as one text, `high,medium`.
risk_levels(said) := {lower(trim_space(level)) | some level in _levels(said)}

# Some programs that write policies down make a list of it.
_levels(said) := split(said, ",") if is_string(said)

_levels(said) := said if is_array(said)

# METADATA
# scope: document
# description: |
#   Whether a policy blocks its agents whatever they do, so that those that it leaves out are the ones that may work:
#   https://learn.microsoft.com/entra/identity/conditional-access/policy-autonomous-agents
default is_allow_list(_) := false

is_allow_list(policy) if {
	blocks(policy.grantControls.builtInControls)
	count(risk_levels(object.get(policy.conditions, "agentIdRiskLevels", null))) == 0
	every condition in ["authenticationFlows", "devices", "locations", "platforms"] {
		object.get(policy.conditions, condition, null) == null
	}
}
