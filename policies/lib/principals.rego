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

# METADATA
# description: |
#   Whether a sponsor or owner can still answer for an agent, as a tenant tells: "active", "guest" (active, from another
#   organisation), "disabled", "deleted", "empty" (a group in which no account is enabled) or "unknown".
standing(principal) := principal.state if {
	principal.state != "enabled"
} else := standing_of_members(principal.enabledMembers) if {
	principal.kind == "group"
} else := "guest" if {
	lower(principal.userType) == "guest"
} else := "active"

standing_of_members(null) := "unknown"

standing_of_members(number) := "empty" if {
	number == 0
} else := "active" if is_number(number)
