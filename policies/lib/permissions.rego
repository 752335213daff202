# METADATA
# title: Permissions
# description: |
#   What a reviewer needs to know about a permission, from the Graph permission table: whose data it reaches, why that
#   is high, what would do instead. What the judged resource requests is in lib/requests.rego.
package agentid.lib.permissions

import data.agentid.lib.inheritance
import data.agentid.lib.text

graph_app_id := "00000003-0000-0000-c000-000000000000"

table := data.agentid.tables.graph_permissions

# METADATA
# scope: document
# description: The other kind of permission, which has ids of its own. Undefined for any other text.
other_kind("application") := "delegated"

other_kind("delegated") := "application"

# METADATA
# scope: document
# description: The name of a Graph permission id of a kind. Undefined when there is none.
name_of("application", id) := table.list[table.application[id]]

name_of("delegated", id) := table.list[table.delegated[id]]

# METADATA
# scope: document
# description: Whether Microsoft Graph has a permission of that kind with that id.
default is_id(_, _) := false

is_id(kind, id) if name_of(kind, id)

# METADATA
# scope: document
# description: What the table says about a permission of a kind. Undefined when the name does not exist in that kind.
record_of("application", name) := table.records[table.names[name][0]]

record_of("delegated", name) := table.records[table.names[name][1]]

# METADATA
# scope: document
# description: Whether Microsoft Graph has a permission of that kind and name.
default exists(_, _) := false

exists(kind, name) if record_of(kind, name)

# METADATA
# scope: document
# description: |
#   Whether a permission is in an option's list: names, with a trailing `*` where wanted, for both kinds or after
#   `application/` or `delegated/` for one.
default is_listed(_, _) := false

# Most lists are empty, and this is asked of every permission.
is_listed(permission, patterns) if {
	count(patterns) > 0
	text.any_matches([permission.name, concat("/", [permission.kind, permission.name])], patterns)
}

# METADATA
# description: Whose data a permission reaches, as a phrase.
reach_of(kind, name) := table.reach[concat("/", [kind, name])] if {
	table.reach[concat("/", [kind, name])]
} else := replace(record_of(kind, name).reach, "{}", table.nouns[split(name, ".")[0]])

# METADATA
# description: |
#   Why a permission is high, as phrases joined by a semicolon: of the `reasons` in its record those with these codes.
#   Empty when it has none of them.
why_of(reasons, codes) := concat("; ", [table.reasons[code] | some code in reasons; code in codes])

# METADATA
# description: What would do in the common case; empty when there is nothing to recommend.
narrower_of(kind, name) := object.get(table.narrower, concat("/", [kind, name]), "")

# METADATA
# description: |
#   The arguments that every finding about a permission has. `api` is null for Microsoft Graph. `why` has the reasons
#   with these codes: several rules may report one permission, and each says its own.
args_of(permission, codes) := {
	"permission": permission.name,
	"kind": permission.kind,
	"api": told.api,
	"reach": told.reach,
	"why": why_of(permission.record.reasons, codes),
	"narrower": told.narrower,
	"origin": concat("", [origin_words[permission.origin], spread_of(permission)]),
} if {
	told := words_of(permission)
}

words_of(permission) := permission.words if {
	permission.api != graph_app_id
} else := {
	"api": null,
	"reach": reach_of(permission.kind, permission.name),
	"narrower": narrower_of(permission.kind, permission.name),
}

origin_words := {
	"declared": "declared in requiredResourceAccess",
	"inheritable": "inheritable by every agent",
	"configured": "requested in customBlueprintPermissions",
	"granted": "granted directly",
}

# What is declared reaches the agents as well when the same blueprint makes it inheritable. Delegated permissions are
# granted for somebody.
spread_of(permission) := ", inheritable by every agent" if {
	count(related_of(permission)) > 0
} else := consent_words[permission.consent] if {
	consent_words[permission.consent]
} else := ""

consent_words := {
	"AllPrincipals": ", with consent for all users",
	"Principal": ", with consent for one user",
}

# METADATA
# description: |
#   Where the blueprint makes a declared permission inheritable, as a related location. Empty for permissions that
#   came another way.
related_of(permission) := [place |
	permission.origin == "declared"
	some collection in inheritance.collections
	collection.grants == permission.kind
	collection.resource == permission.api
	inheritance.passes_on(collection, permission.name)
	place := {"message": "every agent inherits it once it is granted", "path": collection.path}
]
