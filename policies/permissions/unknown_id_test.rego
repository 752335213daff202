package agentid.permissions.unknown_id_test

import data.agentid.lib.permissions
import data.agentid.lib.testing
import data.agentid.permissions.unknown_id

user_read_delegated := "e1fe6dd8-ba31-4d61-89e7-88639da4683d"

mail_read_application := "810c84a8-4a9e-49e6-bf7d-12d183f40d01"

nobody := "0a7f6b6e-7b55-5d7c-9a54-24a0d8a1f6b3"

both_kinds := "405a51b5-8d8d-430b-9842-8be4b0e9f324"

found(resource, allow) := result if {
	result := unknown_id.findings with input as resource
		with data.agentid.options as testing.options("permissions/unknown-id", {"allow": allow})
}

# Path and the arguments that are told, without the date.
told(resource, allow) := {[result.path, without_nulls] |
	some result in found(resource, allow)
	without_nulls := {name: value |
		some name, value in object.remove(result.args, ["date"])
		value != null
	}
}

declaring(id, type) := testing.declaring([{"id": id, "type": type}])

id_path := ["requiredResourceAccess", 0, "resourceAccess", 0, "id"]

type_path := ["requiredResourceAccess", 0, "resourceAccess", 0, "type"]

inheriting(scopes) := testing.inheriting([{
	"resourceAppId": permissions.graph_app_id,
	"inheritableScopes": {"kind": "enumerated", "scopes": scopes},
}])

test_fails_on_an_id_that_does_not_exist_and_has_every_argument if {
	found(declaring(nobody, "Scope"), []) == {{
		"path": id_path,
		"args": {
			"unknownId": nobody,
			"kind": "delegated",
			"date": permissions.table.date,
			"otherKindId": null,
			"otherKind": null,
			"permission": null,
			"unknownName": null,
			"otherKindName": null,
			"notAnId": null,
			"wrongType": null,
			"untyped": null,
			"retired": null,
		},
	}}
}

test_fails_on_the_id_of_the_other_kind if {
	told(declaring(user_read_delegated, "Role"), []) == {[id_path, {
		"otherKindId": user_read_delegated,
		"otherKind": "delegated",
		"permission": "User.Read",
		"kind": "application",
	}]}
	told(declaring(mail_read_application, "Scope"), []) == {[id_path, {
		"otherKindId": mail_read_application,
		"otherKind": "application",
		"permission": "Mail.Read",
		"kind": "delegated",
	}]}
}

test_fails_on_a_name_in_place_of_an_id if {
	told(declaring("Mail.Read", "Scope"), []) == {[id_path, {"notAnId": "Mail.Read"}]}
}

test_fails_on_another_type if {
	told(declaring(user_read_delegated, "Delegated"), []) == {[type_path, {"wrongType": "Delegated"}]}
}

test_fails_without_a_type if {
	told(declaring(user_read_delegated, null), []) == {[type_path, {"untyped": user_read_delegated}]}
	told(declaring(user_read_delegated, ""), []) == {[type_path, {"untyped": user_read_delegated}]}
	told(testing.declaring([{"id": user_read_delegated}]), []) == {[type_path, {"untyped": user_read_delegated}]}
}

test_fails_on_names_that_do_not_exist if {
	told(inheriting(["User.Read", "Mail.Reed", "User\u200b.Read"]), []) == {
		[
			["inheritablePermissions", 0, "inheritableScopes", "scopes", 1],
			{"unknownName": "Mail.Reed", "kind": "delegated"},
		],
		[
			["inheritablePermissions", 0, "inheritableScopes", "scopes", 2],
			{"unknownName": "User\u200b.Read", "kind": "delegated"},
		],
	}
}

test_fails_on_a_name_of_the_other_kind if {
	config := testing.resource("agent365Config", {"properties": {"customBlueprintPermissions": [{
		"resourceAppId": permissions.graph_app_id,
		"scopes": ["Chat.Read.All"],
	}]}})
	told(config, []) == {[
		["customBlueprintPermissions", 0, "scopes", 0],
		{"otherKindName": "Chat.Read.All", "otherKind": "application", "kind": "delegated"},
	]}
}

test_fails_on_a_retired_resource if {
	azure_ad_graph := "00000002-0000-0000-c000-000000000000"
	told(
		testing.blueprint({"properties": {
			"requiredResourceAccess": [
				{"resourceAppId": permissions.graph_app_id},
				{"resourceAppId": azure_ad_graph, "resourceAccess": [{"id": nobody, "type": "Scope"}]},
			],
			"inheritablePermissions": [{"resourceAppId": azure_ad_graph}],
		}}),
		[],
	) == {
		[["requiredResourceAccess", 1, "resourceAppId"], {"retired": "Azure AD Graph (retired)"}],
		[["inheritablePermissions", 0, "resourceAppId"], {"retired": "Azure AD Graph (retired)"}],
	}
}

test_passes_for_ids_of_their_kind if {
	told(declaring(user_read_delegated, "Scope"), []) == set()
	told(declaring(mail_read_application, "Role"), []) == set()
	told(declaring(both_kinds, "Scope"), []) == set()
	told(declaring(both_kinds, "Role"), []) == set()
}

test_passes_for_sign_in_scopes_by_name if {
	told(inheriting(["openid", "profile", "email", "offline_access", "User.Read"]), []) == set()
}

test_passes_for_other_resources if {
	told(
		testing.blueprint({"properties": {"requiredResourceAccess": [{
			"resourceAppId": "9b975845-388f-4429-889e-eab1ef63949c",
			"resourceAccess": [{"id": nobody, "type": "Scope"}],
		}]}}),
		[],
	) == set()
}

test_passes_for_references if {
	every reference in ["${MAIL_READ}", "<permission id>", "{{ permission }}", "todo"] {
		told(declaring(reference, "Scope"), []) == set()
		told(declaring(user_read_delegated, reference), []) == set()
		told(declaring(reference, null), []) == set()
		told(inheriting([reference]), []) == set()
	}
}

test_passes_when_allowed if {
	told(declaring(nobody, "Scope"), [nobody]) == set()
	told(inheriting(["NewThing.Read"]), ["NewThing.*"]) == set()
	count(told(declaring(nobody, "Scope"), ["NewThing.*"])) == 1
}

test_passes_with_absent_empty_and_wrong_values if {
	told(testing.blueprint({}), []) == set()
	every value in [null, "", "  ", 7, true, [], {}] {
		told(declaring(value, "Scope"), []) == set()
		told(declaring(value, value), []) == set()
		told(testing.declaring([value]), []) == set()
		told(inheriting([value]), []) == set()
	}
	told(declaring(user_read_delegated, 7), []) == set()
}
