# METADATA
# title: Requested permission id does not exist on the resource
# description: |
#   A permission is declared by the id that it has in its kind: delegated (`Scope`) and application (`Role`)
#   permissions of the same name have different ids. An id that the API does not have for that kind is a typing
#   mistake, a retired permission or an id of the other kind. Consent will not contain what the author expects, and
#   neither reviewers nor the other rules can judge it. Ids and names are checked only for Microsoft Graph, against a
#   table whose date the message gives: a permission that is newer than the table is reported by mistake. Permissions
#   on Azure AD Graph, which is retired, are always reported. References that a pipeline fills in are not judged.
# related_resources:
#   - ref: https://learn.microsoft.com/graph/permissions-reference
#     description: Microsoft Graph permissions reference
#   - ref: https://learn.microsoft.com/graph/api/resources/resourceaccess
#     description: resourceAccess resource type
#   - ref: https://learn.microsoft.com/graph/migrate-azure-ad-graph-overview
#     description: Migrate from Azure AD Graph to Microsoft Graph
# custom:
#   severity: medium
#   wave: 1
#   applies_to: [blueprint, agent365Config]
#   requires: []
#   sources: [manifest, repository]
#   message: >-
#     [no {kind} permission of Microsoft Graph has the id {unknownId} (data of {date})][the id {otherKindId} is the
#     {otherKind} permission {permission} of Microsoft Graph, but is declared with the type for {kind} permissions][no
#     {kind} permission of Microsoft Graph is called {unknownName} (data of {date})][the permission {otherKindName} of
#     Microsoft Graph exists only as {otherKind}, not as {kind} (data of {date})][a permission is declared by its id,
#     and {notAnId} is not an id][type {wrongType} is neither Scope (delegated) nor Role (application)][the permission
#     {untyped} has no type, neither Scope (delegated) nor Role (application)][permissions are requested on {retired},
#     which no longer answers requests]
#   remediation: >-
#     Use the id or name that the permission reference gives for the kind that you mean: delegated (`Scope`) wherever
#     the agent acts for a user, else application (`Role`). Remove permissions on a retired API.
#   controls:
#     owasp-nhi: [NHI5]
#     nist-800-53: [CM-6]
#   options:
#     allow:
#       type: array
#       items: { type: string, minLength: 1 }
#       description: Ids and names that are not reported, for example of permissions newer than the table.
#       default: []
#   since: 0.1.0
#   aliases: []
package agentid.permissions.unknown_id

import data.agentid.lib.apis
import data.agentid.lib.finding
import data.agentid.lib.options
import data.agentid.lib.permissions
import data.agentid.lib.requests
import data.agentid.lib.text

findings contains finding.at(entry.path, args_of({"unknownId": entry.id, "kind": entry.kind})) if {
	some entry in unresolved
	text.is_guid(entry.id)
	not permissions.is_id(permissions.other_kind(entry.kind), entry.id)
}

findings contains finding.at(entry.path, args) if {
	some entry in unresolved
	other := permissions.other_kind(entry.kind)
	args := args_of({
		"otherKindId": entry.id,
		"otherKind": other,
		"permission": permissions.name_of(other, entry.id),
		"kind": entry.kind,
	})
}

findings contains finding.at(entry.path, args_of({"notAnId": entry.id})) if {
	some entry in unresolved
	not text.is_guid(entry.id)
}

findings contains finding.at(item.path, args) if {
	some item in requests.named
	not permissions.exists(item.kind, item.name)
	is_judged(item.name)
	args := args_of(name_args(item.kind, item.name))
}

findings contains finding.at(entry.type_path, args_of({"wrongType": entry.type})) if {
	some entry in requests.declared
	entry.kind == "unknown"
	is_judged(entry.type)
}

findings contains finding.at(entry.type_path, args_of({"untyped": entry.id})) if {
	some entry in requests.declared
	entry.kind == "unknown"
	text.is_blank(entry.type)
	is_judged(entry.id)
}

findings contains finding.at(array.concat(entry.path, ["resourceAppId"]), args_of({"retired": name})) if {
	some entry in requests.entries
	apis.is_retired(entry.resource)
	name := apis.name_of(entry.resource)
}

# Declared on Microsoft Graph with an id that it does not have for that kind.
unresolved := [entry |
	some entry in requests.declared
	entry.resource == permissions.graph_app_id
	entry.kind != "unknown"
	not permissions.is_id(entry.kind, entry.id)
	is_judged(entry.id)
]

default is_judged(_) := false

is_judged(value) if {
	is_string(value)
	not text.is_blank(value)
	not text.is_placeholder(value)
	not text.matches_any(value, options.of("permissions/unknown-id").allow)
}

name_args(kind, name) := {"otherKindName": name, "otherKind": permissions.other_kind(kind), "kind": kind} if {
	permissions.exists(permissions.other_kind(kind), name)
} else := {"unknownName": name, "kind": kind}

# Each finding has one of these; the message leaves out the others.
args_of(told) := object.union(
	{
		"date": permissions.table.date,
		"kind": null,
		"notAnId": null,
		"otherKind": null,
		"otherKindId": null,
		"otherKindName": null,
		"permission": null,
		"retired": null,
		"unknownId": null,
		"unknownName": null,
		"untyped": null,
		"wrongType": null,
	},
	told,
)
