package agentid.lifecycle.governance_test

import data.agentid.lib.testing
import data.agentid.lifecycle.governance

day := 86400

now := 1795392000

judged(kind, overrides) := result if {
	result := governance.findings with input as testing.in_tenant(kind, overrides)
		with data.agentid.options as testing.options("lifecycle/governance", {"attestationDays": 365})
		with data.agentid.run.now as now
}

organization(policies, agents) := judged("organization", {"properties": {
	"lifecyclePolicies": policies,
	"agentCounts": {"agentIdentities": agents},
}})

agent(created, properties) := judged("agentIdentity", {
	"created": created,
	"properties": object.union({"accountEnabled": true}, properties),
})

with_lifecycle(lifecycle) := agent(now - (400 * day), {"lifecycle": lifecycle})

nothing := {
	"tenant": null,
	"switchedOff": null,
	"attested": null,
	"days": null,
	"limit": null,
	"unattested": null,
	"noncompliant": null,
	"issue": null,
}

found(path, told) := {{"path": path, "args": object.union(nothing, told)}}

for_agents := "#microsoft.graph.identityGovernance.agentIdentityLifecyclePolicy"

test_fails_for_a_tenant_without_a_policy if {
	told := {"tenant": "test", "switchedOff": []}
	organization([], 1) == found(["lifecyclePolicies", 0, "isEnabled"], told)
	organization(null, 1) == found(["lifecyclePolicies", 0, "isEnabled"], told)
	guests := "#microsoft.graph.identityGovernance.guestLifecyclePolicy"
	organization([{"@odata.type": guests, "isEnabled": true}], 1) == found(["lifecyclePolicies", 1, "isEnabled"], told)
}

test_names_policies_that_are_switched_off if {
	policies := [{"@odata.type": for_agents, "isEnabled": false, "displayName": "Yearly"}, {"isEnabled": false, "id": "2"}]
	told := {"tenant": "test", "switchedOff": ["Yearly", "2"]}
	organization(policies, 1) == found(["lifecyclePolicies", 2, "isEnabled"], told)
}

test_passes_for_a_tenant_with_a_policy if {
	organization([{"@odata.type": for_agents, "isEnabled": true}, {"isEnabled": false}], 1) == set()
	organization([{"displayName": "old form"}], 1) == set()
}

test_passes_for_a_tenant_without_agents if {
	organization([], 0) == set()
	organization([], null) == set()
	judged("organization", {}) == set()
}

test_fails_for_an_old_attestation if {
	path := ["lifecycle", "lastAttestationDateTime"]
	with_lifecycle({"lastAttestationDateTime": "2025-11-22T10:00:00Z"}) == found(
		path,
		{"attested": "test", "days": 366, "limit": 365},
	)
}

test_passes_for_an_attestation_that_is_good if {
	with_lifecycle({"lastAttestationDateTime": "2025-11-23T10:00:00Z"}) == set()
}

test_fails_for_a_governed_agent_that_was_never_attested if {
	path := ["lifecycle", "lastAttestationDateTime"]
	with_lifecycle({"effectiveGoverningPolicy": {"id": "1"}}) == found(path, {"unattested": "test"})
	with_lifecycle({"effectiveGoverningPolicy": {"id": "1"}, "lastAttestationDateTime": null}) == found(
		path,
		{"unattested": "test"},
	)
}

test_passes_for_an_agent_that_was_never_attested_without_need if {
	with_lifecycle({"lastAttestationDateTime": null}) == set()
	with_lifecycle({"effectiveGoverningPolicy": null}) == set()
	governed := {"lifecycle": {"effectiveGoverningPolicy": {"id": "1"}}}
	agent(now - (364 * day), governed) == set()
	agent(null, governed) == set()
}

issue(place, words) := found(["lifecycle", "complianceIssues", place], {"noncompliant": "test", "issue": words})

test_fails_for_each_issue_in_its_best_words if {
	with_lifecycle({"complianceIssues": [
		{"description": "No sponsor. ", "issueCode": "a"},
		{"description": null, "issueCode": "noSponsor"},
	]}) == issue(0, "No sponsor") | issue(1, "noSponsor")
	with_lifecycle({"complianceIssues": [{"description": " ", "ruleType": "sponsorPresence"}]}) == issue(
		0,
		"sponsorPresence",
	)
	with_lifecycle({"complianceIssues": [{}]}) == issue(0, "it does not say why")
}

test_passes_when_disabled if {
	lifecycle := {"lastAttestationDateTime": "2020-11-22T10:00:00Z", "complianceIssues": [{"issueCode": "a"}]}
	agent(null, {"accountEnabled": false, "lifecycle": lifecycle}) == set()
	agent(null, {"accountEnabled": null, "lifecycle": lifecycle}) == set()
}

test_passes_with_absent_empty_and_wrong_values if {
	agent(null, {}) == set()
	every value in [null, 5, "x", [], {}, {"complianceIssues": null}, {"lastAttestationDateTime": 5}] {
		with_lifecycle(value) == set()
	}
}
