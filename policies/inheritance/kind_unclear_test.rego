package agentid.inheritance.kind_unclear_test

import data.agentid.inheritance.kind_unclear
import data.agentid.lib.permissions
import data.agentid.lib.testing

found(entries, retired) := result if {
	result := kind_unclear.findings with input as testing.inheriting(entries)
		with data.agentid.options as testing.options("inheritance/kind-unclear", {"enumeratedRetired": retired})
}

# Place and the arguments that are told.
told(entries, retired) := {[result.path, without_nulls] |
	some result in found(entries, retired)
	without_nulls := {name: value | some name, value in result.args; value != null}
}

of_scopes(collection) := told([{"resourceAppId": permissions.graph_app_id, "inheritableScopes": collection}], false)

at(property) := ["inheritablePermissions", 0, "inheritableScopes", property]

about(words) := object.union({"property": "inheritableScopes", "resource": "Microsoft Graph"}, words)

test_fails_without_a_kind_and_has_every_argument if {
	found([{"resourceAppId": permissions.graph_app_id, "inheritableScopes": {}}], false) == {{
		"path": at("kind"),
		"args": {
			"property": "inheritableScopes",
			"resource": "Microsoft Graph",
			"missing": "kind",
			"where": null,
			"meaningless": null,
			"contradicted": null,
			"type": null,
			"retired": null,
		},
	}}
}

test_fails_on_an_empty_kind if {
	every kind in [null, "", "  "] {
		of_scopes({"kind": kind}) == {[at("kind"), about({"missing": "kind"})]}
	}
}

test_fails_on_kinds_that_say_nothing if {
	every kind in ["scopeKindNotSet", "unknownFutureValue", "allAllowedScopes", "all"] {
		of_scopes({"kind": kind}) == {[at("kind"), about({"where": "kind", "meaningless": kind})]}
	}
}

test_fails_on_a_type_that_says_nothing_alone if {
	type := "#microsoft.graph.inheritableScopes"
	of_scopes({"@odata.type": type}) == {[at("@odata.type"), about({"where": "@odata.type", "meaningless": type})]}
}

test_fails_on_a_contradiction if {
	of_scopes({"@odata.type": "#microsoft.graph.allAllowedScopes", "kind": "none"}) == {[
		at("kind"),
		about({"contradicted": "none", "type": "allAllowed"}),
	]}
}

test_roles_are_judged_as_well if {
	collections := {"inheritableScopes": {"kind": "none"}, "inheritableRoles": {"kind": "some"}}
	told([object.union({"resourceAppId": "x"}, collections)], false) == {[
		["inheritablePermissions", 0, "inheritableRoles", "kind"],
		{"property": "inheritableRoles", "resource": "x", "where": "kind", "meaningless": "some"},
	]}
}

test_fails_on_an_entry_with_nothing_in_it if {
	told([{"resourceAppId": permissions.graph_app_id}], false) == {[
		["inheritablePermissions", 0, "inheritableScopes"],
		{"property": "inheritablePermissions", "resource": "Microsoft Graph", "missing": "inheritableScopes"},
	]}
}

test_enumerated_is_reported_on_request_only if {
	entries := [{
		"resourceAppId": permissions.graph_app_id,
		"inheritableScopes": {"kind": "enumerated", "scopes": ["User.Read"]},
	}]
	told(entries, false) == set()
	told(entries, true) == {[at("kind"), about({"retired": "enumerated"})]}
	told([{"resourceAppId": "x", "inheritableScopes": {"kind": "none"}}], true) == set()
	told([{"resourceAppId": "x", "inheritableScopes": {"kind": "allAllowed"}}], true) == set()
}

test_clear_kinds_pass if {
	every collection in [
		{"kind": "none"},
		{"kind": "allAllowed"},
		{"kind": "enumerated", "scopes": ["User.Read"]},
		{"@odata.type": "#microsoft.graph.noScopes"},
		{"@odata.type": "#microsoft.graph.allAllowedScopes", "kind": "allAllowed"},
		{"@odata.type": "#microsoft.graph.inheritableScopes", "kind": "none"},
	] {
		of_scopes(collection) == set()
	}
}

test_references_pass if {
	of_scopes({"kind": "${INHERITANCE}"}) == set()
	of_scopes({"@odata.type": "${INHERITANCE}"}) == set()
}

test_roles_need_not_be_there if {
	told([{"resourceAppId": "x", "inheritableScopes": {"kind": "none"}}], false) == set()
	told([{"resourceAppId": "x", "inheritableRoles": {"kind": "none"}}], false) == set()
}

test_passes_with_absent_empty_and_wrong_values if {
	kind_unclear.findings == set() with input as testing.blueprint({})
		with data.agentid.options as testing.options("inheritance/kind-unclear", {"enumeratedRetired": true})
	every value in ["allAllowed", 7, true, []] {
		told(value, true) == set()
		told([value], true) == set()
		of_scopes(value) == set()
	}
	every value in [7, true, [], {}] {
		of_scopes({"kind": value}) == set()
		of_scopes({"@odata.type": value}) == set()
	}
}
