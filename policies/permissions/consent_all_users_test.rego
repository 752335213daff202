package agentid.permissions.consent_all_users_test

import data.agentid.lib.permissions
import data.agentid.lib.requests
import data.agentid.lib.testing
import data.agentid.permissions.consent_all_users

graph_app := "00000003-0000-0000-c000-000000000000"

azure := "797f4846-ba00-4fd7-ba43-dac1f8f63013"

found(grant, changes) := result if {
	resource := testing.in_tenant("blueprintPrincipal", {"properties": {"oauth2PermissionGrants": [grant]}})
	values := object.union({"minimumLevel": 4, "also": ["Mail.Read"], "allow": []}, changes)
	result := consent_all_users.findings with input as resource
		with data.agentid.options as testing.options("permissions/consent-all-users", values)
}

for_all(scope) := {"consentType": "AllPrincipals", "scope": scope, "resourceAppId": graph_app}

judged(scope, changes) := {[result.args.permission, result.args.level, result.args.list] |
	some result in found(for_all(scope), changes)
}

test_fails_and_tells_all_about_it if {
	found(for_all("User.Read Directory.ReadWrite.All"), {}) == {{
		"path": ["oauth2PermissionGrants", 0, "scope"],
		"args": {
			"permission": "Directory.ReadWrite.All",
			"kind": "delegated",
			"api": null,
			"origin": "granted directly, with consent for all users",
			"reach": permissions.reach_of("delegated", "Directory.ReadWrite.All"),
			"why": permissions.table.reasons["level-4"],
			"narrower": permissions.narrower_of("delegated", "Directory.ReadWrite.All"),
			"level": null,
			"list": null,
		},
	}}
}

test_fails_by_tier_level_name_and_list if {
	judged("Mail.Send", {}) == {["Mail.Send", null, null]}
	judged("Domain.ReadWrite.All", {}) == {["Domain.ReadWrite.All", null, null]}
	judged("AccessReview.ReadWrite.All", {}) == {["AccessReview.ReadWrite.All", null, null]}
	judged("Mail.Read", {}) == {["Mail.Read", null, "also"]}
	judged("Group.Read.All", {"minimumLevel": 3}) == {["Group.Read.All", 3, null]}
}

test_fails_for_other_apis if {
	grant := object.union(for_all("user_impersonation"), {"resourceAppId": azure})
	[result] := [result | some result in found(grant, {})]
	result.args.permission == "user_impersonation"
	result.args.api == "Azure Resource Manager"
	result.args.reach == requests.other_scopes[azure].user_impersonation.reach
}

test_passes_for_single_users if {
	grant := for_all("Directory.ReadWrite.All")
	found(object.union(grant, {"consentType": "Principal", "principalId": "u"}), {}) == set()
	found(object.union(grant, {"consentType": null}), {}) == set()
	found(object.remove(grant, ["consentType"]), {}) == set()
}

test_passes_for_narrow_permissions if {
	judged("openid User.Read Files.Read", {}) == set()
	judged("Nobody.Knows", {}) == set()
	judged("Mail.Read", {"also": []}) == set()
}

test_passes_for_allowed_permissions if {
	judged("Directory.ReadWrite.All Mail.Send", {"allow": ["Directory.*", "delegated/Mail.Send"]}) == set()
}

test_passes_for_applications_and_wrong_types if {
	found({"scope": null, "consentType": "AllPrincipals"}, {}) == set()
	found(null, {}) == set()
	resource := testing.in_tenant("agentIdentity", {"properties": {"appRoleAssignments": [{
		"appRoleId": "9492366f-7969-46a4-8d15-ed1a20078fff",
		"resourceAppId": graph_app,
	}]}})
	consent_all_users.findings == set() with input as resource
		with data.agentid.options as testing.options(
			"permissions/consent-all-users",
			{"minimumLevel": 4, "also": [], "allow": []},
		)
}
