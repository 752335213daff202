# METADATA
# title: Known
# description: |
#   Look-ups over all resources of the run, built by the host. A place is `{ref, name, uri, resource, path}`; pass
#   `resource` on in a related location so that the host finds the file.
package agentid.lib.known

index := data.agentid.known

# METADATA
# description: |
#   Places of the federated credentials with this issuer and subject on resources other than `ref`.
federated_elsewhere(issuer, subject, ref) := [place |
	some place in object.get(index.shared_federated_identities, concat("\n", [issuer, subject]), [])
	place.ref != ref
]

# METADATA
# description: Places of resources of a kind, other than `ref`, with the same display name without case.
named_elsewhere(kind, name, ref) := [place |
	some place in object.get(index.shared_names, concat("/", [kind, lower(name)]), [])
	place.ref != ref
]

# METADATA
# description: |
#   What the files of a folder state as the blueprint's application id: places that also have `id` and `kind`.
#   Empty when fewer than two files state one.
blueprint_ids(directory) := object.get(index.blueprint_ids, directory, [])

# METADATA
# description: |
#   The tool scopes that the blueprints and Agent 365 configs of a folder make available: `any` is true when all
#   scopes may be (or cannot be told), `scopes` has the named ones as keys. Undefined when the folder declares nothing.
tool_scopes(directory) := index.tool_scopes[directory]

# METADATA
# scope: document
# description: |
#   Whether the run reads a tenant. The look-ups below are about its objects; without a tenant each of them is
#   undefined, which says that nothing is known, not that nothing is there.
default of_tenant := false

of_tenant if index.tenant

# METADATA
# description: |
#   The blueprint of the tenant with this application id: `ref`, `name`, `resource`, `inheritablePermissions` (null when
#   they could not be read) and `agentIdentityCount` (null when not known). Undefined when the tenant has none.
blueprint(app_id) := index.tenant.blueprints[app_id]

# METADATA
# description: |
#   The blueprint principal of the tenant with this application id: `ref`, `name`, `resource`, `id`, `accountEnabled`
#   and `appOwnerOrganizationId`. Undefined when the tenant has none.
blueprint_principal(app_id) := index.tenant.blueprint_principals[app_id]

# METADATA
# description: |
#   What was deleted with this object id or application id and can still be restored: `type`, `name` and
#   `deletedDateTime`. Undefined when it is not among the deleted objects.
deleted(id) := index.tenant.deleted[id]

# METADATA
# scope: document
# description: Whether the tenant has a blueprint with this application id.
default has_blueprint(_) := false

has_blueprint(app_id) if index.tenant.blueprints[app_id]

# METADATA
# scope: document
# description: Whether the tenant has a blueprint principal with this application id.
default has_blueprint_principal(_) := false

has_blueprint_principal(app_id) if index.tenant.blueprint_principals[app_id]

# METADATA
# scope: document
# description: Whether an object with this id or application id is among the deleted objects.
default is_deleted(_) := false

is_deleted(id) if deleted(id)
