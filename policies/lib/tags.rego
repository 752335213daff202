# METADATA
# title: Tags
# description: Words that an organisation puts on a resource to mark it.
package agentid.lib.tags

import data.agentid.lib.text
import data.agentid.lib.values

# METADATA
# scope: document
# description: Whether one of a resource's tags is in a list of exact values and of patterns with a trailing `*`.
default any_in(_, _) := false

any_in(tags, patterns) if {
	some tag in values.list(tags)
	text.matches_any(tag, patterns)
}
