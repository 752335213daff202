package agentid.accountability.sponsor_kind_test

import data.agentid.accountability.sponsor_kind
import data.agentid.lib.testing

judged(sponsors, allow) := result if {
	result := sponsor_kind.findings with input as testing.blueprint({"sponsors": sponsors})
		with data.agentid.options as testing.options("accountability/sponsor-kind", {"allowServicePrincipals": allow})
}

sponsor(kind, overrides) := object.union(
	{
		"path": ["sponsors", 0],
		"kind": kind,
		"id": "1",
		"userPrincipalName": null,
		"displayName": "A",
		"groupTypes": null,
		"securityEnabled": null,
		"isAssignableToRole": null,
	},
	overrides,
)

found(problem) := {{
	"path": ["sponsors", 0],
	"args": {"problem": problem, "sponsor": "A", "count": null, "limit": null},
}}

test_service_principals_fail_unless_allowed if {
	judged([sponsor("servicePrincipal", {})], false) == found("a service principal cannot be a sponsor")
	judged([sponsor("servicePrincipal", {})], true) == set()
}

test_agent_users_fail if {
	judged([sponsor("agentUser", {})], true) == found("an agent user cannot be a sponsor")
}

test_role_assignable_groups_fail_once if {
	group := {"isAssignableToRole": true, "securityEnabled": true, "groupTypes": []}
	judged([sponsor("group", group)], false) == found("a role-assignable group cannot be a sponsor")
	unified := object.union(group, {"groupTypes": ["Unified"]})
	judged([sponsor("group", unified)], false) == found("a role-assignable group cannot be a sponsor")
}

test_assigned_security_groups_fail if {
	every assignable in [false, null] {
		group := {"securityEnabled": true, "groupTypes": [], "isAssignableToRole": assignable}
		judged([sponsor("group", group)], false) == found("an assigned security group cannot be a sponsor")
	}
}

test_microsoft_365_groups_and_dynamic_groups_pass if {
	every types in [["Unified"], ["DynamicMembership"], ["unified", "dynamicMembership"]] {
		judged([sponsor("group", {"securityEnabled": true, "groupTypes": types})], false) == set()
	}
}

test_what_is_not_told_passes if {
	judged([], false) == set()
	every kind in ["user", "unknown"] {
		judged([sponsor(kind, {"isAssignableToRole": true, "securityEnabled": true, "groupTypes": []})], false) == set()
	}
	judged([sponsor("group", {})], false) == set()
	judged([sponsor("group", {"securityEnabled": true})], false) == set()
	judged([sponsor("group", {"groupTypes": []})], false) == set()
	judged([sponsor("group", {"groupTypes": [], "securityEnabled": false, "isAssignableToRole": false})], false) == set()
	judged([{"path": ["sponsors", 0], "kind": "group"}], false) == set()
}

called(overrides) := [finding.args.sponsor | some finding in judged([sponsor("agentUser", overrides)], false)][0]

test_a_sponsor_is_named_by_what_is_told if {
	called({"displayName": null, "userPrincipalName": "a@b"}) == "a@b"
	called({"displayName": null}) == "1"
	called({"displayName": null, "id": null}) == ""
}

many(kind, number) := [sponsor(kind, {"path": ["sponsors", i]}) | some i in numbers.range(1, number)]

test_limits_hold if {
	judged(many("user", 100), false) == set()
	judged(many("user", 101), false) == {{
		"path": ["sponsors"],
		"args": {"problem": "there are too many sponsors", "sponsor": null, "count": 101, "limit": 100},
	}}
	judged(many("group", 5), false) == set()
	judged(array.concat(many("group", 6), many("user", 10)), false) == {{
		"path": ["sponsors"],
		"args": {"problem": "there are too many group sponsors", "sponsor": null, "count": 6, "limit": 5},
	}}
}
