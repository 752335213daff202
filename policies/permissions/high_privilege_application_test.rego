package agentid.permissions.high_privilege_application_test

import data.agentid.lib.permissions
import data.agentid.lib.testing
import data.agentid.permissions.high_privilege_application

# Level 4, not in a tier and not blocked.
risky_users_write := "656f6061-f9fe-4807-9708-6a2e0934df76"

# Level 3 and in the tier of takeovers.
role_eligibility_write := "fee28b28-e1f3-4841-818e-2704dc62245f"

# No level, no tier.
role_policy_write := "31e08e0a-d3f7-4ca2-ac39-7343fb83e8ad"

# Level 3, ordinary.
group_read := "5b567255-7703-4780-807c-7be8301ae99b"

# Level 3, the narrow way.
sites_selected := "883ea226-0bf2-4a8f-9f9d-92c9162a727d"

directory_write_delegated := "c5366453-9fb0-48a5-a156-24f0c49a4b84"

settings := {"minimumLevel": 4, "also": ["RoleManagementPolicy.ReadWrite.*"], "allow": []}

found(resource, changes) := result if {
	values := object.union(settings, changes)
	result := high_privilege_application.findings with input as resource
		with data.agentid.options as testing.options("permissions/high-privilege-application", values)
}

# Permission, and what the message adds to the reasons.
judged(id, changes) := {[result.args.permission, result.args.level, result.args.list] |
	some result in found(testing.declaring([{"id": id, "type": "Role"}]), changes)
}

test_fails_at_level_4_and_tells_all_about_it if {
	found(testing.declaring([{"id": risky_users_write, "type": "Role"}]), {}) == {{
		"path": ["requiredResourceAccess", 0, "resourceAccess", 0, "id"],
		"args": {
			"permission": "IdentityRiskyUser.ReadWrite.All",
			"kind": "application",
			"api": null,
			"origin": "declared in requiredResourceAccess",
			"reach": permissions.reach_of("application", "IdentityRiskyUser.ReadWrite.All"),
			"why": permissions.table.reasons["level-4"],
			"narrower": permissions.narrower_of("application", "IdentityRiskyUser.ReadWrite.All"),
			"level": null,
			"list": null,
		},
		"related": [],
	}}
}

test_fails_on_a_takeover_below_the_level if {
	judged(role_eligibility_write, {}) == {["RoleEligibilitySchedule.ReadWrite.Directory", null, null]}
}

test_fails_on_the_list_for_permissions_without_a_level if {
	judged(role_policy_write, {}) == {["RoleManagementPolicy.ReadWrite.Directory", null, "also"]}
	judged(role_policy_write, {"also": []}) == set()
}

test_the_level_is_an_option if {
	judged(group_read, {}) == set()
	judged(group_read, {"minimumLevel": 3}) == {["Group.Read.All", 3, null]}
	judged(risky_users_write, {"minimumLevel": 5}) == set()
	judged(role_eligibility_write, {"minimumLevel": 5}) == {["RoleEligibilitySchedule.ReadWrite.Directory", null, null]}
}

test_the_narrow_way_is_never_high_because_of_its_level if {
	judged(sites_selected, {"minimumLevel": 1}) == set()
	judged(sites_selected, {"also": ["Sites.Selected"]}) == {["Sites.Selected", null, "also"]}
}

test_fails_on_a_grant if {
	agent := testing.resource("agentIdentity", {"properties": {"appRoleAssignments": [{"appRoleId": risky_users_write}]}})
	[[result.path, result.args.origin] | some result in found(agent, {})] == [[
		["appRoleAssignments", 0, "appRoleId"],
		"granted directly",
	]]
}

test_delegated_permissions_are_not_its_business if {
	found(testing.declaring([{"id": directory_write_delegated, "type": "Scope"}]), {"minimumLevel": 1}) == set()
}

test_what_the_platform_gives_to_a_blueprint_is_not_reported if {
	judged("4c390976-b2b7-42e0-9187-c6be3bead001", {"minimumLevel": 1}) == set()
}

test_passes_when_allowed if {
	every allow in ["IdentityRiskyUser.ReadWrite.All", "application/IdentityRiskyUser.*", "*"] {
		judged(risky_users_write, {"allow": [allow]}) == set()
	}
	count(judged(risky_users_write, {"allow": ["delegated/*"]})) == 1
}

test_passes_without_permissions if {
	found(testing.blueprint({}), {}) == set()
	every value in [null, 7, "x", {}, [null], [{"id": 7, "type": 7}], [{"id": risky_users_write}]] {
		found(testing.declaring(value), {}) == set()
	}
}
