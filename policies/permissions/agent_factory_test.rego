package agentid.permissions.agent_factory_test

import data.agentid.lib.permissions
import data.agentid.lib.testing
import data.agentid.permissions.agent_factory

add_credentials := "0510736e-bdfb-4b37-9a1f-89b4a074763a"

application_write := "1bfefb4e-e0b5-418b-a88f-73c46d2cc8e9"

application_write_delegated := "bdfbf15f-ee85-4955-8675-146e8e5296b5"

settings := {"also": ["application/Application.ReadWrite.All"], "allow": [], "allowedApps": []}

found(resource, changes) := result if {
	result := agent_factory.findings with input as resource
		with data.agentid.options as testing.options("permissions/agent-factory", object.union(settings, changes))
}

judged(resource, changes) := {[result.args.permission, result.path] | some result in found(resource, changes)}

declaring(id, type) := testing.declaring([{"id": id, "type": type}])

of_app(app_id) := object.union(
	declaring(add_credentials, "Role"),
	{"properties": object.union(declaring(add_credentials, "Role").properties, {"appId": app_id})},
)

test_fails_on_adding_credentials_and_tells_all_about_it if {
	found(declaring(add_credentials, "Role"), {}) == {{
		"path": ["requiredResourceAccess", 0, "resourceAccess", 0, "id"],
		"args": {
			"permission": "AgentIdentityBlueprint.AddRemoveCreds.All",
			"kind": "application",
			"api": null,
			"origin": "declared in requiredResourceAccess",
			"reach": permissions.reach_of("application", "AgentIdentityBlueprint.AddRemoveCreds.All"),
			"why": permissions.table.reasons["agent-factory"],
			"narrower": permissions.narrower_of("application", "AgentIdentityBlueprint.AddRemoveCreds.All"),
		},
		"related": [],
	}}
}

test_fails_on_a_grant_of_an_agent_identity if {
	agent := testing.resource("agentIdentity", {"properties": {"appRoleAssignments": [{"appRoleId": add_credentials}]}})
	judged(agent, {}) == {["AgentIdentityBlueprint.AddRemoveCreds.All", ["appRoleAssignments", 0, "appRoleId"]]}
}

test_writing_every_application_is_a_factory_too if {
	count(judged(declaring(application_write, "Role"), {})) == 1
	judged(declaring(application_write, "Role"), {"also": []}) == set()
	judged(declaring(application_write_delegated, "Scope"), {}) == set()
	count(judged(declaring(application_write_delegated, "Scope"), {"also": ["Application.ReadWrite.All"]})) == 1
}

test_reading_agents_passes if {
	judged(declaring("b2b8f011-2898-4234-9092-5059f6c1ebfa", "Role"), {}) == set()
}

test_what_the_platform_gives_to_a_blueprint_is_not_reported if {
	judged(declaring("4c390976-b2b7-42e0-9187-c6be3bead001", "Role"), {}) == set()
}

test_platforms_of_microsoft_pass if {
	judged(of_app("7ab7862c-4c57-491e-8a45-d52a7e023983"), {}) == set()
}

test_approved_applications_pass if {
	pipeline := "8f8f5b4b-9b0d-5a0b-8a3c-30c6a0a4c3f1"
	judged(of_app(pipeline), {"allowedApps": [upper(pipeline)]}) == set()
	count(judged(of_app(pipeline), {})) == 1
	every app_id in [null, 7, ""] {
		count(judged(of_app(app_id), {"allowedApps": [pipeline]})) == 1
	}
}

test_allowed_permissions_pass if {
	judged(declaring(add_credentials, "Role"), {"allow": ["application/AgentIdentityBlueprint.*"]}) == set()
	count(judged(declaring(add_credentials, "Role"), {"allow": ["delegated/AgentIdentityBlueprint.*"]})) == 1
}

test_passes_without_permissions if {
	judged(testing.blueprint({}), {}) == set()
	every value in [null, 7, "x", {}, [null], [{"id": 7, "type": 7}]] {
		judged(testing.declaring(value), {}) == set()
	}
}
