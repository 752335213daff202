package agentid.permissions.role_assignable_group_test

import data.agentid.lib.testing
import data.agentid.permissions.role_assignable_group

judged(groups, changes) := result if {
	resource := testing.in_tenant("agentIdentity", {"properties": {"transitiveMemberOf": groups}})
	values := object.union({"sensitiveGroups": [], "allow": []}, changes)
	result := role_assignable_group.findings with input as resource
		with data.agentid.options as testing.options("permissions/role-assignable-group", values)
}

found(quality, group, list) := {{
	"path": ["transitiveMemberOf", 0],
	"args": {"name": "test", "quality": quality, "group": group, "list": list},
}}

tier_0 := {"id": "g1", "displayName": "Tier 0", "isAssignableToRole": true}

plain := {"id": "g2", "displayName": "Vault readers", "isAssignableToRole": null}

test_fails_in_a_role_assignable_group if {
	judged([tier_0], {}) == found("role-assignable", "Tier 0", null)
	judged([{"id": "g1", "isAssignableToRole": true}], {}) == found("role-assignable", "g1", null)
	judged([{"displayName": null, "isAssignableToRole": true}], {}) == found("role-assignable", "", null)
}

test_fails_in_a_sensitive_group if {
	judged([plain], {"sensitiveGroups": ["vault readers"]}) == found("sensitive", "Vault readers", "sensitiveGroups")
	judged([plain], {"sensitiveGroups": ["g2"]}) == found("sensitive", "Vault readers", "sensitiveGroups")
}

test_passes_in_other_groups if {
	judged([plain], {}) == set()
	judged([plain], {"sensitiveGroups": ["g3"]}) == set()
	judged([], {}) == set()
}

test_passes_in_allowed_groups if {
	judged([tier_0], {"allow": ["Tier*"]}) == set()
	judged([plain], {"sensitiveGroups": ["g2"], "allow": ["g2"]}) == set()
}

test_passes_for_wrong_types if {
	every value in [null, 1, "x", {}, [null], ["x"], [{}], [{"isAssignableToRole": "true"}]] {
		judged(value, {"sensitiveGroups": ["x"]}) == set()
	}
}
