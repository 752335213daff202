package agentid.permissions.directory_role_powerful_test

import data.agentid.lib.roles
import data.agentid.lib.testing
import data.agentid.permissions.directory_role_powerful

exchange_administrator := "29232cdf-9323-42fd-ade2-1d097af3e4de"

judged(assignment, changes) := result if {
	resource := testing.in_tenant("agentIdentity", {"properties": {"roleAssignments": [assignment]}})
	values := object.union({"allow": [], "customRoles": true, "newRoles": true}, changes)
	result := directory_role_powerful.findings with input as resource
		with data.agentid.options as testing.options("permissions/directory-role-powerful", values)
}

found(told) := {{
	"path": ["roleAssignments", 0],
	"args": object.union(
		{
			"name": "test",
			"role": null,
			"customRole": null,
			"newRole": null,
			"reach": null,
			"group": null,
			"date": roles.table.date,
		},
		told,
	),
}}

exchange := {"roleDefinitionId": exchange_administrator, "directoryScopeId": "/"}

custom := {"roleDefinitionId": "1", "roleDefinition": {"displayName": "Ours", "isBuiltIn": false}}

new := {"roleDefinitionId": "2", "roleDefinition": {"displayName": "New", "isBuiltIn": true}}

test_fails_for_a_powerful_role if {
	told := {"role": "Exchange Administrator", "reach": roles.table.roles[exchange_administrator].reach}
	judged(exchange, {}) == found(told)
	through_group := object.union(exchange, {"viaGroup": {"displayName": "Mail"}})
	judged(through_group, {}) == found(object.union(told, {"group": "Mail"}))
}

test_fails_for_roles_whose_reach_nobody_knows if {
	judged(custom, {}) == found({"customRole": "Ours"})
	judged(new, {}) == found({"newRole": "New"})
}

test_passes_where_that_is_switched_off if {
	judged(custom, {"customRoles": false}) == set()
	judged(new, {"newRoles": false}) == set()
	judged(exchange, {"allow": ["Exchange *"]}) == set()
	judged(custom, {"allow": ["Ours"]}) == set()
}

test_passes_for_a_part_of_the_tenant if {
	judged(object.union(exchange, {"directoryScopeId": "/administrativeUnits/1"}), {}) == set()
	judged(object.union(custom, {"directoryScopeId": "/administrativeUnits/1"}), {}) == set()
}

test_passes_for_ordinary_and_for_forbidden_roles if {
	judged({"roleDefinitionId": "88d8e3e3-8f55-4a1e-953a-9b9898b8876b"}, {}) == set()
	judged({"roleDefinitionId": "62e90394-69f5-4237-9190-012177145e10"}, {}) == set()
	judged(null, {}) == set()
}
