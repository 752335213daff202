# METADATA
# title: Inheritance
# description: |
#   What a blueprint makes inheritable. `kind` and `@odata.type` say the same thing twice and either may be missing:
#   see https://learn.microsoft.com/graph/api/resources/inheritablepermission.
package agentid.lib.inheritance

import data.agentid.lib.values

# METADATA
# description: |
#   Every `inheritableScopes` and `inheritableRoles`, in order. `path` is the collection's, `entry` its place in
#   `inheritablePermissions`, `property` its name, `grants` the kind of permission in it, `resource` the application
#   id of the API or null. `kind` and `type` are what the two properties mean ("allAllowed", "enumerated", "none",
#   or empty for anything else), `said_kind` and `said_type` what stands there (null when nothing does).
collections := collections_of(object.get(input.properties, "inheritablePermissions", null))

# METADATA
# description: The same of another resource's `inheritablePermissions`, as a blueprint principal's are its blueprint's.
collections_of(entries) := [collection |
	some i, entry in entries
	some property, grants in contents
	value := entry[property]
	is_object(value)
	collection := {
		"path": ["inheritablePermissions", i, property],
		"entry": i,
		"property": property,
		"grants": grants,
		"resource": values.text_or_null(object.get(entry, "resourceAppId", null)),
		"kind": meaning_of_kind(object.get(value, "kind", null)),
		"type": meaning_of_type(object.get(value, "@odata.type", null)),
		"said_kind": object.get(value, "kind", null),
		"said_type": object.get(value, "@odata.type", null),
		"scopes": object.get(value, "scopes", null),
		"roles": object.get(value, "roles", null),
	}
]

# METADATA
# description: |
#   The entries that have neither `inheritableScopes` nor `inheritableRoles`: their `path`, and `resource` as above.
empty_entries := [{"path": ["inheritablePermissions", i], "resource": resource} |
	some i, entry in input.properties.inheritablePermissions
	is_object(entry)
	object.get(entry, "inheritableScopes", null) == null
	object.get(entry, "inheritableRoles", null) == null
	resource := values.text_or_null(object.get(entry, "resourceAppId", null))
]

contents := {"inheritableScopes": "delegated", "inheritableRoles": "application"}

# METADATA
# scope: document
# description: What a value of `kind` means; empty when it means nothing to Microsoft Graph. Case does not matter.
default meaning_of_kind(_) := ""

meaning_of_kind(text) := {"allallowed": "allAllowed", "enumerated": "enumerated", "none": "none"}[lower(text)]

# METADATA
# scope: document
# description: What a value of `@odata.type` means; empty when it is not one of the types of a collection.
default meaning_of_type(_) := ""

meaning_of_type(text) := {
	"allallowedscopes": "allAllowed",
	"allallowedroles": "allAllowed",
	"enumeratedscopes": "enumerated",
	"enumeratedroles": "enumerated",
	"noscopes": "none",
	"noroles": "none",
}[trim_prefix(trim_prefix(lower(text), "#"), "microsoft.graph.")]

# METADATA
# scope: document
# description: Whether one of the two properties says this.
default says(_, _) := false

says(collection, meaning) if meaning in {collection.kind, collection.type}

# METADATA
# scope: document
# description: Whether the list of names counts. Where nothing says what the collection is, a list is meant.
default enumerates(_) := false

enumerates(collection) if says(collection, "enumerated")

enumerates(collection) if {collection.kind, collection.type} == {""}

# METADATA
# description: Which of the two properties says what is said, given what `kind` means and what is said.
saying_property(kind, meaning) := "kind" if {
	kind == meaning
} else := "@odata.type"

lists := {"delegated": "scopes", "application": "roles"}

# METADATA
# scope: document
# description: Whether agents inherit the permission of that name once it is granted to the blueprint principal.
default passes_on(_, _) := false

passes_on(collection, _) if says(collection, "allAllowed")

passes_on(collection, name) if {
	enumerates(collection)
	name in collection[lists[collection.grants]]
}

# METADATA
# scope: document
# description: Whether agents inherit anything of the collection.
default passes_on_anything(_) := false

passes_on_anything(collection) if says(collection, "allAllowed")

passes_on_anything(collection) if {
	enumerates(collection)
	count(collection[lists[collection.grants]]) > 0
}
