package agentid.inheritance.limits_test

import data.agentid.inheritance.limits
import data.agentid.lib.permissions
import data.agentid.lib.testing

app(n) := concat("", ["8f8f5b4b-9b0d-5a0b-8a3c-30c6a0a4c3", format_int(n + 10, 10)])

entries(total) := [{"resourceAppId": app(n), "inheritableScopes": {"kind": "none"}} | some n in numbers.range(1, total)]

found(value) := result if {
	result := limits.findings with input as testing.inheriting(value)
}

# Place and the arguments that are told.
told(value) := {[result.path, without_nulls] |
	some result in found(value)
	without_nulls := {name: content | some name, content in result.args; content != null}
}

enumerating(scopes) := [{
	"resourceAppId": permissions.graph_app_id,
	"inheritableScopes": {"kind": "enumerated", "scopes": scopes},
}]

scopes_path := ["inheritablePermissions", 0, "inheritableScopes", "scopes"]

many(total) := [concat("", ["Scope", format_int(n, 10), ".Read"]) | some n in numbers.range(1, total)]

test_fails_on_the_eleventh_and_has_every_argument if {
	found(entries(11)) == {{"path": ["inheritablePermissions", 10], "args": {
		"resources": 11,
		"limit": 10,
		"duplicate": null,
		"notAnId": null,
		"scopes": null,
		"scopeLimit": null,
		"resource": null,
		"empty": null,
	}}}
}

test_ten_pass if {
	told(entries(10)) == set()
	told(entries(1)) == set()
}

test_one_finding_however_many_are_too_many if {
	told(entries(14)) == {[["inheritablePermissions", 10], {"resources": 14, "limit": 10}]}
}

test_fails_on_a_second_entry_for_an_api if {
	entry := {"resourceAppId": permissions.graph_app_id, "inheritableScopes": {"kind": "none"}}
	some result in found([entry, entries(1)[0], entry])
	result.path == ["inheritablePermissions", 2, "resourceAppId"]
	result.args.duplicate == "Microsoft Graph"
	result.related == [{"message": "the first entry", "path": ["inheritablePermissions", 0, "resourceAppId"]}]
}

test_every_later_entry_points_at_the_first if {
	entry := entries(1)[0]
	results := found([entry, entry, entry])
	[result.path[1] | some result in results] == [1, 2]
	{result.related[0].path[1] | some result in results} == {0}
}

test_fails_on_what_is_not_an_application_id if {
	every said in ["Microsoft Graph", "00000003-0000-0000-c000", "{00000003-0000-0000-c000-000000000000}"] {
		told([{"resourceAppId": said, "inheritableScopes": {"kind": "none"}}]) == {[
			["inheritablePermissions", 0, "resourceAppId"],
			{"notAnId": said},
		]}
	}
}

test_fails_on_the_forty_first_scope if {
	told(enumerating(many(41))) == {[
		array.concat(scopes_path, [40]),
		{"scopes": 41, "scopeLimit": 40, "resource": "Microsoft Graph"},
	]}
}

test_an_entry_without_an_api_is_named_somehow if {
	told([{"inheritableScopes": {"kind": "enumerated", "scopes": many(41)}}]) == {[
		array.concat(scopes_path, [40]),
		{"scopes": 41, "scopeLimit": 40, "resource": "an API without an id"},
	]}
}

test_forty_scopes_pass if {
	told(enumerating(many(40))) == set()
}

test_a_left_over_list_is_not_counted if {
	told([{"resourceAppId": app(1), "inheritableScopes": {"kind": "none", "scopes": many(41)}}]) == set()
}

test_fails_on_an_empty_list if {
	told(enumerating([])) == {[scopes_path, {"empty": "Microsoft Graph"}]}
	told(enumerating(null)) == {[scopes_path, {"empty": "Microsoft Graph"}]}
	told([{
		"resourceAppId": permissions.graph_app_id,
		"inheritableScopes": {"@odata.type": "#microsoft.graph.enumeratedScopes"},
	}]) == {[scopes_path, {"empty": "Microsoft Graph"}]}
}

test_other_kinds_need_no_list if {
	every kind in ["none", "allAllowed"] {
		told([{"resourceAppId": app(1), "inheritableScopes": {"kind": kind, "scopes": []}}]) == set()
	}
}

test_references_pass if {
	reference := {"resourceAppId": "${API_APP_ID}", "inheritableScopes": {"kind": "none"}}
	told([reference, reference]) == set()
	told([{"resourceAppId": "<app id>", "inheritableScopes": {"kind": "none"}}]) == set()
}

test_passes_with_absent_empty_and_wrong_values if {
	limits.findings == set() with input as testing.blueprint({})
	every value in [null, "", "allAllowed", 7, true, [], {}, [null], [7]] {
		told(value) == set()
		told([{"resourceAppId": app(1), "inheritableScopes": value}]) == set()
	}
	every value in [null, "", "  ", 7, true, [], {}] {
		told([{"resourceAppId": value, "inheritableScopes": {"kind": "none"}}]) == set()
	}
	every value in ["User.Read", 7, true, {}, {"User.Read": 1}] {
		told(enumerating(value)) == set()
	}
}
