# METADATA
# title: Names
# description: Display names, as people and policies read them.
package agentid.lib.names

import data.agentid.lib.text

characters := data.agentid.tables.characters

# METADATA
# scope: document
# description: Whether a name comes from a sample or template, so that somebody should have replaced it.
default is_sample(_) := false

is_sample(name) if data.agentid.tables.placeholders.names[lower(trim_space(name))]

is_sample(name) if text.is_stand_in(name)

# METADATA
# description: |
#   The characters of a name that readers cannot see, or that change the order of what they see, by their Unicode
#   names. Joiners between letters of scripts such as Persian or between emoji, and the tags of a flag, belong there.
unseen(name) := {word |
	line := split(name, "")
	words := characters.words
	some i, character in line
	word := words[character]
	not _belongs(character, array.slice(line, i - 1, i + 2), name)
}

default _belongs(_, _, _) := false

# Above the Latin letters and the combining marks in use with them; text is compared by code points.
_belongs(character, [before, _, after], _) if {
	characters.joiners[character]
	before > "\u036f"
	after > "\u036f"
}

_belongs(character, _, name) if {
	characters.tags[character]
	contains(name, characters.flag)
}

# METADATA
# description: A name that is fit for a message; one of any length is cut.
shown(name) := name if {
	count(name) <= 80
} else := concat("", [substring(name, 0, 79), "…"])
