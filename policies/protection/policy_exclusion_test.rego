package agentid.protection.policy_exclusion_test

import data.agentid.lib.testing
import data.agentid.protection.policy_exclusion

agent := "d12dc082-180b-5e9b-beed-e5a4db7e62bf"

judged(properties, options) := result if {
	set := object.union({"allowAgents": [], "allowPolicies": []}, options)
	policy_read := testing.in_tenant("conditionalAccessPolicy", {"properties": properties})
	result := policy_exclusion.findings with input as policy_read
		with data.agentid.options as testing.options("protection/policy-exclusion", set)
}

policy(clients) := {
	"state": "enabled",
	"conditions": {"agentIdRiskLevels": "high", "clientApplications": clients},
	"grantControls": {"builtInControls": ["block"]},
}

excluding := policy({"excludeAgentIdServicePrincipals": [agent]})

named(kind) := {"excludedAgents": [{"id": agent, "displayName": "claims", "kind": kind}]}

nothing := {"policy": "test", "kind": null, "agent": null, "name": null, "filter": null}

found(told) := {{
	"path": ["conditions", "clientApplications", "excludeAgentIdServicePrincipals", 0],
	"args": object.union(nothing, told),
}}

test_fails_for_an_excluded_agent if {
	judged(object.union(excluding, named("agentIdentity")), {}) == found({"kind": "agent identity", "name": "claims"})
	judged(object.union(excluding, named("blueprintPrincipal")), {}) == found({
		"kind": "blueprint principal",
		"name": "claims",
	})
	judged(object.union(excluding, named(null)), {}) == found({"kind": "agent", "name": "claims"})
}

test_fails_for_an_agent_that_is_not_found if {
	unknown := found({"agent": agent})
	judged(excluding, {}) == unknown
	judged(object.union(excluding, {"excludedAgents": [{"id": agent, "displayName": null, "kind": null}]}), {}) == unknown
	judged(object.union(excluding, {"excludedAgents": null}), {}) == unknown
}

test_fails_in_report_only_mode if {
	judged(object.union(excluding, {"state": "enabledForReportingButNotEnforced"}), {}) == found({"agent": agent})
}

filtering(mode, rule) := policy({"agentIdServicePrincipalFilter": {"mode": mode, "rule": rule}})

test_fails_for_a_filter_that_excludes if {
	judged(filtering("exclude", "x -eq 1"), {}) == {{
		"path": ["conditions", "clientApplications", "agentIdServicePrincipalFilter", "rule"],
		"args": object.union(nothing, {"filter": "x -eq 1"}),
	}}
}

test_passes_for_other_filters if {
	judged(filtering("include", "x -eq 1"), {}) == set()
	every rule in [null, "", " ", 5] {
		judged(filtering("exclude", rule), {}) == set()
	}
}

test_passes_when_switched_off if {
	every state in ["disabled", null, 5] {
		judged(object.union(excluding, {"state": state}), {}) == set()
	}
}

test_passes_for_a_list_of_agents_that_may_work if {
	judged(object.union(excluding, {"conditions": {"agentIdRiskLevels": null}}), {}) == set()
}

test_passes_when_allowed if {
	judged(excluding, {"allowAgents": [agent]}) == set()
	judged(object.union(excluding, named("agentIdentity")), {"allowAgents": ["cla*"]}) == set()
	judged(excluding, {"allowPolicies": ["test"]}) == set()
	judged(filtering("exclude", "x -eq 1"), {"allowPolicies": ["te*"]}) == set()
	judged(excluding, {"allowAgents": ["other"], "allowPolicies": ["other"]}) == found({"agent": agent})
}

test_passes_with_absent_empty_and_wrong_values if {
	judged({}, {}) == set()
	every value in [null, 5, "x", [], {}] {
		judged(policy(value), {}) == set()
		judged(policy({"excludeAgentIdServicePrincipals": value, "agentIdServicePrincipalFilter": value}), {}) == set()
		judged({"state": "enabled", "conditions": value}, {}) == set()
	}
}
