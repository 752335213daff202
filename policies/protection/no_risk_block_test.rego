package agentid.protection.no_risk_block_test

import data.agentid.lib.testing
import data.agentid.protection.no_risk_block

judged(policies, agents) := result if {
	result := no_risk_block.findings with input as testing.in_tenant("organization", {"properties": {
		"conditionalAccessPolicies": policies,
		"agentCounts": {"agentIdentities": agents},
	}})
}

policy(levels, controls, state) := {
	"displayName": "risk",
	"state": state,
	"conditions": {"agentIdRiskLevels": levels},
	"grantControls": {"builtInControls": controls},
}

found(place, names) := {{
	"path": ["conditionalAccessPolicies", place, "conditions", "agentIdRiskLevels"],
	"args": {"agents": 2, "reportOnly": names},
}}

test_fails_without_such_a_policy if {
	judged([], 2) == found(0, [])
	judged(null, 2) == found(0, [])
	judged([policy(null, ["block"], "enabled")], 2) == found(1, [])
	judged([policy("medium", ["block"], "enabled")], 2) == found(1, [])
	judged([policy("high", ["mfa"], "enabled")], 2) == found(1, [])
	judged([policy("high", ["block"], "disabled")], 2) == found(1, [])
}

test_names_a_policy_that_only_reports if {
	judged([policy("high", ["block"], "enabledForReportingButNotEnforced")], 2) == found(1, ["risk"])
}

test_passes_with_such_a_policy if {
	judged([policy("high", ["block"], "enabled")], 2) == set()
	judged([policy("medium,high", ["block"], "enabled"), policy("high", ["block"], "disabled")], 2) == set()
}

test_passes_without_agents if {
	judged([], 0) == set()
	judged([], null) == set()
}
