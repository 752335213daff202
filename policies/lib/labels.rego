# METADATA
# title: Labels
# description: What people call an object of Graph's.
package agentid.lib.labels

# METADATA
# description: The display name of an object, else its id; the empty text when it has neither.
of(thing) := name if {
	name := thing.displayName
	_is_told(name)
} else := id if {
	id := thing.id
	_is_told(id)
} else := ""

_is_told(text) if {
	is_string(text)
	text != ""
}
