# METADATA
# title: Scopes
# description: The delegated permissions that a blueprint exposes (`api.oauth2PermissionScopes`).
package agentid.lib.scopes

import data.agentid.lib.text
import data.agentid.lib.values

# METADATA
# description: |
#   Every scope, in order: `path`, `properties` as written, and `enabled`. Graph takes a scope that does not say for
#   enabled.
exposed := [scope |
	some i, properties in values.list(input.properties.api.oauth2PermissionScopes)
	is_object(properties)
	scope := {
		"path": ["api", "oauth2PermissionScopes", i],
		"properties": properties,
		"enabled": object.get(properties, "isEnabled", null) in {true, null},
	}
]

# METADATA
# description: The scopes that clients can ask for.
enabled := [scope | some scope in exposed; scope.enabled]

# METADATA
# description: The names of the scopes that clients can ask for.
enabled_names := [scope.properties.value |
	some scope in enabled
	is_string(scope.properties.value)
]

# METADATA
# description: |
#   Every id or value (`property`) of a scope that another scope in front of it has too: its `path`, the `other` path
#   and the `value`. Placeholders may become different values.
repeated(property) := [place |
	count(exposed) > 1

	# Sorted, equal values stand together; comparing every scope with every other takes too long for thousands.
	sorted := sort([[value, i] |
		some i, scope in exposed
		value := scope.properties[property]
		is_string(value)
		not text.is_blank(value)
		not text.is_placeholder(value)
	])
	some k, [value, i] in sorted
	sorted[k - 1][0] == value
	place := {
		"path": array.concat(exposed[i].path, [property]),
		"other": array.concat(exposed[sorted[k - 1][1]].path, [property]),
		"value": value,
	}
]
