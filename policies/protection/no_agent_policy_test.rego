package agentid.protection.no_agent_policy_test

import data.agentid.lib.testing
import data.agentid.protection.no_agent_policy

judged(policies, agents, users) := judged_properties({
	"conditionalAccessPolicies": policies,
	"agentCounts": {"agentIdentities": agents, "agentUsers": users},
})

judged_properties(properties) := result if {
	result := no_agent_policy.findings with input as testing.in_tenant("organization", {"properties": properties})
}

for_agents(state) := {
	"displayName": "agents",
	"state": state,
	"conditions": {"clientApplications": {"includeAgentIdServicePrincipals": ["All"]}},
}

for_users(state) := {
	"displayName": "users",
	"state": state,
	"conditions": {"users": {"includeUsers": ["AllAgentIdUsers"]}},
}

report_only := "enabledForReportingButNotEnforced"

agents_uncovered(place, number, names) := {{
	"path": ["conditionalAccessPolicies", place, "conditions", "clientApplications", "includeAgentIdServicePrincipals"],
	"args": {"who": "agent identities", "agents": number, "reportOnly": names},
}}

users_uncovered(place, number, names) := {{
	"path": ["conditionalAccessPolicies", place, "conditions", "users", "includeUsers"],
	"args": {"who": "user accounts of agents", "agents": number, "reportOnly": names},
}}

test_fails_for_each_kind_of_agent_on_its_own if {
	judged([], 3, 0) == agents_uncovered(0, 3, [])
	judged([], 3, 1) == agents_uncovered(0, 3, []) | users_uncovered(0, 1, [])
	judged([for_agents("enabled")], 3, 1) == users_uncovered(1, 1, [])
	judged([for_users("enabled")], 3, 1) == agents_uncovered(1, 3, [])
}

test_names_policies_that_only_report if {
	both := agents_uncovered(2, 3, ["agents"]) | users_uncovered(2, 1, ["users"])
	judged([for_agents(report_only), for_users(report_only)], 3, 1) == both
	judged([for_agents("disabled")], 3, 0) == agents_uncovered(1, 3, [])
}

test_passes_when_covered if {
	judged([for_agents("enabled"), for_users("enabled")], 3, 1) == set()
	judged([for_agents(report_only), for_agents("enabled")], 3, 0) == set()
}

test_passes_without_agents if {
	judged([], 0, 0) == set()
	judged([], null, null) == set()
	judged_properties({"conditionalAccessPolicies": []}) == set()
	judged_properties({}) == set()
}

test_wrong_values_are_no_policies if {
	every value in [null, 5, "x", {}] {
		judged(value, 1, 0) == agents_uncovered(0, 1, [])
	}
	judged([null, 5, {}], 1, 0) == agents_uncovered(3, 1, [])
}
