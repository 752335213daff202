package agentid.lifecycle.disabled_with_access_test

import data.agentid.lib.testing
import data.agentid.lifecycle.disabled_with_access

judged(kind, properties, held) := result if {
	result := disabled_with_access.findings with input as testing.in_tenant(kind, {"properties": properties})
		with data.agentid.options as testing.options("lifecycle/disabled-with-access", {"heldTags": held})
}

disabled(properties) := object.union({"accountEnabled": false}, properties)

nothing := {"name": "test", "application": [], "delegated": [], "roles": [], "groups": []}

found(told) := {{"path": ["accountEnabled"], "args": object.union(nothing, told)}}

test_fails_for_each_kind_of_access if {
	judged("agentIdentity", disabled({"appRoleAssignments": [{"appRoleValue": "Mail.Read"}]}), []) == found({
		"application": ["Mail.Read"],
	})
	judged("blueprintPrincipal", disabled({"oauth2PermissionGrants": [{"scope": "User.Read"}]}), []) == found({
		"delegated": ["User.Read"],
	})
	judged("agentUser", disabled({"roleAssignments": [{"roleDefinition": {"displayName": "Reader"}}]}), []) == found({
		"roles": ["Reader"],
	})
	judged("agentIdentity", disabled({"transitiveMemberOf": [{"displayName": "Privileged"}]}), []) == found({
		"groups": ["Privileged"],
	})
}

test_tells_all_of_it_in_one_finding if {
	judged(
		"agentIdentity", disabled({
			"oauth2PermissionGrants": [{"scope": "User.Read"}],
			"transitiveMemberOf": [{"displayName": "Privileged"}],
		}),
		[],
	) == found({"delegated": ["User.Read"], "groups": ["Privileged"]})
}

test_names_five_of_many if {
	judged("agentIdentity", disabled({"oauth2PermissionGrants": [{"scope": "a b c d e"}]}), []) == found({
		"delegated": ["a", "b", "c", "d", "e"],
	})
	judged("agentIdentity", disabled({"oauth2PermissionGrants": [{"scope": "a b c d e f g"}]}), []) == found({
		"delegated": ["a", "b", "c", "d", "e", "2 more"],
	})
}

test_passes_without_access if {
	judged("agentIdentity", disabled({}), []) == set()
	judged("agentUser", disabled({"roleAssignments": []}), []) == set()
	given := {"appRoleAssignments": [{"appRoleValue": "AgentIdentity.CreateAsManager"}]}
	judged("blueprintPrincipal", disabled(given), []) == set()
}

test_passes_when_enabled_or_when_nothing_is_told if {
	every value in [true, null, "false", 0] {
		properties := {"accountEnabled": value, "appRoleAssignments": [{"appRoleValue": "Mail.Read"}]}
		judged("agentIdentity", properties, []) == set()
	}
	judged("agentIdentity", {"appRoleAssignments": [{"appRoleValue": "Mail.Read"}]}, []) == set()
}

test_passes_when_held if {
	properties := disabled({"oauth2PermissionGrants": [{"scope": "User.Read"}], "tags": ["incident:1"]})
	judged("agentIdentity", properties, ["incident:*"]) == set()
	judged("agentIdentity", properties, ["other"]) == found({"delegated": ["User.Read"]})
}
