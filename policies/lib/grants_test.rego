package agentid.lib.grants_test

import data.agentid.lib.grants
import data.agentid.lib.permissions
import data.agentid.lib.testing

wrong := [null, 5, "x", {}, [], [null], [5], ["x"], [{}]]

holding(properties) := testing.in_tenant("agentIdentity", {"properties": properties})

on_graph(overrides) := object.union(
	{"resourceAppId": permissions.graph_app_id, "resourceDisplayName": "Microsoft Graph", "resourceId": "1"},
	overrides,
)

test_application_permissions_by_name_or_id_or_api if {
	assignments := [
		on_graph({"appRoleValue": "Mail.Read"}),
		on_graph({"appRoleValue": "Mail.Read"}),
		on_graph({"appRoleValue": null, "appRoleId": "df021288-bdef-4463-88db-98f22de89214"}),
		{"appRoleValue": null, "appRoleId": "00000000-0000-0000-0000-000000000000", "resourceDisplayName": "Payroll"},
		{"resourceId": "be83fc02-ad4a-5741-89ea-ed28c30fdd57"},
	]
	grants.application_names == [
		"Mail.Read",
		"User.Read.All",
		"access to Payroll",
		"access to be83fc02-ad4a-5741-89ea-ed28c30fdd57",
	] with input as holding({"appRoleAssignments": assignments})
}

test_what_the_platform_gives_to_blueprint_principals_does_not_count if {
	properties := {"appRoleAssignments": [on_graph({"appRoleValue": "AgentIdentity.CreateAsManager"})]}
	principal := testing.in_tenant("blueprintPrincipal", {"properties": properties})
	grants.application_names == [] with input as principal
	grants.application_names == ["AgentIdentity.CreateAsManager"] with input as holding(properties)
}

test_delegated_permissions if {
	grants.delegated_names == ["Mail.Read", "User.Read"] with input as holding({"oauth2PermissionGrants": [
		{"scope": "User.Read Mail.Read"},
		{"scope": "Mail.Read"},
		{"scope": ""},
		{"scope": null},
	]})
}

test_directory_roles if {
	grants.role_names == ["Global Reader", "f2ef992c"] with input as holding({"roleAssignments": [
		{"roleDefinitionId": "1", "roleDefinition": {"displayName": "Global Reader"}},
		{"roleDefinitionId": "1", "roleDefinition": {"displayName": "Global Reader"}, "viaGroup": {"id": "g"}},
		{"roleDefinitionId": "f2ef992c", "roleDefinition": null},
	]})
}

test_groups if {
	grants.group_names == ["Agents with roles", "g2"] with input as holding({"transitiveMemberOf": [
		{"id": "g1", "displayName": "Agents with roles"},
		{"id": "g2", "displayName": null},
	]})
}

test_nothing_is_held_when_nothing_is_told if {
	every value in wrong {
		properties := {
			"appRoleAssignments": value,
			"oauth2PermissionGrants": value,
			"roleAssignments": value,
			"transitiveMemberOf": value,
		}
		grants.delegated_names == [] with input as holding(properties)
		every name in ["application_names", "role_names", "group_names"] {
			every said in grants[name] {
				is_string(said)
			}
		} with input as holding(properties)
	}
	grants.application_names == [] with input as holding({})
	grants.role_names == [] with input as holding({})
	grants.group_names == [] with input as holding({})
}
