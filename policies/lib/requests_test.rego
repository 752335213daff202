package agentid.lib.requests_test

import data.agentid.lib.permissions
import data.agentid.lib.requests
import data.agentid.lib.testing

graph_app := "00000003-0000-0000-c000-000000000000"

# A table in which every form of an entry occurs once.
table := {
	"date": "2026-08-20",
	"list": ["Files.Read.All", "Notes.Read", "AgentIdentity.CreateAsManager"],
	"application": {"a0": 0, "a2": 2},
	"delegated": {"d0": 0, "d1": 1},
	"names": {"Files.Read.All": [0, 1], "Notes.Read": [null, 2], "AgentIdentity.CreateAsManager": [0, null]},
	"records": [
		{"kind": "application", "reasons": ["blocked", "level-4"], "reach": "all {} in the tenant"},
		{"kind": "delegated", "reasons": [], "reach": "all {} that the user may see"},
		{"kind": "delegated", "reasons": [], "reach": "the {} of the user"},
	],
	"nouns": {"Files": "files", "Notes": "notebooks"},
	"reach": {"delegated/Notes.Read": "the user's own notebooks"},
	"narrower": {"application/Files.Read.All": "Sites.Selected"},
	"reasons": {"blocked": "Microsoft blocks it", "level-4": "its level is 4"},
}

blueprint(properties) := testing.blueprint({"properties": properties})

declaring(resource, items) := {"requiredResourceAccess": [{"resourceAppId": resource, "resourceAccess": items}]}

# Kind, name and origin at each place, `/`-joined.
requested_by(resource) := {concat("/", [permission.kind, permission.name, permission.origin]): permission.path |
	some permission in requested(resource)
}

requested(resource) := result if {
	result := requests.resolved with input as resource with data.agentid.tables.graph_permissions as table
}

test_declared_permissions_are_found_by_the_id_of_their_kind if {
	found := requested_by(blueprint(declaring(graph_app, [
		{"id": "a0", "type": "Role"},
		{"id": "d0", "type": "Scope"},
		{"id": "d1", "type": "scope"},
		{"id": "a0", "type": "Scope"},
		{"id": "d1", "type": null},
		{"id": "d1"},
		{"id": "nobody", "type": "Scope"},
	])))
	found == {
		"application/Files.Read.All/declared": ["requiredResourceAccess", 0, "resourceAccess", 0, "id"],
		"delegated/Files.Read.All/declared": ["requiredResourceAccess", 0, "resourceAccess", 1, "id"],
		"delegated/Notes.Read/declared": ["requiredResourceAccess", 0, "resourceAccess", 2, "id"],
	}
}

test_a_finding_about_a_permission_of_another_api if {
	exchange := "00000002-0000-0ff1-ce00-000000000000"
	full_access := "dc890d15-9560-4a4c-9b7f-a736ec74ec40"
	properties := object.union(
		declaring(exchange, [{"id": full_access, "type": "Role"}, {"id": full_access, "type": "Scope"}]),
		{"inheritablePermissions": [{"resourceAppId": exchange, "inheritableRoles": {"kind": "allAllowed"}}]},
	)
	[permission] = requests.resolved with input as blueprint(properties)
	args := permissions.args_of(permission, {"mass-content"}) with input as blueprint(properties)
	args == {
		"permission": "full_access_as_app",
		"kind": "application",
		"api": "Exchange Online",
		"reach": requests.other_apis[exchange][full_access].reach,
		"why": permissions.table.reasons["mass-content"],
		"narrower": requests.other_apis[exchange][full_access].narrower,
		"origin": "declared in requiredResourceAccess, inheritable by every agent",
	}
}

test_other_resources_have_other_permissions if {
	requested_by(blueprint(declaring("another", [{"id": "a0", "type": "Role"}]))) == {}
}

test_names_are_delegated if {
	requested_by(blueprint({
		"inheritablePermissions": [{
			"resourceAppId": graph_app,
			"inheritableScopes": {"kind": "enumerated", "scopes": ["Notes.Read", "Nobody.Read", 7]},
		}],
		"customBlueprintPermissions": [{"resourceAppId": graph_app, "scopes": ["Files.Read.All"]}],
	})) == {
		"delegated/Notes.Read/inheritable": ["inheritablePermissions", 0, "inheritableScopes", "scopes", 0],
		"delegated/Files.Read.All/configured": ["customBlueprintPermissions", 0, "scopes", 0],
	}
}

test_lists_of_roles_hold_names_or_ids if {
	every said in ["Files.Read.All", "a0"] {
		roles := {"kind": "enumerated", "roles": [said]}
		requested_by(blueprint({"inheritablePermissions": [{"resourceAppId": graph_app, "inheritableRoles": roles}]})) == {
			"application/Files.Read.All/inheritable": ["inheritablePermissions", 0, "inheritableRoles", "roles", 0],
		}
	}
}

test_a_left_over_list_does_not_count if {
	every kind in ["none", "allAllowed"] {
		scopes := {"kind": kind, "scopes": ["Notes.Read"]}
		requested_by(blueprint({"inheritablePermissions": [{"resourceAppId": graph_app, "inheritableScopes": scopes}]})) == {}
	}
}

test_grants_of_a_principal if {
	principal := testing.resource("agentIdentity", {"properties": {
		"appRoleAssignments": [
			{"appRoleId": "a0", "resourceId": "x", "resourceDisplayName": "Microsoft Graph"},
			{"appRoleId": "a0", "resourceId": "y", "resourceDisplayName": "Exchange Online"},
			{"appRoleId": "a2"},
		],
		"oauth2PermissionGrants": [{"scope": " Notes.Read  Nobody.Read", "resourceId": "x"}, {"scope": null}],
	}})
	requested_by(principal) == {
		"application/Files.Read.All/granted": ["appRoleAssignments", 0, "appRoleId"],
		"application/AgentIdentity.CreateAsManager/granted": ["appRoleAssignments", 2, "appRoleId"],
		"delegated/Notes.Read/granted": ["oauth2PermissionGrants", 0, "scope"],
	}
}

test_people_write_the_application_id_where_graph_has_an_object_id if {
	requested_by(testing.resource("agentIdentity", {"properties": {"appRoleAssignments": [
		{"appRoleId": "a0", "resourceId": graph_app},
		{"appRoleId": "a0", "resourceId": "00000002-0000-0ff1-ce00-000000000000"},
	]}})) == {"application/Files.Read.All/granted": ["appRoleAssignments", 0, "appRoleId"]}
}

granted_by(assignments, grants) := requested_by(testing.in_tenant("agentIdentity", {"properties": {
	"appRoleAssignments": assignments,
	"oauth2PermissionGrants": grants,
}}))

test_a_tenant_tells_the_api_of_a_grant if {
	granted_by([{"appRoleId": "a0", "resourceId": "x", "resourceAppId": graph_app}], []) == {
		"application/Files.Read.All/granted": ["appRoleAssignments", 0, "appRoleId"],
	}
	granted_by([], [{"scope": "Notes.Read", "resourceId": "x", "resourceAppId": graph_app}]) == {
		"delegated/Notes.Read/granted": ["oauth2PermissionGrants", 0, "scope"],
	}
}

test_a_grant_of_another_api_is_none_of_graph if {
	granted_by(
		[{"appRoleId": "a0", "resourceAppId": "another", "resourceDisplayName": "Microsoft Graph"}],
		[{"scope": "Notes.Read", "resourceAppId": "another", "resourceDisplayName": "Microsoft Graph"}],
	) == {}
}

test_where_a_tenant_does_not_tell_the_api_ids_and_its_name_do if {
	granted_by([{"appRoleId": "a0", "resourceAppId": null}], []) == {
		"application/Files.Read.All/granted": ["appRoleAssignments", 0, "appRoleId"],
	}
	granted_by([], [{"scope": "Notes.Read", "resourceAppId": null, "resourceDisplayName": "Microsoft Graph"}]) == {
		"delegated/Notes.Read/granted": ["oauth2PermissionGrants", 0, "scope"],
	}
	granted_by([], [{"scope": "Notes.Read", "resourceAppId": null, "resourceDisplayName": null}]) == {}
}

test_grants_of_other_apis_that_reach_as_far if {
	exchange := "00000002-0000-0ff1-ce00-000000000000"
	full_access := "dc890d15-9560-4a4c-9b7f-a736ec74ec40"
	principal := testing.in_tenant("agentIdentity", {"properties": {
		"appRoleAssignments": [
			{"appRoleId": full_access, "resourceAppId": exchange},
			{"appRoleId": "unknown", "resourceAppId": exchange},
		],
		"oauth2PermissionGrants": [{
			"scope": "EWS.AccessAsUser.All Other",
			"resourceAppId": exchange,
			"consentType": "Principal",
		}],
	}})
	told := [permissions.args_of(permission, {"mass-content"}) |
		some permission in requests.granted
	] with input as principal
	told == [
		{
			"permission": "full_access_as_app",
			"kind": "application",
			"api": "Exchange Online",
			"reach": requests.other_apis[exchange][full_access].reach,
			"why": permissions.table.reasons["mass-content"],
			"narrower": requests.other_apis[exchange][full_access].narrower,
			"origin": "granted directly",
		},
		{
			"permission": "EWS.AccessAsUser.All",
			"kind": "delegated",
			"api": "Exchange Online",
			"reach": requests.other_scopes[exchange]["EWS.AccessAsUser.All"].reach,
			"why": "",
			"narrower": requests.other_scopes[exchange]["EWS.AccessAsUser.All"].narrower,
			"origin": "granted directly, with consent for one user",
		},
	]
}

test_what_the_platform_gives_to_blueprint_principals_is_left_out if {
	every kind in ["blueprint", "blueprintPrincipal"] {
		requested_by(testing.resource(kind, {"properties": object.union(
			declaring(graph_app, [{"id": "a2", "type": "Role"}]),
			{"appRoleAssignments": [{"appRoleId": "a2"}]},
		)})) == {}
	}
}

test_nothing_is_requested_by_properties_of_a_wrong_type if {
	every value in [null, 1, "x", {}, [null], [[]], [{"resourceAppId": graph_app}], [{"resourceAppId": 1, "scopes": 1}]] {
		requested_by(blueprint({
			"requiredResourceAccess": value,
			"inheritablePermissions": value,
			"customBlueprintPermissions": value,
			"appRoleAssignments": value,
			"oauth2PermissionGrants": value,
		})) == {}
	}
}

args_of_only(resource) := result if {
	result := [permissions.args_of(permission, {"blocked", "level-4"}) |
		some permission in requests.resolved
	] with input as resource
		with data.agentid.tables.graph_permissions as table
}

test_a_finding_tells_everything_about_a_permission if {
	args_of_only(blueprint(declaring(graph_app, [{"id": "a0", "type": "Role"}]))) == [{
		"permission": "Files.Read.All",
		"kind": "application",
		"api": null,
		"reach": "all files in the tenant",
		"why": "Microsoft blocks it; its level is 4",
		"narrower": "Sites.Selected",
		"origin": "declared in requiredResourceAccess",
	}]
}

test_a_finding_about_an_ordinary_permission if {
	args_of_only(blueprint({"customBlueprintPermissions": [{"resourceAppId": graph_app, "scopes": ["Notes.Read"]}]})) == [{
		"permission": "Notes.Read",
		"kind": "delegated",
		"api": null,
		"reach": "the user's own notebooks",
		"why": "",
		"narrower": "",
		"origin": "requested in customBlueprintPermissions",
	}]
}

inheriting(collection) := blueprint(object.union(
	declaring(graph_app, [{"id": "a0", "type": "Role"}, {"id": "d1", "type": "Scope"}]),
	{"inheritablePermissions": [object.union({"resourceAppId": graph_app}, collection)]},
))

origins(resource) := [concat(" ", [args.permission, args.origin]) | some args in args_of_only(resource)]

test_a_declared_permission_that_agents_inherit_says_so if {
	origins(inheriting({
		"inheritableScopes": {"kind": "enumerated", "scopes": ["User.Read"]},
		"inheritableRoles": {"@odata.type": "#microsoft.graph.allAllowedRoles"},
	})) == [
		"Files.Read.All declared in requiredResourceAccess, inheritable by every agent",
		"Notes.Read declared in requiredResourceAccess",
	]
}

test_the_entry_that_makes_it_inheritable_is_a_related_place if {
	resource := inheriting({"inheritableScopes": {"kind": "allAllowed"}})
	related := [permissions.related_of(permission) | some permission in requests.resolved] with input as resource
		with data.agentid.tables.graph_permissions as table
	related == [
		[],
		[{
			"message": "every agent inherits it once it is granted",
			"path": ["inheritablePermissions", 0, "inheritableScopes"],
		}],
	]
}
