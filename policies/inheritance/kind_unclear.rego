# METADATA
# title: Inheritance kind is unknown, retired or not set
# description: |
#   `kind` decides whether agents inherit all permissions on an API, a list of them, or none, and `@odata.type` says
#   the same a second time. When neither says it, or the two disagree, a reviewer and the platform may read the entry
#   differently. Microsoft's pages disagree about `enumerated`: newer tools no longer write it and may turn it into
#   `allAllowed` silently. It is narrower than `allAllowed`, so it is reported only when the option `enumeratedRetired`
#   is on. Never widen it.
# related_resources:
#   - ref: https://learn.microsoft.com/graph/api/resources/inheritablepermission
#     description: inheritablePermission resource type
#   - ref: https://learn.microsoft.com/entra/agent-id/concept-inheritable-permissions
#     description: Inheritable permissions
# custom:
#   severity: medium
#   wave: 1
#   applies_to: [blueprint]
#   requires: [inheritablePermissions]
#   sources: [manifest, tenant]
#   message: >-
#     {property} for {resource}[ has no {missing}, so it does not say what agents inherit][ has the {where}
#     {meaningless}, which does not say what agents inherit][ has the kind {contradicted}, but its @odata.type says
#     {type}][ has the kind {retired}, which newer Microsoft tools turn into allAllowed]
#   remediation: >-
#     Set `kind` to `none`, or to `enumerated` with the scopes that every agent needs, and let `@odata.type` say the
#     same or leave it out. Where you do not rely on `enumerated`, set `none` and grant the scopes to the agents that
#     need them.
#   controls:
#     owasp-nhi: [NHI5]
#     nist-800-53: [CM-6]
#   options:
#     enumeratedRetired:
#       type: boolean
#       description: Whether the kind `enumerated` is reported because newer tools widen it.
#       default: false
#   since: 0.1.0
#   aliases: []
package agentid.inheritance.kind_unclear

import data.agentid.lib.apis
import data.agentid.lib.finding
import data.agentid.lib.inheritance
import data.agentid.lib.options
import data.agentid.lib.text

# Nothing says it.
findings contains finding.at(path, args_of(collection, {"missing": "kind"})) if {
	some collection in inheritance.collections
	text.is_blank(collection.said_kind)
	text.is_blank(collection.said_type)
	path := array.concat(collection.path, ["kind"])
}

# An entry for an API with neither scopes nor roles.
findings contains finding.at(path, args_of(collection, {"missing": "inheritableScopes"})) if {
	some entry in inheritance.empty_entries
	collection := {"property": "inheritablePermissions", "resource": entry.resource}
	path := array.concat(entry.path, ["inheritableScopes"])
}

findings contains finding.at(path, args_of(collection, told)) if {
	some collection in inheritance.collections
	is_word(collection.said_kind)
	collection.kind == ""
	path := array.concat(collection.path, ["kind"])
	told := {"where": "kind", "meaningless": collection.said_kind}
}

findings contains finding.at(path, args_of(collection, told)) if {
	some collection in inheritance.collections
	text.is_blank(collection.said_kind)
	is_word(collection.said_type)
	collection.type == ""
	path := array.concat(collection.path, ["@odata.type"])
	told := {"where": "@odata.type", "meaningless": collection.said_type}
}

findings contains finding.at(path, args_of(collection, told)) if {
	some collection in inheritance.collections
	collection.kind != ""
	not collection.type in {"", collection.kind}
	path := array.concat(collection.path, ["kind"])
	told := {"contradicted": collection.said_kind, "type": collection.type}
}

findings contains finding.at(path, args_of(collection, {"retired": "enumerated"})) if {
	options.of("inheritance/kind-unclear").enumeratedRetired
	some collection in inheritance.collections
	inheritance.says(collection, "enumerated")
	{collection.kind, collection.type} - {""} == {"enumerated"}
	path := array.concat(collection.path, [inheritance.saying_property(collection.kind, "enumerated")])
}

default is_word(_) := false

is_word(value) if {
	is_string(value)
	not text.is_blank(value)
	not text.is_reference(value)
}

# Each finding has one of these; the message leaves out the others.
args_of(collection, told) := object.union(
	{
		"property": collection.property,
		"resource": apis.name_of(collection.resource),
		"missing": null,
		"where": null,
		"meaningless": null,
		"contradicted": null,
		"type": null,
		"retired": null,
	},
	told,
)
