package agentid.metadata.description_test

import data.agentid.lib.testing
import data.agentid.metadata.description

judged(overrides, creators) := result if {
	result := description.findings with input as testing.blueprint(overrides)
		with data.agentid.options as testing.options("metadata/description", {"allowCreators": creators})
}

found(property, problem) := {"path": [property], "args": {"property": property, "name": "test", "problem": problem}}

described(text) := {"properties": {"description": text}}

test_a_missing_description_fails if {
	judged({}, []) == {found("description", "missing")}
	every value in [null, "", " \n"] {
		judged(described(value), []) == {found("description", "missing")}
	}
}

test_a_placeholder_fails if {
	every value in ["TODO", "tbd: later", "Your agent's purpose", "<what it does>", "Lorem ipsum dolor", "n/a"] {
		judged(described(value), []) == {found("description", "a placeholder")}
	}
}

test_a_description_passes if {
	every value in ["Reminds customers of unpaid invoices.", "${DESCRIPTION}", "{{ description }}", "Not todo"] {
		judged(described(value), []) == set()
	}
}

test_a_description_of_another_type_passes if {
	every value in [5, true, [], {}] {
		judged(described(value), []) == set()
	}
}

in_production(reference) := {
	"production": true,
	"properties": {"description": "Reminds customers.", "serviceManagementReference": reference},
}

test_production_needs_a_reference if {
	judged(in_production(null), []) == {found("serviceManagementReference", "missing")}
	judged(in_production("TBD"), []) == {found("serviceManagementReference", "a placeholder")}
	judged({"production": true}, []) == {
		found("serviceManagementReference", "missing"),
		found("description", "missing"),
	}
	judged(in_production("CMDB-40417"), []) == set()
	judged(object.union(in_production(null), {"production": false}), []) == set()
}

test_platforms_and_named_creators_pass if {
	platform := {"properties": {"createdByAppId": "7ab7862c-4c57-491e-8a45-d52a7e023983"}}
	judged(platform, []) == set()
	pipeline := {"properties": {"createdByAppId": "3d9a3297-55b4-5d57-84bc-aea1ae8bfbab"}}
	judged(pipeline, ["3d9a3297-55b4-5d57-84bc-aea1ae8bfbab"]) == set()
	judged(pipeline, []) == {found("description", "missing")}
}
