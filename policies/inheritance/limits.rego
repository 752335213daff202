# METADATA
# title: Inheritance entries above platform limits or duplicated
# description: |
#   Microsoft Graph accepts a limited number of inheritable APIs per blueprint and of scopes per API, one entry per
#   API, and only application ids as keys. It answers anything else with 400 or 409, so the file cannot be applied as
#   it stands. An enumerated list without a scope is refused as well; `none` says the same. The limits are documented
#   values, kept in a table. References that a pipeline fills in are not judged.
# related_resources:
#   - ref: https://learn.microsoft.com/entra/agent-id/configure-inheritable-permissions-blueprints
#     description: Configure inheritable permissions for blueprints
#   - ref: https://learn.microsoft.com/graph/api/resources/enumeratedscopes
#     description: enumeratedScopes resource type
# custom:
#   severity: high
#   wave: 1
#   applies_to: [blueprint]
#   requires: [inheritablePermissions]
#   sources: [manifest]
#   message: >-
#     inheritablePermissions[ has {resources} entries, the limit is {limit}][ has a second entry for {duplicate}][
#     names an API by {notAnId}, which is not an application id][ lists {scopes} scopes for {resource}, the limit is
#     {scopeLimit}][ enumerates no scope for {empty}]
#   remediation: >-
#     Keep one entry per API, with its application id as `resourceAppId` and only the scopes that every agent needs,
#     and stay within the limits. Use the kind `none` instead of an empty list.
#   controls:
#     nist-800-53: [CM-6]
#   options: {}
#   since: 0.1.0
#   aliases: []
package agentid.inheritance.limits

import data.agentid.lib.apis
import data.agentid.lib.finding
import data.agentid.lib.inheritance
import data.agentid.lib.limits
import data.agentid.lib.text

findings contains finding.at(["inheritablePermissions", limit], args_of({"resources": total, "limit": limit})) if {
	limit := limits.of("inheritable_resources")
	total := count(input.properties.inheritablePermissions)
	total > limit
}

findings contains finding.at_with_related(path, args_of({"duplicate": name}), [first]) if {
	some n, [app_id, i] in keyed
	keyed[n - 1][0] == app_id
	path := ["inheritablePermissions", i, "resourceAppId"]
	name := apis.name_of(app_id)
	first := {"message": "the first entry", "path": ["inheritablePermissions", first_entry[app_id], "resourceAppId"]}
}

findings contains finding.at(["inheritablePermissions", i, "resourceAppId"], args_of({"notAnId": app_id})) if {
	some [app_id, i] in keyed
	not apis.is_app_id(app_id)
	not text.is_blank(app_id)
}

findings contains finding.at(array.concat(collection.path, ["scopes", limit]), args) if {
	limit := limits.of("inheritable_scopes")
	some collection in inheritance.collections
	inheritance.enumerates(collection)
	total := count(collection.scopes)
	total > limit
	resource := apis.name_of(collection.resource)
	args := args_of({"scopes": total, "scopeLimit": limit, "resource": resource})
}

findings contains finding.at(array.concat(collection.path, ["scopes"]), args_of({"empty": resource})) if {
	some collection in inheritance.collections
	collection.property == "inheritableScopes"
	inheritance.says(collection, "enumerated")
	collection.scopes in {null, []}
	resource := apis.name_of(collection.resource)
}

# Pairs of application id and place, in order of the ids, so that entries for one API stand together.
keyed := sort([[entry.resourceAppId, i] |
	some i, entry in input.properties.inheritablePermissions
	is_key(entry.resourceAppId)
])

default is_key(_) := false

is_key(value) if {
	apis.is_app_id(value)
} else if {
	is_string(value)
	not text.is_placeholder(value)
}

first_entry[app_id] := i if {
	some n, [app_id, i] in keyed
	not stands_before(n, app_id)
}

default stands_before(_, _) := false

stands_before(n, app_id) if keyed[n - 1][0] == app_id

# Each finding has one of these; the message leaves out the others.
args_of(told) := object.union(
	{
		"resources": null,
		"limit": null,
		"duplicate": null,
		"notAnId": null,
		"scopes": null,
		"scopeLimit": null,
		"resource": null,
		"empty": null,
	},
	told,
)
