package agentid.lib.inheritance_test

import data.agentid.lib.inheritance
import data.agentid.lib.testing

# What `kind` and `@odata.type` of a collection are taken to mean.
meaning(collection) := [found.kind, found.type] if {
	[found] = inheritance.collections with input as testing.inheriting([{"inheritableScopes": collection}])
}

test_kind_and_type_mean_the_same_without_case if {
	meaning({"kind": "allAllowed"}) == ["allAllowed", ""]
	meaning({"kind": "ENUMERATED"}) == ["enumerated", ""]
	meaning({"@odata.type": "#microsoft.graph.noScopes"}) == ["", "none"]
	meaning({"@odata.type": "microsoft.graph.EnumeratedScopes", "kind": "enumerated"}) == ["enumerated", "enumerated"]
	meaning({"@odata.type": "#microsoft.graph.allAllowedRoles", "kind": "none"}) == ["none", "allAllowed"]
}

test_other_words_mean_nothing if {
	every value in [null, "", "allAllowedScopes", "scopeKindNotSet", "unknownFutureValue", 1, true, [], {}] {
		meaning({"kind": value}) == ["", ""]
	}
	every value in [null, "", "#microsoft.graph.inheritableScopes", "allAllowed", 1, true, [], {}] {
		meaning({"@odata.type": value}) == ["", ""]
	}
	meaning({}) == ["", ""]
}

test_scopes_and_roles_are_collections_of_their_own if {
	collections := inheritance.collections with input as testing.inheriting([
		{"resourceAppId": "a", "inheritableScopes": {}},
		{"resourceAppId": 7, "inheritableScopes": null, "inheritableRoles": {}},
		"nonsense",
		null,
	])
	[[collection.path, collection.grants, collection.resource] | some collection in collections] == [
		[["inheritablePermissions", 0, "inheritableScopes"], "delegated", "a"],
		[["inheritablePermissions", 1, "inheritableRoles"], "application", null],
	]
}

test_there_are_none_in_properties_of_a_wrong_type if {
	every value in [null, 1, "x", {}, [], [[]], [{"inheritableScopes": "allAllowed"}]] {
		inheritance.collections == [] with input as testing.inheriting(value)
	}
}

test_empty_entries if {
	found := inheritance.empty_entries with input as testing.inheriting([
		{"resourceAppId": "a"},
		{"resourceAppId": "b", "inheritableScopes": {}},
		{"inheritableScopes": null, "inheritableRoles": null},
		"nonsense",
	])
	found == [
		{"path": ["inheritablePermissions", 0], "resource": "a"},
		{"path": ["inheritablePermissions", 2], "resource": null},
	]
}

passes_on(collection, name) if {
	[found] = inheritance.collections with input as testing.inheriting([{"inheritableScopes": collection}])
	inheritance.passes_on(found, name)
	inheritance.passes_on_anything(found)
}

test_what_is_passed_on if {
	passes_on({"kind": "allAllowed"}, "Mail.Read")
	passes_on({"@odata.type": "#microsoft.graph.allAllowedScopes"}, "Mail.Read")
	passes_on({"kind": "enumerated", "scopes": ["Mail.Read"]}, "Mail.Read")
	passes_on({"scopes": ["Mail.Read"]}, "Mail.Read")
}

test_what_is_not_passed_on if {
	not passes_on({"kind": "none"}, "Mail.Read")
	not passes_on({"kind": "none", "scopes": ["Mail.Read"]}, "Mail.Read")
	not passes_on({"kind": "enumerated", "scopes": ["User.Read"]}, "Mail.Read")
	not passes_on({"kind": "enumerated", "scopes": "Mail.Read"}, "Mail.Read")
	not passes_on({"kind": "enumerated"}, "Mail.Read")
	not passes_on({}, "Mail.Read")
}
