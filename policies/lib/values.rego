# METADATA
# title: Values
# description: Values of the type that a rule expects. Anything else is for the schema to report, not for rules.
package agentid.lib.values

# METADATA
# scope: document
# description: A list as it is; anything else has no entries.
default list(_) := []

list(value) := value if is_array(value)

# METADATA
# scope: document
# description: Whether a value is a list with entries.
default has_entries(_) := false

has_entries(value) if count(list(value)) > 0

# METADATA
# scope: document
# description: Text as it is; anything else is null, which messages leave out.
default text_or_null(_) := null

text_or_null(value) := value if is_string(value)
