package agentid.metadata.security_attributes_test

import data.agentid.lib.testing
import data.agentid.metadata.security_attributes

judged(attributes, required) := judged_properties({"customSecurityAttributes": attributes}, required)

judged_properties(properties, required) := result if {
	result := security_attributes.findings with input as testing.in_tenant("agentIdentity", {"properties": properties})
		with data.agentid.options as testing.options("metadata/security-attributes", {"required": required})
}

found(missing) := {{"path": ["customSecurityAttributes"], "args": {"name": "test", "missing": missing}}}

wanted := ["Governance.Environment", "Governance.Classes"]

test_fails_for_what_is_missing if {
	judged({"Governance": {"Environment": "prd"}}, wanted) == found(["Governance.Classes"])
	judged({"Other": {"Environment": "prd", "Classes": ["a"]}}, wanted) == found(wanted)
	judged_properties({}, wanted) == found(wanted)
}

test_an_empty_value_is_none if {
	every value in [null, "", []] {
		judged({"Governance": {"Environment": value, "Classes": ["a"]}}, wanted) == found(["Governance.Environment"])
	}
}

test_wrong_values_assign_nothing if {
	every value in [null, 5, "x", [], {}, {"Governance": null}, {"Governance": "x"}] {
		judged(value, wanted) == found(wanted)
	}
}

test_passes_with_any_value if {
	every value in ["prd", false, 0, ["a"]] {
		judged({"Governance": {"Environment": value, "Classes": value}}, wanted) == set()
	}
}

test_passes_when_nothing_is_required if {
	judged(null, []) == set()
}
