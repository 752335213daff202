package agentid.lib.roles_test

import data.agentid.lib.roles
import data.agentid.lib.testing

global_administrator := "62e90394-69f5-4237-9190-012177145e10"

held(assignments) := result if {
	result := roles.held with input as testing.in_tenant("agentIdentity", {"properties": {"roleAssignments": assignments}})
}

test_a_built_in_role_is_known_by_its_template if {
	[role] := held([{
		"roleDefinitionId": "x",
		"directoryScopeId": "/",
		"roleDefinition": {"displayName": "Renamed", "templateId": global_administrator, "isBuiltIn": true},
		"viaGroup": {"id": "g", "displayName": "Tier 0"},
	}])
	role == {
		"path": ["roleAssignments", 0],
		"template": global_administrator,
		"name": "Global Administrator",
		"record": {"name": "Global Administrator", "allowed": false},
		"custom": false,
		"scope": null,
		"group": "Tier 0",
	}
}

test_without_a_definition_the_id_tells if {
	[role] := held([{"roleDefinitionId": global_administrator, "directoryScopeId": "/administrativeUnits/1"}])
	[role.name, role.custom, role.scope, role.group] == ["Global Administrator", false, "/administrativeUnits/1", null]
}

test_other_roles if {
	[custom, new, bare, empty] := held([
		{"roleDefinitionId": "1", "roleDefinition": {"displayName": "Ours", "templateId": "1", "isBuiltIn": false}},
		{"roleDefinitionId": "2", "roleDefinition": {"displayName": "New", "isBuiltIn": true}, "viaGroup": {"id": "g"}},
		{"roleDefinitionId": "3", "roleDefinition": null, "viaGroup": {"id": "g", "displayName": null}},
		{},
	])
	[custom.name, custom.custom, custom.record] == ["Ours", true, {}]
	[new.name, new.custom, new.record, new.group] == ["New", false, {}, "g"]
	[bare.name, bare.custom, bare.group] == ["3", false, "g"]
	[empty.name, empty.template, empty.scope, empty.group] == ["", "", null, null]
}

test_wrong_types_hold_nothing if {
	every value in [null, 1, "x", {}, [null], [[]], ["x"]] {
		held(value) == []
	}
	[role] := held([{"roleDefinitionId": 1, "roleDefinition": [], "directoryScopeId": 7, "viaGroup": "x"}])
	[role.name, role.scope, role.group] == [null, null, null]
}

test_listed_by_name_or_template if {
	role := {"name": "Global Reader", "template": "f2ef992c"}
	roles.is_listed(role, ["global reader"])
	roles.is_listed(role, ["Global*"])
	roles.is_listed(role, ["f2ef992c"])
	not roles.is_listed(role, ["Reader"])
	not roles.is_listed(role, [])
}
