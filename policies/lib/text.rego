# METADATA
# title: Text
# description: What a value written by a person looks like. Anything but text is not a match.
package agentid.lib.text

placeholders := data.agentid.tables.placeholders

# METADATA
# scope: document
# description: Whether a value is absent, null or only white space.
default is_blank(_) := false

is_blank(null)

is_blank(value) if trim_space(value) == ""

# METADATA
# scope: document
# description: Whether a whole value is a stand-in that somebody should have replaced, or a template reference.
default is_placeholder(_) := false

is_placeholder(value) if _is_filler(lower(trim_space(value)))

is_placeholder(value) if is_reference(value)

_is_filler(text) if placeholders.words[text]

_is_filler(text) if {
	some prefix in placeholders.prefixes[substring(text, 0, 1)]
	startswith(text, prefix)
}

# METADATA
# scope: document
# description: Whether a whole value stands in the marks of a template language, so that its real value comes later.
default is_reference(_) := false

is_reference(value) if {
	text := trim_space(value)
	some wrapper in placeholders.wrappers[substring(text, 0, 1)]
	startswith(text, wrapper.open)
	endswith(text, wrapper.close)
}

# METADATA
# scope: document
# description: Whether text has the form of a GUID. Input GUIDs are lower case.
default is_guid(_) := false

is_guid(value) if {
	is_string(value)
	count(value) == 36
	parts := split(value, "-")
	[count(part) | some part in parts] == [8, 4, 4, 4, 12]
	trim(concat("", parts), "0123456789abcdef") == ""
}

# METADATA
# scope: document
# description: Whether text is in a list of exact values or of patterns with one trailing `*`, without case.
default matches_any(_, _) := false

matches_any(value, patterns) if any_matches([value], patterns)

# METADATA
# scope: document
# description: Whether one of the names that a thing has is in such a list.
default any_matches(_, _) := false

# Most lists are empty.
any_matches(names, patterns) if {
	count(patterns) > 0
	texts := [lower(name) | some name in names]
	some said in patterns
	pattern := lower(said)
	some text in texts
	_matches(text, pattern)
}

_matches(text, pattern) if text == pattern

_matches(text, pattern) if {
	endswith(pattern, "*")
	startswith(text, trim_suffix(pattern, "*"))
}

# METADATA
# scope: document
# description: |
#   Whether a whole value is a stand-in that a person should have replaced. A template reference is not, as a tool
#   puts its value in; no tool does so for `<…>`.
default is_stand_in(_) := false

is_stand_in(value) if {
	_is_filler(lower(trim_space(value)))
	not is_reference(value)
}

is_stand_in(value) if {
	text := trim_space(value)
	startswith(text, "<")
	endswith(text, ">")
}

# METADATA
# scope: document
# description: Whether text has the marks of a template language somewhere in it, so that the whole of it comes later.
default holds_reference(_) := false

holds_reference(value) if {
	some wrappers in placeholders.wrappers
	some wrapper in wrappers
	parts := split(value, wrapper.open)
	count(parts) > 1
	contains(concat(wrapper.open, array.slice(parts, 1, count(parts))), wrapper.close)
}
