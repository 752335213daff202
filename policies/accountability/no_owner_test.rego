package agentid.accountability.no_owner_test

import data.agentid.accountability.no_owner
import data.agentid.lib.testing

judged(overrides, creators) := result if {
	result := no_owner.findings with input as testing.blueprint(overrides)
		with data.agentid.options as testing.options("accountability/no-owner", {"allowCreators": creators})
}

found := {{"path": ["owners"], "args": {"name": "test"}}}

graph_command_line := "14d82eec-204b-4c2f-b7e8-296a70dab67e"

created_by(app_id) := {"properties": {"createdByAppId": app_id}}

test_fails_without_owners if {
	judged({}, []) == found
	judged(created_by(graph_command_line), []) == found
	judged(created_by(graph_command_line), ["3d9a3297-55b4-5d57-84bc-aea1ae8bfbab"]) == found
}

test_passes_with_an_owner_of_any_kind if {
	every kind in ["user", "servicePrincipal", "unknown"] {
		judged({"owners": [{"path": ["owners", 0], "kind": kind}]}, []) == set()
	}
}

test_passes_when_a_platform_made_it if {
	judged(created_by("7ab7862c-4c57-491e-8a45-d52a7e023983"), []) == set()
	judged(created_by(graph_command_line), [upper(graph_command_line)]) == set()
}

test_a_creator_of_another_type_is_no_platform if {
	every value in [null, "", 5, [], {}] {
		judged(created_by(value), []) == found
	}
}
