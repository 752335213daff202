# METADATA
# title: All permissions of a sensitive API are inheritable
# description: |
#   `allAllowed` is a promise about the future: whatever is granted to the blueprint principal on that API, today or in
#   a year, every agent of the blueprint has at once, and neither the portal nor Graph v1.0 shows it on the agent. On
#   Microsoft Graph, Exchange, SharePoint, Azure or another API with sensitive data, that undoes least privilege for
#   all agents. Newer Microsoft tools write only `allAllowed` and `none`, so a tool may have left this behind. Name
#   APIs that were reviewed in the option `accepted`. What is granted today
#   is not looked at here: `inheritance/high-privilege-granted` does that in a tenant.
# related_resources:
#   - ref: https://learn.microsoft.com/entra/agent-id/concept-inheritable-permissions
#     description: Inheritable permissions
#   - ref: https://learn.microsoft.com/entra/agent-id/configure-inheritable-permissions-blueprints
#     description: Configure inheritable permissions for blueprints
# custom:
#   severity: high
#   wave: 1
#   applies_to: [blueprint]
#   requires: [inheritablePermissions]
#   sources: [manifest, repository, tenant]
#   message: >-
#     every {kind} permission that is ever granted to the blueprint principal on {resource} reaches all its agents[;
#     {declared} of them are declared now]
#   remediation: >-
#     Set `inheritableScopes` to `enumerated` with the scopes that every agent needs, or to `none`, and
#     `inheritableRoles` to `none`. Grant what only some agents need to those agents. Add an API that was reviewed to
#     the option `accepted`.
#   controls:
#     owasp-nhi: [NHI5, NHI9]
#     owasp-asi: [ASI03, ASI08]
#     nist-800-53: [AC-6, CM-5]
#   options:
#     sensitiveResources:
#       type: array
#       items: { type: string, minLength: 1 }
#       description: Application ids of more APIs that are sensitive, such as your own.
#       default: []
#     accepted:
#       type: array
#       items: { type: string, minLength: 1 }
#       description: >-
#         APIs that are not reported, by application id or name. Put `application/` or `delegated/` in front for one
#         kind of permission only.
#       default: []
#   since: 0.1.0
#   aliases: []
package agentid.inheritance.all_allowed_sensitive

import data.agentid.lib.apis
import data.agentid.lib.finding
import data.agentid.lib.inheritance
import data.agentid.lib.options
import data.agentid.lib.permissions
import data.agentid.lib.requests
import data.agentid.lib.text

findings contains finding.at(path, args) if {
	settings := options.of("inheritance/all-allowed-sensitive")
	some collection in inheritance.collections
	inheritance.says(collection, "allAllowed")
	is_sensitive(collection.resource, settings.sensitiveResources)
	resource := apis.name_of(collection.resource)
	not is_accepted(collection.grants, [collection.resource, resource], settings.accepted)
	path := array.concat(collection.path, [inheritance.saying_property(collection.kind, "allAllowed")])
	args := {
		"kind": collection.grants,
		"resource": resource,
		"resourceAppId": collection.resource,
		"declared": declared_now(collection),
	}
}

is_sensitive(app_id, _) if apis.is_sensitive(app_id)

is_sensitive(app_id, more) if text.matches_any(app_id, more)

default is_accepted(_, _, _) := false

is_accepted(kind, names, accepted) if {
	some name in names
	permissions.is_listed({"kind": kind, "name": name}, accepted)
}

# How many permissions that are granted as declared would be inherited. Null where nothing is declared anywhere: then
# the declaration is kept elsewhere, as the Agent 365 CLI does.
declared_now(collection) := null if {
	count(requests.declared) == 0
} else := count([item |
	some item in requests.declared
	item.resource == collection.resource
	item.kind == collection.grants
])
