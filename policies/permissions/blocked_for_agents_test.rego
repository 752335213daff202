package agentid.permissions.blocked_for_agents_test

import data.agentid.lib.permissions
import data.agentid.lib.testing
import data.agentid.permissions.blocked_for_agents

directory_write_application := "19dbc75e-c2e2-444c-a770-ec69d8559fc7"

calendars_read_application := "798ee544-9d2d-430c-a058-570e29e34338"

calendars_read_delegated := "465a38f9-76ea-45b9-9f34-9e8b0d4b0b42"

create_as_manager := "4c390976-b2b7-42e0-9187-c6be3bead001"

found(resource, allow) := result if {
	result := blocked_for_agents.findings with input as resource
		with data.agentid.options as testing.options("permissions/blocked-for-agents", {"allow": allow})
}

# What is reported, as `kind/permission` and place.
judged(resource, allow) := {[concat("/", [result.args.kind, result.args.permission]), result.path] |
	some result in found(resource, allow)
}

role(id) := {"id": id, "type": "Role"}

scope(id) := {"id": id, "type": "Scope"}

inheriting(scopes) := testing.inheriting([{
	"resourceAppId": permissions.graph_app_id,
	"inheritableScopes": {"kind": "enumerated", "scopes": scopes},
}])

configured(scopes) := testing.resource("agent365Config", {"properties": {"customBlueprintPermissions": [{
	"resourceAppId": permissions.graph_app_id,
	"scopes": scopes,
}]}})

test_fails_on_a_declared_permission_and_tells_all_about_it if {
	found(testing.declaring([role(directory_write_application)]), []) == {{
		"path": ["requiredResourceAccess", 0, "resourceAccess", 0, "id"],
		"args": {
			"permission": "Directory.ReadWrite.All",
			"kind": "application",
			"api": null,
			"origin": "declared in requiredResourceAccess",
			"reach": permissions.reach_of("application", "Directory.ReadWrite.All"),
			"why": permissions.table.reasons.blocked,
			"narrower": permissions.narrower_of("application", "Directory.ReadWrite.All"),
		},
		"related": [],
	}}
}

test_fails_on_the_blocked_kind_only if {
	judged(testing.declaring([scope(calendars_read_delegated), role(calendars_read_application)]), []) == {[
		"application/Calendars.Read",
		["requiredResourceAccess", 0, "resourceAccess", 1, "id"],
	]}
}

test_fails_on_names_that_are_inheritable if {
	judged(inheriting(["User.Read", "Directory.AccessAsUser.All"]), []) == {[
		"delegated/Directory.AccessAsUser.All",
		["inheritablePermissions", 0, "inheritableScopes", "scopes", 1],
	]}
}

test_fails_on_names_without_an_id if {
	judged(configured(["Device.Write.Restricted", "RoleManagement.ReadWrite.All"]), []) == {
		["delegated/Device.Write.Restricted", ["customBlueprintPermissions", 0, "scopes", 0]],
		["delegated/RoleManagement.ReadWrite.All", ["customBlueprintPermissions", 0, "scopes", 1]],
	}
}

test_fails_on_a_grant_of_an_agent_identity if {
	agent := testing.resource("agentIdentity", {"properties": {
		"appRoleAssignments": [{"appRoleId": directory_write_application, "resourceDisplayName": "Microsoft Graph"}],
		"oauth2PermissionGrants": [{"scope": "User.Read Group.ReadWrite.All"}],
	}})
	judged(agent, []) == {
		["application/Directory.ReadWrite.All", ["appRoleAssignments", 0, "appRoleId"]],
		["delegated/Group.ReadWrite.All", ["oauth2PermissionGrants", 0, "scope"]],
	}
}

test_cells_with_a_dash_are_not_blocked if {
	judged(configured(["Calendars.Read", "Files.Read.All", "Sites.Read.All", "AgentIdentity.Create.All"]), []) == set()
}

test_mail_is_not_on_the_list if {
	judged(testing.declaring([role("810c84a8-4a9e-49e6-bf7d-12d183f40d01")]), []) == set()
}

test_what_the_platform_gives_to_a_blueprint_is_not_reported if {
	judged(testing.declaring([role(create_as_manager)]), []) == set()
	granted := {"properties": {"appRoleAssignments": [{"appRoleId": create_as_manager}]}}
	judged(testing.resource("blueprintPrincipal", granted), []) == set()
	count(judged(testing.resource("agentIdentity", granted), [])) == 1
}

test_passes_when_allowed if {
	declaring := testing.declaring([role(directory_write_application)])
	every allow in ["Directory.ReadWrite.All", "application/Directory.ReadWrite.All", "Directory.*"] {
		judged(declaring, [allow]) == set()
	}
	every allow in ["delegated/Directory.ReadWrite.All", "Directory.Read.All"] {
		count(judged(declaring, [allow])) == 1
	}
}

test_passes_with_harmless_permissions if {
	judged(testing.declaring([scope("e1fe6dd8-ba31-4d61-89e7-88639da4683d")]), []) == set()
	judged(inheriting(["User.Read", "Mail.Read"]), []) == set()
	judged(testing.blueprint({}), []) == set()
	judged(testing.declaring([]), []) == set()
}

test_passes_with_values_of_a_wrong_type if {
	every value in [null, 7, "Role", {}, [], [null], {"id": null, "type": "Role"}, {"id": [], "type": {}}] {
		judged(testing.declaring(value), []) == set()
		judged(testing.declaring([value]), []) == set()
		judged(inheriting(value), []) == set()
		judged(configured([value]), []) == set()
	}
}
