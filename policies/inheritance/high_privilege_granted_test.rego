package agentid.inheritance.high_privilege_granted_test

import data.agentid.inheritance.high_privilege_granted
import data.agentid.lib.permissions
import data.agentid.lib.testing

graph_id := permissions.graph_app_id

app := "aa418709-d4c5-5dfa-bde2-3830ae38bb40"

mail := {
	"appRoleId": "e2a3a72e-5f79-4c64-b1b1-878b674786c9",
	"resourceAppId": graph_id,
	"appRoleValue": "Mail.ReadWrite",
}

blocked := {"resourceAppId": graph_id, "consentType": "AllPrincipals", "scope": "User.Read Directory.AccessAsUser.All"}

roles := {"resourceAppId": graph_id, "inheritableRoles": {"kind": "allAllowed"}}

scopes := {"resourceAppId": graph_id, "inheritableScopes": {"kind": "allAllowed"}}

principal(properties) := testing.in_tenant(
	"blueprintPrincipal",
	{"properties": object.union({"appId": app}, properties)},
)

known(entries) := testing.known_of_tenant({"blueprints": {app: {
	"ref": "blueprint/1",
	"name": "chaser",
	"resource": 7,
	"inheritablePermissions": entries,
}}})

found(properties, entries, allow) := result if {
	result := high_privilege_granted.findings with input as principal(properties)
		with data.agentid.known as known(entries)
		with data.agentid.options as testing.options("inheritance/high-privilege-granted", {"allow": allow})
}

# Path, permission and kind of each finding.
judged(properties, entries) := {[result.path, result.args.permission, result.args.kind] |
	some result in found(properties, entries, [])
}

holding_mail := {[["appRoleAssignments", 0, "appRoleId"], "Mail.ReadWrite", "application"]}

holding_blocked := {[["oauth2PermissionGrants", 0, "scope"], "Directory.AccessAsUser.All", "delegated"]}

test_fails_for_application_permissions_that_roles_pass_on if {
	judged({"appRoleAssignments": [mail]}, [roles]) == holding_mail
}

test_fails_for_delegated_permissions_that_scopes_pass_on if {
	judged({"oauth2PermissionGrants": [blocked]}, [scopes]) == holding_blocked
	enumerated := {"kind": "enumerated", "scopes": ["Directory.AccessAsUser.All"]}
	judged(
		{"oauth2PermissionGrants": [blocked]},
		[{"resourceAppId": graph_id, "inheritableScopes": enumerated}],
	) == holding_blocked
}

test_tells_the_blueprint_and_how_many_agents if {
	[result] = [one | some one in found({"appRoleAssignments": [mail], "agentIdentityCount": 12}, [roles], [])]
	result.args.blueprint == "chaser"
	result.args.agents == 12
	result.args.api == null
	result.args.why == permissions.table.reasons["mass-content"]
	result.related == [{
		"message": "the blueprint makes it inheritable",
		"path": ["inheritablePermissions", 0, "inheritableRoles"],
		"resource": 7,
	}]
	[unknown] = [one | some one in found({"appRoleAssignments": [mail]}, [roles], [])]
	unknown.args.agents == null
}

seen(inherited) := [place |
	properties := {"appRoleAssignments": [mail], "oauth2PermissionGrants": [blocked], "inherited": inherited}
	some result in found(properties, [roles, scopes], [])
	some place in result.related
	place.message == "an agent shows it among what it inherits"
]

test_names_an_agent_that_shows_it if {
	{place.path | some place in seen({
		"sampledFrom": "9acba593-cd6f-5e48-8321-5bbbb2b74d21",
		"appRoleAssignments": [{"resourceAppId": graph_id, "appRoleValue": "User.Read.All"}, mail],
		"oauth2PermissionGrants": [blocked],
	})} == {["inherited", "appRoleAssignments", 1], ["inherited", "oauth2PermissionGrants", 0]}
}

test_the_verdict_does_not_rest_on_what_an_agent_shows if {
	every inherited in [null, {}, {"appRoleAssignments": []}, {"appRoleAssignments": [null, 5, {}]}, "x"] {
		seen(inherited) == []
		judged({"appRoleAssignments": [mail], "inherited": inherited}, [roles]) == holding_mail
	}
}

test_inheritable_scopes_do_not_pass_on_application_permissions if {
	judged({"appRoleAssignments": [mail]}, [scopes]) == set()
	judged({"oauth2PermissionGrants": [blocked]}, [roles]) == set()
}

test_passes_for_another_api_or_kind if {
	other := "00000003-0000-0ff1-ce00-000000000000"
	judged({"appRoleAssignments": [mail]}, [object.union(roles, {"resourceAppId": other})]) == set()
	judged({"appRoleAssignments": [mail]}, [{"resourceAppId": graph_id, "inheritableRoles": {"kind": "none"}}]) == set()
	enumerated := {"kind": "enumerated", "scopes": ["User.Read"]}
	judged({"oauth2PermissionGrants": [blocked]}, [{"resourceAppId": graph_id, "inheritableScopes": enumerated}]) == set()
}

test_passes_for_ordinary_and_narrow_permissions if {
	sites_selected := {"appRoleId": "883ea226-0bf2-4a8f-9f9d-92c9162a727d", "resourceAppId": graph_id}
	judged({"appRoleAssignments": [sites_selected]}, [roles]) == set()
	judged({"oauth2PermissionGrants": [object.union(blocked, {"scope": "User.Read"})]}, [scopes]) == set()
	given := {"appRoleId": "4c390976-b2b7-42e0-9187-c6be3bead001", "resourceAppId": graph_id}
	judged({"appRoleAssignments": [given]}, [roles]) == set()
}

test_passes_when_allowed if {
	found({"appRoleAssignments": [mail]}, [roles], ["Mail.ReadWrite"]) == set()
	found({"appRoleAssignments": [mail]}, [roles], ["application/Mail.*"]) == set()
	count(found({"appRoleAssignments": [mail]}, [roles], ["delegated/Mail.*"])) == 1
}

test_passes_when_the_blueprint_is_not_known if {
	every app_id in [null, 5, "another"] {
		judged({"appId": app_id, "appRoleAssignments": [mail]}, [roles]) == set()
	}
}

test_passes_with_absent_empty_and_wrong_values if {
	judged({}, [roles]) == set()
	every value in [null, 5, "x", {}, [], [null], [{}]] {
		judged({"appRoleAssignments": value, "oauth2PermissionGrants": value}, [roles, scopes]) == set()
		judged({"appRoleAssignments": [mail]}, value) == set()
	}
}
