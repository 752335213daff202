# METADATA
# title: A high-privilege grant is inherited by every agent
# description: |
#   A permission that is granted to a blueprint principal reaches every agent of the blueprint when the blueprint makes
#   its API inheritable. Neither the portal nor Graph v1.0 shows it on the agents. A permission counts as high when
#   Microsoft blocks it for agents, when its privilege level is 4, or when its holder can take control of the tenant,
#   make agents, or reach all business content without a user. The rule compares the grants of the principal with
#   `inheritablePermissions` of its blueprint. Application permissions count only where `inheritableRoles` passes them
#   on: what `inheritableScopes` alone does to them is not documented. The blueprint of another tenant cannot be read,
#   so its principals are not judged.
# related_resources:
#   - ref: https://learn.microsoft.com/entra/agent-id/concept-inheritable-permissions
#     description: Inheritable permissions
#   - ref: https://learn.microsoft.com/entra/agent-id/configure-inheritable-permissions-blueprints
#     description: Configure inheritable permissions for blueprints
#   - ref: https://learn.microsoft.com/graph/api/resources/agentid-platform-overview
#     description: Microsoft Graph permissions that are blocked for agents
# custom:
#   severity: critical
#   wave: 1
#   applies_to: [blueprintPrincipal]
#   requires: [blueprints, inheritablePermissions, appRoleAssignments, oauth2PermissionGrants]
#   sources: [tenant]
#   message: >-
#     every agent of blueprint "{blueprint}"[ ({agents} now)] inherits the {kind} permission {permission}[ of {api}],
#     which reaches {reach}; {why}[. Narrower: {narrower}]
#   remediation: >-
#     Remove the grant from the blueprint principal, or set the API to `none` in `inheritablePermissions` of the
#     blueprint. Grant what single agents need to those agents, as narrow as the message says.
#   controls:
#     owasp-nhi: [NHI5, NHI9]
#     owasp-asi: [ASI03, ASI08]
#     nist-800-53: [AC-6]
#   options:
#     allow:
#       type: array
#       items: { type: string, minLength: 1 }
#       description: >-
#         Permissions that every agent may inherit, by name, exact or with a trailing `*`. Put `application/` or
#         `delegated/` in front for one kind only.
#       default: []
#   since: 0.1.0
#   aliases: []
package agentid.inheritance.high_privilege_granted

import data.agentid.lib.finding
import data.agentid.lib.inheritance
import data.agentid.lib.known
import data.agentid.lib.options
import data.agentid.lib.permissions
import data.agentid.lib.requests
import data.agentid.lib.values

findings contains finding.at_with_related(permission.path, args, related) if {
	some permission in high
	some collection in inheritable
	collection.grants == permission.kind
	collection.resource == permission.api
	inheritance.passes_on(collection, permission.name)
	args := object.union(permissions.args_of(permission, codes), {
		"blueprint": blueprint.name,
		"agents": object.get(input.properties, "agentIdentityCount", null),
	})
	source := {
		"message": "the blueprint makes it inheritable",
		"path": collection.path,
		"resource": blueprint.resource,
	}
	related := array.concat([source], seen_on_an_agent(permission))
}

blueprint := known.blueprint(input.properties.appId)

inheritable := inheritance.collections_of(blueprint.inheritablePermissions)

# Broad delegated permissions are for permissions/consent-all-users, which knows who consented.
codes := {"blocked", "tenant-takeover", "agent-factory", "mass-content", "level-4"}

high := [permission |
	some permission in requests.granted
	permission.record.tier != "scoped-alternative"
	count(codes & {reason | some reason in permission.record.reasons}) > 0
	not permissions.is_listed(permission, options.of("inheritance/high-privilege-granted").allow)
]

# Graph's beta version shows what an agent inherits. It is named where it agrees; the verdict does not rest on it.
seen_on_an_agent(permission) := [{"message": "an agent shows it among what it inherits", "path": path} |
	some list in inherited_lists[permission.kind]
	some i, grant in values.list(object.get(input.properties, ["inherited", list], null))
	shows(grant, permission)
	path := ["inherited", list, i]
]

inherited_lists := {"application": ["appRoleAssignments"], "delegated": ["oauth2PermissionGrants"]}

default shows(_, _) := false

shows(grant, permission) if {
	grant.resourceAppId == permission.api
	permission.name in names_in(grant)
}

names_in(grant) := [grant.appRoleValue] if {
	grant.appRoleValue
} else := split(grant.scope, " ")
