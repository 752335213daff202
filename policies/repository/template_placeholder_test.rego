package agentid.repository.template_placeholder_test

import data.agentid.lib.testing
import data.agentid.repository.template_placeholder

judged(kind, properties) := result if {
	result := template_placeholder.findings with input as testing.resource(kind, {"properties": properties})
}

template_app := "43d5d6b0-5c91-4367-b716-4a78c901a3df"

template_user := "7b0926a6-c4ee-445a-a913-bd054594bd09"

test_fails_with_the_app_id_of_the_template if {
	what := "the app id of the Agent 365 CLI template"
	expected := {{"path": ["id"], "args": {"property": "id", "what": what}}}
	judged("appPackageManifest", {"id": template_app}) == expected
}

test_fails_with_the_zero_guid if {
	count(judged("agent365Config", {"tenantId": "00000000-0000-0000-0000-000000000000"})) == 1
}

test_fails_with_words_for_a_value if {
	some found in judged("agent365Config", {"tenantId": "<your-tenant-id>"})
	found.args == {"property": "tenantId", "what": "a placeholder"}
}

test_each_property_is_reported if {
	count(judged("agent365Config", {"tenantId": "todo", "clientAppId": "changeme"})) == 2
}

test_passes_with_own_ids if {
	judged("appPackageManifest", {"id": "615da067-fd6f-5f8a-9b7a-f474663c01ea"}) == set()
}

test_passes_with_a_template_reference if {
	judged("appPackageManifest", {"id": "${{TEAMS_APP_ID}}"}) == set()
}

test_the_template_id_of_the_agentic_user_may_stay if {
	judged("agenticUserTemplate", {"id": template_user}) == set()
	judged("appPackageManifest", {"agenticUserTemplates": [{"id": template_user}]}) == set()
}

test_absent_null_and_wrong_types_pass if {
	judged("agent365Config", {}) == set()
	judged("agent365Config", {"tenantId": null}) == set()
	judged("agent365Config", {"tenantId": 7}) == set()
	judged("blueprint", {"tenantId": "todo"}) == set()
}
