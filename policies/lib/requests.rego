# METADATA
# title: Requests
# description: |
#   Which permissions the judged resource requests or holds, with names and ids resolved against the Graph permission
#   table. All of these are computed once per resource.
package agentid.lib.requests

import data.agentid.lib.apis
import data.agentid.lib.inheritance
import data.agentid.lib.permissions

graph_app_id := permissions.graph_app_id

other_apis := data.agentid.tables.api_permissions.application

other_scopes := data.agentid.tables.api_permissions.delegated

# METADATA
# description: |
#   Every entry of `requiredResourceAccess`, in order: `path` of the id, `resource` (application id), `id`, and
#   `kind`: "application" for `Role`, "delegated" for `Scope`, else "unknown", from `type` at `type_path` (null when
#   absent). A declaration grants nothing by itself.
declared := [entry |
	some i, access in input.properties.requiredResourceAccess
	some j, item in access.resourceAccess
	entry := {
		"path": ["requiredResourceAccess", i, "resourceAccess", j, "id"],
		"resource": access.resourceAppId,
		"id": item.id,
		"kind": kind_of(object.get(item, "type", null)),
		"type": object.get(item, "type", null),
		"type_path": ["requiredResourceAccess", i, "resourceAccess", j, "type"],
	}
]

# METADATA
# description: |
#   Every entry that is about one API, in `requiredResourceAccess`, `inheritablePermissions` and
#   `customBlueprintPermissions`: `path` of the entry and `resource`, the application id of the API.
entries := [{"path": [property, i], "resource": entry.resourceAppId} |
	some property in ["requiredResourceAccess", "inheritablePermissions", "customBlueprintPermissions"]
	some i, entry in input.properties[property]
]

# METADATA
# description: |
#   Every permission of Microsoft Graph that is requested by name, whether or not it exists: in enumerated
#   inheritable scopes and in `customBlueprintPermissions` of an Agent 365 project. Both are always delegated.
named := array.concat(named_inheritable, named_configured)

# METADATA
# description: |
#   Every permission of Microsoft Graph that the resource requests or holds and that exists, in four ways (`origin`):
#   declared (`requiredResourceAccess`), inheritable (enumerated), configured (`customBlueprintPermissions`) and
#   granted (`appRoleAssignments`, `oauth2PermissionGrants`); and the few of other APIs that reach as far. Each has
#   `path`, `kind`, `name`, `origin`, `api` (application id) and a `record` as in the table; a granted scope also has
#   `consent`, Graph's word for whom it is for. What the platform gives to every blueprint principal by itself is left
#   out.
resolved := granted if {
	# Agents, of which there are most, hold permissions and request none.
	not input.properties.requiredResourceAccess
	not input.properties.inheritablePermissions
	not input.properties.customBlueprintPermissions
} else := array.concat(requested, granted)

# METADATA
# description: Of `resolved`, the permissions that the resource itself holds.
granted := array.concat(
	[entry |
		some i, assignment in input.properties.appRoleAssignments
		entry := granted_role(assignment, i)
	],
	[entry |
		some i, grant in input.properties.oauth2PermissionGrants
		some entry in granted_scopes(grant, i)
	],
)

requested := array.concat(
	array.concat(requested_declared, requested_elsewhere),
	array.concat(requested_named, requested_roles),
)

requested_declared := [entry |
	some item in declared
	item.resource == graph_app_id
	name := permissions.name_of(item.kind, item.id)
	not name in given_by_platform
	entry := {
		"path": item.path,
		"kind": item.kind,
		"name": name,
		"origin": "declared",
		"api": graph_app_id,
		"record": permissions.record_of(item.kind, name),
	}
]

requested_elsewhere := [entry |
	some item in declared
	item.kind == "application"
	found := other_apis[item.resource][item.id]
	entry := object.union(elsewhere("application", item.resource, found), {
		"path": item.path,
		"name": found.name,
		"origin": "declared",
	})
]

requested_named := [object.union(item, {"api": graph_app_id, "record": record}) |
	some item in named
	record := permissions.record_of(item.kind, item.name)
]

# The form of `inheritableRoles` is only described on pages, so a list may hold names or ids.
requested_roles := [entry |
	some collection in inheritance.collections
	collection.grants == "application"
	collection.resource == graph_app_id
	inheritance.enumerates(collection)
	some i, said in collection.roles
	name := application_name_of(said)
	not name in given_by_platform
	entry := {
		"path": array.concat(collection.path, ["roles", i]),
		"kind": "application",
		"name": name,
		"origin": "inheritable",
		"api": graph_app_id,
		"record": permissions.record_of("application", name),
	}
]

# Which API a grant is on is only told by a tenant.
granted_role(assignment, i) := {
	"path": ["appRoleAssignments", i, "appRoleId"],
	"kind": "application",
	"name": name,
	"origin": "granted",
	"api": graph_app_id,
	"record": permissions.record_of("application", name),
} if {
	role_is_on_graph(assignment)
	name := permissions.name_of("application", assignment.appRoleId)
	not name in given_by_platform
} else := object.union(elsewhere("application", assignment.resourceAppId, found), {
	"path": ["appRoleAssignments", i, "appRoleId"],
	"name": found.name,
	"origin": "granted",
}) if {
	found := other_apis[assignment.resourceAppId][assignment.appRoleId]
}

granted_scopes(grant, i) := [entry |
	some name in split(grant.scope, " ")
	entry := {
		"path": ["oauth2PermissionGrants", i, "scope"],
		"kind": "delegated",
		"name": name,
		"origin": "granted",
		"consent": consent,
		"api": graph_app_id,
		"record": permissions.record_of("delegated", name),
	}
] if {
	scopes_are_on_graph(grant)
	consent := object.get(grant, "consentType", null)
} else := [entry |
	some name in split(grant.scope, " ")
	entry := object.union(elsewhere("delegated", grant.resourceAppId, scopes[name]), {
		"path": ["oauth2PermissionGrants", i, "scope"],
		"name": name,
		"origin": "granted",
		"consent": object.get(grant, "consentType", null),
	})
] if {
	scopes := other_scopes[grant.resourceAppId]
}

# What the table of other APIs says about a permission, in the form of `resolved`.
elsewhere(kind, app_id, found) := {
	"kind": kind,
	"api": app_id,
	"record": {"tier": found.tier, "reasons": [found.tier], "level": null, "blocked": false},
	"words": {"api": apis.name_of(app_id), "reach": found.reach, "narrower": found.narrower},
}

named_inheritable := [entry |
	some collection in inheritance.collections
	collection.grants == "delegated"
	collection.resource == graph_app_id
	inheritance.enumerates(collection)
	some i, name in collection.scopes
	entry := {
		"path": array.concat(collection.path, ["scopes", i]),
		"kind": "delegated",
		"name": name,
		"origin": "inheritable",
	}
]

named_configured := [entry |
	some i, permission in input.properties.customBlueprintPermissions
	permission.resourceAppId == graph_app_id
	some j, name in permission.scopes
	entry := {
		"path": ["customBlueprintPermissions", i, "scopes", j],
		"kind": "delegated",
		"name": name,
		"origin": "configured",
	}
]

# METADATA
# scope: document
# description: |
#   Names of application permissions that every blueprint principal gets from the platform and that nobody can
#   revoke. For an agent identity there are none.
default given_by_platform := set()

# https://learn.microsoft.com/entra/agent-id/agent-service-principals
given_by_platform := {"AgentIdentity.CreateAsManager"} if input.kind in {"blueprint", "blueprintPrincipal"}

# METADATA
# scope: document
# description: |
#   Whether an assignment is of an application permission of Microsoft Graph. A tenant tells the API. Where it does not,
#   and in files, the ids of application permissions do so themselves.
default role_is_on_graph(_) := false

role_is_on_graph(assignment) if {
	assignment.resourceAppId == graph_app_id
} else if {
	object.get(assignment, "resourceAppId", null) == null
	may_be_on_graph(assignment)
}

# METADATA
# scope: document
# description: |
#   Whether the scopes of a grant are of Microsoft Graph. A tenant tells the API, or its name at least: other APIs have
#   scopes of the same names. Files, where there is no `resourceAppId`, are about Microsoft Graph unless they say
#   otherwise.
default scopes_are_on_graph(_) := false

scopes_are_on_graph(grant) if {
	grant.resourceAppId == graph_app_id
} else if {
	grant.resourceAppId == null
	grant.resourceDisplayName == apis.name_of(graph_app_id)
} else if {
	object.get(grant, "resourceAppId", "") == ""
	may_be_on_graph(grant)
}

# Grants name their API by an object id that differs from tenant to tenant. A name that contradicts is believed.
default may_be_on_graph(_) := false

may_be_on_graph(grant) if {
	object.get(grant, "resourceDisplayName", null) in {null, "", apis.name_of(graph_app_id)}
	is_open(object.get(grant, "resourceId", null))
}

# People write the application id of an API where Graph has its object id.
is_open(resource_id) if {
	resource_id == graph_app_id
} else if not apis.apps[resource_id]

# METADATA
# scope: document
# description: The kind of permission that a `resourceAccess` type stands for.
default kind_of(_) := "unknown"

kind_of(type) := "application" if lower(type) == "role"

kind_of(type) := "delegated" if lower(type) == "scope"

application_name_of(text) := permissions.name_of("application", text)

application_name_of(text) := text if permissions.record_of("application", text)
