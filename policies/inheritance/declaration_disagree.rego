# METADATA
# title: Declared, granted and inheritable permissions do not line up
# description: |
#   A permission reaches an agent by inheritance only when it is granted to the blueprint principal and its API is
#   inheritable, and reviewers and consent prompts see it only when it is declared. Where the three lists differ,
#   somebody is mistaken about what agents can do. Without the grants, which files do not have, this rule tells two
#   things: an API that is declared but has no entry in `inheritablePermissions` while others have one, and an API or
#   scope that is inheritable but not declared. An entry of the kind `none` is a decision and is not reported. Neither
#   is a blueprint that declares nothing or makes nothing inheritable, nor an API of the agent platform. That agents
#   inherit an undeclared scope once it is granted is documented; how application permissions are inherited is only
#   partly confirmed.
# related_resources:
#   - ref: https://learn.microsoft.com/entra/agent-id/concept-inheritable-permissions
#     description: Inheritable permissions
#   - ref: https://learn.microsoft.com/entra/agent-id/configure-inheritable-permissions-blueprints
#     description: Configure inheritable permissions for blueprints
# custom:
#   severity: low
#   wave: 2
#   applies_to: [blueprint]
#   requires: [inheritablePermissions]
#   sources: [manifest, tenant, drift]
#   message: >-
#     [agents inherit nothing of what is declared on {declaredOnly}, because inheritablePermissions has no entry for
#     it][permissions on {inheritableOnly} are inheritable, but requiredResourceAccess declares none, so only grants
#     outside the declaration reach agents][the scope {scope} of {resource} is inheritable but not declared, so only a
#     grant outside the declaration makes it reach agents]
#   remediation: >-
#     Keep in `inheritablePermissions` only what `requiredResourceAccess` declares. Where agents are not meant to
#     inherit what is declared on an API, say so with an entry of the kind `none`.
#   controls:
#     owasp-nhi: [NHI5]
#     owasp-asi: [ASI03]
#     nist-800-53: [CM-2, CM-6]
#   options:
#     accepted:
#       type: array
#       items: { type: string, minLength: 1 }
#       description: APIs, by application id or name, and scopes that are not reported.
#       default: [openid, profile, email, offline_access]
#   since: 0.1.0
#   aliases: []
package agentid.inheritance.declaration_disagree

import data.agentid.lib.apis
import data.agentid.lib.finding
import data.agentid.lib.inheritance
import data.agentid.lib.options
import data.agentid.lib.permissions
import data.agentid.lib.requests
import data.agentid.lib.text

findings contains finding.at(["requiredResourceAccess", i, "resourceAppId"], args_of({"declaredOnly": name})) if {
	all_named(inheritable_apis)
	some i, access in input.properties.requiredResourceAccess
	apis.is_app_id(access.resourceAppId)
	access.resourceAppId in declared_apis
	not access.resourceAppId in inheritable_apis
	not apis.is_retired(access.resourceAppId)
	name := apis.name_of(access.resourceAppId)
	not is_accepted([access.resourceAppId, name])
}

findings contains finding.at(["inheritablePermissions", i, "resourceAppId"], args_of({"inheritableOnly": name})) if {
	all_named(declared_apis)
	some i, app_id in passed_on
	apis.is_app_id(app_id)
	not app_id in declared_apis
	not apis.is_for_agents(app_id)
	name := apis.name_of(app_id)
	not is_accepted([app_id, name])
}

findings contains finding.at(array.concat(collection.path, ["scopes", n]), args) if {
	permissions.graph_app_id in declared_apis
	every_declaration_resolves
	some collection in inheritance.collections
	collection.resource == permissions.graph_app_id
	collection.grants == "delegated"
	inheritance.enumerates(collection)
	some n, scope in collection.scopes
	permissions.exists("delegated", scope)
	not scope in declared_scopes
	name := apis.name_of(collection.resource)
	not is_accepted([collection.resource, name, scope])
	args := args_of({"scope": scope, "resource": name})
}

# Entries without an API count too, so that what they may stand for is not reported.
inheritable_apis contains object.get(entry, "resourceAppId", null) if {
	some entry in input.properties.inheritablePermissions
}

declared_apis contains item.resource if some item in requests.declared

# Entry in inheritablePermissions to the API of which it passes anything on.
passed_on[collection.entry] := collection.resource if {
	some collection in inheritance.collections
	inheritance.passes_on_anything(collection)
}

declared_scopes contains permissions.name_of("delegated", item.id) if {
	some item in requests.declared
	item.resource == permissions.graph_app_id
	item.kind == "delegated"
}

default every_declaration_resolves := false

every_declaration_resolves if {
	every item in requests.declared {
		is_resolved(item)
	}
}

is_resolved(item) if item.resource != permissions.graph_app_id

is_resolved(item) if permissions.is_id(item.kind, item.id)

# A list that is used, and in which no entry leaves open which API it is for.
default all_named(_) := false

all_named(app_ids) if {
	count(app_ids) > 0
	every app_id in app_ids {
		apis.is_app_id(app_id)
	}
}

default is_accepted(_) := false

is_accepted(names) if {
	some name in names
	text.matches_any(name, options.of("inheritance/declaration-disagree").accepted)
}

# Each finding has one of these; the message leaves out the others.
args_of(told) := object.union(
	{"declaredOnly": null, "inheritableOnly": null, "scope": null, "resource": null},
	told,
)
