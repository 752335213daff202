package agentid.repository.id_mismatch_test

import data.agentid.lib.testing
import data.agentid.repository.id_mismatch

a := "761743dd-d8b9-5abe-a1b2-a59a85183033"

b := "aa418709-d4c5-5dfa-bde2-3830ae38bb40"

place(kind, id, number) := {
	"id": id,
	"kind": kind,
	"ref": concat("/", [kind, id]),
	"name": "x",
	"uri": concat("", ["bot/", kind, ".json"]),
	"resource": number,
	"path": ["appId"],
}

judged(kind, properties, places) := result if {
	origin := {"uri": "bot/file.json", "directory": "bot", "shape": "agent365-file"}
	resource := testing.resource(kind, {"properties": properties, "origin": origin})
	result := id_mismatch.findings with input as resource
		with data.agentid.known as {"blueprint_ids": {"bot": places}}
}

test_fails_when_the_template_names_another_blueprint if {
	places := [place("blueprint", a, 0), place("agenticUserTemplate", b, 1)]
	judged("agenticUserTemplate", {"agentIdentityBlueprintId": b}, places) == {{
		"path": ["agentIdentityBlueprintId"],
		"args": {"property": "agentIdentityBlueprintId", "id": b, "expected": a, "other": "blueprint.json"},
		"related": [{"message": "stated here", "path": ["appId"], "resource": 0}],
	}}
}

test_fails_when_the_state_names_another_blueprint if {
	places := [place("blueprint", a, 0), place("agent365GeneratedConfig", b, 1)]
	count(judged("agent365GeneratedConfig", {"agentBlueprintId": b}, places)) == 1
}

test_without_a_blueprint_file_the_state_counts if {
	places := [place("agent365GeneratedConfig", a, 0), place("agenticUserTemplate", b, 1)]
	count(judged("agenticUserTemplate", {"agentIdentityBlueprintId": b}, places)) == 1
	judged("agent365GeneratedConfig", {"agentBlueprintId": a}, places) == set()
}

test_passes_when_they_agree if {
	places := [place("blueprint", a, 0), place("agenticUserTemplate", a, 1)]
	judged("agenticUserTemplate", {"agentIdentityBlueprintId": a}, places) == set()
}

test_passes_when_one_of_several_blueprints_has_the_id if {
	places := [place("blueprint", a, 0), place("blueprint", b, 1), place("agenticUserTemplate", b, 2)]
	judged("agenticUserTemplate", {"agentIdentityBlueprintId": b}, places) == set()
}

test_passes_when_nobody_else_states_an_id if {
	judged("agenticUserTemplate", {"agentIdentityBlueprintId": b}, []) == set()
}

test_ids_that_are_to_come_are_not_compared if {
	judged("agenticUserTemplate", {"agentIdentityBlueprintId": b}, [place("blueprint", "${APP_ID}", 0)]) == set()
	judged("agenticUserTemplate", {"agentIdentityBlueprintId": "${APP_ID}"}, [place("blueprint", a, 0)]) == set()
}

test_ids_of_templates_are_not_compared if {
	template := "ae7b12c2-6818-4afe-bf77-201330ff2ed7"
	judged("agenticUserTemplate", {"agentIdentityBlueprintId": template}, [place("blueprint", a, 0)]) == set()
	judged("agenticUserTemplate", {"agentIdentityBlueprintId": b}, [place("blueprint", template, 0)]) == set()
}

test_absent_and_wrong_types_pass if {
	judged("agenticUserTemplate", {}, [place("blueprint", a, 0)]) == set()
	judged("agenticUserTemplate", {"agentIdentityBlueprintId": null}, [place("blueprint", a, 0)]) == set()
	judged("agenticUserTemplate", {"agentIdentityBlueprintId": 3}, [place("blueprint", a, 0)]) == set()
}
