package agentid.exposure.preauthorized_client_test

import data.agentid.exposure.preauthorized_client
import data.agentid.lib.testing

judged(properties, allow) := result if {
	result := preauthorized_client.findings with input as testing.blueprint({"properties": properties})
		with data.agentid.options as testing.options("exposure/preauthorized-client", {"allow": allow})
}

teams := "5e3ce6c0-2b1f-4285-8d4b-75ee78787346"

azure_cli := "04b07795-8ddb-461a-bbee-02f9e1bf7b46"

stranger := "e68383ca-c917-5af6-aae7-f04656a6b7e1"

scope_id := "e5a9cded-ee39-5b4f-8232-9a6e01c38f0f"

other_id := "97b93252-37f3-5af3-b9a9-9fa333c92716"

found(path, client, name, problem, permission) := {
	"path": path,
	"args": {"client": client, "clientName": name, "problem": problem, "permission": permission},
}

preauthorized(app_id, ids, scopes) := {"api": {
	"oauth2PermissionScopes": scopes,
	"preAuthorizedApplications": [{"appId": app_id, "delegatedPermissionIds": ids}],
}}

test_an_unknown_client_fails if {
	path := ["api", "preAuthorizedApplications", 0, "appId"]
	problem := "is not an expected client, and calls the agent without asking users for consent"
	judged(preauthorized(stranger, [], []), [teams]) == {found(path, stranger, null, problem, null)}
	judged(preauthorized(azure_cli, [], []), []) == {found(path, azure_cli, "Azure CLI", problem, null)}
}

test_an_unknown_known_client_fails if {
	judged({"api": {"knownClientApplications": [teams, stranger]}}, []) == {found(
		["api", "knownClientApplications", 1],
		stranger,
		null,
		"is not an expected client, and consent to it covers the agent as well",
		null,
	)}
}

test_office_clients_allowed_clients_and_the_blueprint_itself_pass if {
	judged(preauthorized(teams, [], []), []) == set()
	judged(preauthorized(stranger, [], []), [upper(stranger)]) == set()
	judged({"api": {"knownClientApplications": [stranger]}}, [stranger]) == set()
	judged(object.union({"appId": stranger}, preauthorized(stranger, [], [])), []) == set()
}

test_placeholders_are_no_clients_yet if {
	every value in ["${CLIENT}", "<client>", "", "client", null, 5, [], {}] {
		judged(preauthorized(value, [], []), []) == set()
		judged({"api": {"knownClientApplications": [value]}}, []) == set()
	}
}

ids_path := ["api", "preAuthorizedApplications", 0, "delegatedPermissionIds"]

missing(path, client, name) := {found(
	path,
	client,
	name,
	"is pre-authorised for a scope that does not exist",
	scope_id,
)}

test_a_missing_scope_fails_under_both_names_of_the_list if {
	path := array.concat(ids_path, [0])
	judged(preauthorized(teams, [scope_id], []), []) == missing(path, teams, "Microsoft Teams (web)")
	judged(preauthorized(teams, [scope_id], [{"id": other_id}]), []) == missing(path, teams, "Microsoft Teams (web)")
	beta := {"appId": teams, "permissionIds": ["${ID}", scope_id]}
	judged({"api": {"preAuthorizedApplications": [beta]}}, []) == missing(
		["api", "preAuthorizedApplications", 0, "permissionIds", 1],
		teams,
		"Microsoft Teams (web)",
	)
}

test_a_disabled_scope_fails if {
	judged(preauthorized(teams, [scope_id], [{"id": scope_id, "isEnabled": false}]), []) == {found(
		["api", "preAuthorizedApplications", 0, "delegatedPermissionIds", 0],
		teams,
		"Microsoft Teams (web)",
		"is pre-authorised for a scope that is disabled",
		scope_id,
	)}
}

test_a_client_without_an_id_is_named_by_nothing if {
	every value in [null, 5, {}, []] {
		judged(preauthorized(value, [scope_id], []), []) == missing(array.concat(ids_path, [0]), null, null)
	}
}

test_an_enabled_scope_passes if {
	every enabled in [true, null] {
		judged(preauthorized(teams, [scope_id], [{"id": scope_id, "isEnabled": enabled}]), []) == set()
	}
	judged(preauthorized(teams, [scope_id], [{"id": scope_id}]), []) == set()
	judged(preauthorized(teams, [scope_id], [{"id": scope_id, "isEnabled": false}, {"id": scope_id}]), []) == set()
}

test_a_scope_whose_id_comes_later_may_be_the_one if {
	judged(preauthorized(teams, [scope_id], [{"id": "${SCOPE}"}]), []) == set()
	judged(preauthorized(teams, [scope_id], [{"value": "access_agent"}]), []) == set()
	judged(preauthorized(teams, ["${SCOPE}"], [{"id": "${SCOPE}", "isEnabled": false}]), []) == set()
}

test_passes_when_absent_or_of_another_type if {
	judged({}, []) == set()
	every value in [null, stranger, 5, true, [], {"a": {"appId": stranger}}, [5, null, "x", [stranger]]] {
		judged({"api": value}, []) == set()
		judged({"api": {"preAuthorizedApplications": value}}, []) == set()
		judged(preauthorized(teams, value, value), []) == set()
	}
	every value in [null, stranger, 5, {"a": stranger}] {
		judged({"api": {"knownClientApplications": value}}, []) == set()
	}
}
