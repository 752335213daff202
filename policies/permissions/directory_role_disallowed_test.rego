package agentid.permissions.directory_role_disallowed_test

import data.agentid.lib.roles
import data.agentid.lib.testing
import data.agentid.permissions.directory_role_disallowed

global_administrator := "62e90394-69f5-4237-9190-012177145e10"

global_reader := "f2ef992c-3afb-46b9-b7cf-a126ee74c451"

judged(assignment, allow) := result if {
	resource := testing.in_tenant("agentUser", {"properties": {"roleAssignments": [assignment]}})
	result := directory_role_disallowed.findings with input as resource
		with data.agentid.options as testing.options("permissions/directory-role-disallowed", {"allow": allow})
}

found(group, scope) := {{
	"path": ["roleAssignments", 0],
	"args": {
		"name": "test",
		"role": "Global Administrator",
		"group": group,
		"scope": scope,
		"date": roles.table.allowed_date,
	},
}}

test_fails_for_a_role_that_agents_cannot_have if {
	judged({"roleDefinitionId": global_administrator, "directoryScopeId": "/"}, []) == found(null, null)
	judged({"roleDefinitionId": global_administrator, "viaGroup": {"displayName": "Tier 0"}}, []) == found("Tier 0", null)
	judged({"roleDefinitionId": global_administrator, "directoryScopeId": "/x"}, ["Other"]) == found(null, "/x")
}

test_passes_for_a_role_that_agents_can_have if {
	judged({"roleDefinitionId": global_reader, "directoryScopeId": "/"}, []) == set()
}

test_passes_for_roles_that_are_not_in_the_table if {
	judged({"roleDefinitionId": "1", "roleDefinition": {"isBuiltIn": false}}, []) == set()
	judged({"roleDefinitionId": "1", "roleDefinition": {"isBuiltIn": true}}, []) == set()
	judged({}, []) == set()
	judged(null, []) == set()
}

test_passes_for_an_allowed_role if {
	judged({"roleDefinitionId": global_administrator}, ["global administrator"]) == set()
	judged({"roleDefinitionId": global_administrator}, [global_administrator]) == set()
}
