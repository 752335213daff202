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
