package agentid.inheritance.declaration_disagree_test

import data.agentid.inheritance.declaration_disagree
import data.agentid.lib.permissions
import data.agentid.lib.testing

user_read := {"id": "e1fe6dd8-ba31-4d61-89e7-88639da4683d", "type": "Scope"}

mail_read := {"id": "570282fd-fa5c-430d-a7fd-fc8dc98a9dca", "type": "Scope"}

user_read_all_role := {"id": "df021288-bdef-4463-88db-98f22de89214", "type": "Role"}

agent_tools := "ea9ffc3e-8a23-4a7d-836d-234d7c7565c1"

storage := "e406a681-f3d4-42a8-90b6-c2b029497af1"

own_api := "8f8f5b4b-9b0d-5a0b-8a3c-30c6a0a4c3f1"

sign_in := ["openid", "profile", "email", "offline_access"]

found(declared, inheritable, accepted) := result if {
	properties := {"requiredResourceAccess": declared, "inheritablePermissions": inheritable}
	result := declaration_disagree.findings with input as testing.blueprint({"properties": properties})
		with data.agentid.options as testing.options("inheritance/declaration-disagree", {"accepted": accepted})
}

# Place and the arguments that are told.
told(declared, inheritable) := {[result.path, without_nulls] |
	some result in found(declared, inheritable, sign_in)
	without_nulls := {name: value | some name, value in result.args; value != null}
}

declares(resource, permissions) := {"resourceAppId": resource, "resourceAccess": permissions}

graph_declares(items) := declares(permissions.graph_app_id, items)

inherits(resource, kind) := {"resourceAppId": resource, "inheritableScopes": {"kind": kind}}

graph_enumerates(scopes) := {
	"resourceAppId": permissions.graph_app_id,
	"inheritableScopes": {"kind": "enumerated", "scopes": scopes},
}

test_fails_on_a_declared_api_without_an_entry_and_has_every_argument if {
	found([graph_declares([user_read])], [inherits(agent_tools, "allAllowed")], []) == {{
		"path": ["requiredResourceAccess", 0, "resourceAppId"],
		"args": {"declaredOnly": "Microsoft Graph", "inheritableOnly": null, "scope": null, "resource": null},
	}}
}

test_fails_on_an_inheritable_api_that_is_not_declared if {
	told([graph_declares([user_read])], [graph_enumerates(["User.Read"]), inherits(storage, "allAllowed")]) == {[
		["inheritablePermissions", 1, "resourceAppId"],
		{"inheritableOnly": "Azure Storage"},
	]}
}

test_roles_and_scopes_of_an_api_are_one_finding if {
	both := object.union(inherits(own_api, "allAllowed"), {"inheritableRoles": {"kind": "allAllowed"}})
	told([graph_declares([user_read])], [graph_enumerates(["User.Read"]), both]) == {[
		["inheritablePermissions", 1, "resourceAppId"],
		{"inheritableOnly": own_api},
	]}
}

test_fails_on_a_scope_that_is_not_declared if {
	told([graph_declares([user_read])], [graph_enumerates(["User.Read", "Mail.Read"])]) == {[
		["inheritablePermissions", 0, "inheritableScopes", "scopes", 1],
		{"scope": "Mail.Read", "resource": "Microsoft Graph"},
	]}
}

test_an_application_permission_does_not_declare_a_scope if {
	count(told([graph_declares([user_read_all_role])], [graph_enumerates(["User.Read.All"])])) == 1
}

test_passes_when_the_lists_agree if {
	told([graph_declares([user_read, mail_read])], [graph_enumerates(["User.Read", "Mail.Read"])]) == set()
	told([graph_declares([user_read, mail_read])], [inherits(permissions.graph_app_id, "allAllowed")]) == set()
}

test_inheriting_less_than_declared_is_a_choice if {
	told([graph_declares([user_read, mail_read])], [graph_enumerates(["User.Read"])]) == set()
	told([graph_declares([user_read, mail_read])], [inherits(permissions.graph_app_id, "none")]) == set()
}

test_a_blueprint_that_declares_nothing_passes if {
	entries := [graph_enumerates(["User.Read"]), inherits(storage, "allAllowed")]
	every declared in [null, [], [graph_declares([])], [graph_declares(null)]] {
		told(declared, entries) == set()
	}
}

test_a_blueprint_that_makes_nothing_inheritable_passes if {
	every inheritable in [null, []] {
		told([graph_declares([user_read])], inheritable) == set()
	}
}

test_resources_of_the_agent_platform_need_no_declaration if {
	told([graph_declares([user_read])], [graph_enumerates(["User.Read"]), inherits(agent_tools, "allAllowed")]) == set()
}

test_an_entry_that_passes_nothing_on_needs_no_declaration if {
	told([graph_declares([user_read])], [graph_enumerates(["User.Read"]), inherits(storage, "none")]) == set()
}

test_a_reference_may_stand_for_any_api if {
	told([graph_declares([user_read])], [inherits("${API_APP_ID}", "allAllowed")]) == set()
	told([graph_declares([user_read]), declares("${API_APP_ID}", [user_read])], [
		graph_enumerates(["User.Read"]),
		inherits(storage, "allAllowed"),
	]) == set()
}

test_a_declaration_that_does_not_resolve_may_stand_for_any_scope if {
	every id in ["${MAIL_READ}", own_api] {
		told([graph_declares([user_read, {"id": id, "type": "Scope"}])], [graph_enumerates(["Mail.Read"])]) == set()
	}
}

test_sign_in_scopes_and_names_that_do_not_exist_pass if {
	told([graph_declares([user_read])], [graph_enumerates(["openid", "offline_access", "Mail.Reed"])]) == set()
}

test_passes_when_accepted if {
	declared := [graph_declares([user_read]), declares(own_api, [user_read])]
	inheritable := [graph_enumerates(["User.Read", "Mail.Read"]), inherits(storage, "allAllowed")]
	count(found(declared, inheritable, [])) == 3
	found(declared, inheritable, [own_api, "Azure Storage", "Mail.*"]) == set()
}

test_passes_with_absent_empty_and_wrong_values if {
	declaration_disagree.findings == set() with input as testing.blueprint({})
		with data.agentid.options as testing.options("inheritance/declaration-disagree", {"accepted": []})
	every value in [null, "", "x", 7, true, [], {}, [null], [7], [[]], [{"resourceAppId": 7, "resourceAccess": 7}]] {
		told(value, [graph_enumerates(["User.Read"])]) == set()
		told([graph_declares([user_read])], value) == set()
		told([graph_declares(value)], [graph_enumerates(["User.Read"])]) == set()
		told([graph_declares([user_read])], [graph_enumerates(value)]) == set()
	}
}
