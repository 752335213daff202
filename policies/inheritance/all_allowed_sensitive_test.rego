package agentid.inheritance.all_allowed_sensitive_test

import data.agentid.inheritance.all_allowed_sensitive
import data.agentid.lib.permissions
import data.agentid.lib.testing

agent_tools := "ea9ffc3e-8a23-4a7d-836d-234d7c7565c1"

own_api := "8f8f5b4b-9b0d-5a0b-8a3c-30c6a0a4c3f1"

settings := {"sensitiveResources": [], "accepted": []}

found(properties, changes) := result if {
	result := all_allowed_sensitive.findings with input as testing.blueprint({"properties": properties})
		with data.agentid.options as testing.options("inheritance/all-allowed-sensitive", object.union(settings, changes))
}

entry(resource, collections) := {"inheritablePermissions": [object.union({"resourceAppId": resource}, collections)]}

on_graph(collections) := entry(permissions.graph_app_id, collections)

# Places of the findings, with the kind of permission.
judged(properties, changes) := {[result.args.kind, result.path] | some result in found(properties, changes)}

scopes_kind := ["inheritablePermissions", 0, "inheritableScopes", "kind"]

roles_kind := ["inheritablePermissions", 0, "inheritableRoles", "kind"]

test_fails_on_graph_and_tells_all_about_it if {
	found(on_graph({"inheritableScopes": {"kind": "allAllowed"}}), {}) == {{
		"path": scopes_kind,
		"args": {
			"kind": "delegated",
			"resource": "Microsoft Graph",
			"resourceAppId": permissions.graph_app_id,
			"declared": null,
		},
	}}
}

test_scopes_and_roles_are_a_finding_each if {
	collections := {"inheritableScopes": {"kind": "allAllowed"}, "inheritableRoles": {"kind": "allAllowed"}}
	judged(on_graph(collections), {}) == {["delegated", scopes_kind], ["application", roles_kind]}
}

test_the_type_says_the_same_as_kind if {
	judged(on_graph({"inheritableScopes": {"@odata.type": "#microsoft.graph.allAllowedScopes"}}), {}) == {[
		"delegated",
		["inheritablePermissions", 0, "inheritableScopes", "@odata.type"],
	]}
	roles := {"@odata.type": "#microsoft.graph.allAllowedRoles", "kind": "allAllowed"}
	judged(on_graph({"inheritableRoles": roles}), {}) == {["application", roles_kind]}
}

test_the_wider_of_two_readings_counts if {
	collection := {"@odata.type": "#microsoft.graph.allAllowedScopes", "kind": "none"}
	judged(on_graph({"inheritableScopes": collection}), {}) == {[
		"delegated",
		["inheritablePermissions", 0, "inheritableScopes", "@odata.type"],
	]}
}

test_tells_how_many_the_file_declares if {
	properties := object.union(on_graph({"inheritableScopes": {"kind": "allAllowed"}}), {"requiredResourceAccess": [
		{"resourceAppId": permissions.graph_app_id, "resourceAccess": [
			{"id": "a", "type": "Scope"},
			{"id": "b", "type": "Scope"},
			{"id": "c", "type": "Role"},
		]},
		{"resourceAppId": agent_tools, "resourceAccess": [{"id": "d", "type": "Scope"}]},
	]})
	[result.args.declared | some result in found(properties, {})] == [2]
}

test_none_declared_on_this_resource_is_told if {
	properties := object.union(on_graph({"inheritableScopes": {"kind": "allAllowed"}}), {"requiredResourceAccess": [{
		"resourceAppId": agent_tools,
		"resourceAccess": [{"id": "d", "type": "Scope"}],
	}]})
	[result.args.declared | some result in found(properties, {})] == [0]
}

test_more_sensitive_resources_are_an_option if {
	properties := entry(own_api, {"inheritableScopes": {"kind": "allAllowed"}})
	judged(properties, {}) == set()
	[result.args.resource | some result in found(properties, {"sensitiveResources": [upper(own_api)]})] == [own_api]
}

test_resources_of_the_agent_platform_pass if {
	judged(entry(agent_tools, {"inheritableScopes": {"kind": "allAllowed"}}), {}) == set()
}

test_narrower_kinds_pass if {
	every collection in [
		{"kind": "none"},
		{"kind": "enumerated", "scopes": ["User.Read"]},
		{"@odata.type": "#microsoft.graph.noScopes"},
		{"@odata.type": "#microsoft.graph.enumeratedScopes", "kind": "enumerated", "scopes": ["User.Read"]},
	] {
		judged(on_graph({"inheritableScopes": collection, "inheritableRoles": collection}), {}) == set()
	}
}

test_passes_when_accepted if {
	collections := {"inheritableScopes": {"kind": "allAllowed"}, "inheritableRoles": {"kind": "allAllowed"}}
	every accepted in [permissions.graph_app_id, "Microsoft Graph"] {
		judged(on_graph(collections), {"accepted": [accepted]}) == set()
	}
	every accepted in [concat("/", ["delegated", permissions.graph_app_id]), "delegated/microsoft graph"] {
		judged(on_graph(collections), {"accepted": [accepted]}) == {["application", roles_kind]}
	}
	count(judged(on_graph(collections), {"accepted": [agent_tools]})) == 2
}

test_passes_with_absent_empty_and_wrong_values if {
	judged({}, {}) == set()
	every value in [null, "", "allAllowed", 7, [], {}, [{"kind": "allAllowed"}]] {
		judged({"inheritablePermissions": value}, {}) == set()
		judged({"inheritablePermissions": [value]}, {}) == set()
		judged(on_graph({"inheritableScopes": value}), {}) == set()
		judged(entry(value, {"inheritableScopes": {"kind": "allAllowed"}}), {}) == set()
	}
	every value in [null, "", 7, [], {}, "all", "allAllowedScopes"] {
		judged(on_graph({"inheritableScopes": {"kind": value}}), {}) == set()
	}
}
