# METADATA
# title: Principals
# description: Sponsors and owners, as the facts tell them.
package agentid.lib.principals

# METADATA
# description: What a reader calls a sponsor or owner; the empty string when nothing is told.
label(principal) := _first([
	object.get(principal, "displayName", null),
	object.get(principal, "userPrincipalName", null),
	object.get(principal, "id", null),
	"",
])

# METADATA
# description: |
#   Equal texts for the same sponsor or owner, as far as their sources tell. An entry that tells nothing is equal to
#   no other.
identity(principal) := lower(_first([
	object.get(principal, "id", null),
	object.get(principal, "userPrincipalName", null),
	json.marshal(principal.path),
]))

_first(names) := [name | some name in names; is_string(name)][0]
