# METADATA
# title: Wildcard
# description: |
#   Patterns for whole texts: `*` stands for any run of characters, also none, `?` for exactly one, and everything else
#   for itself, with its case.
package agentid.lib.wildcard

# METADATA
# scope: document
# description: |
#   Whether a text fits a pattern with up to five stars. What stands between two stars is looked for from left to
#   right, each behind the one before. Rego has no loop for that, so a pattern with more stars is taken to fit.
default fits(_, _) := false

fits(text, pattern) if _same(pattern, text)

fits(text, pattern) if {
	pieces := split(pattern, "*")
	last := count(pieces) - 1
	last > 0
	from := count(pieces[0])
	to := count(text) - count(pieces[last])
	from <= to
	_same(pieces[0], substring(text, 0, from))
	_same(pieces[last], substring(text, to, -1))
	_stand_in_order(array.slice(pieces, 1, last), substring(text, from, to - from))
}

default _stand_in_order(_, _) := false

_stand_in_order(pieces, _) if count(pieces) > 4

_stand_in_order(pieces, text) if {
	count(pieces) <= 4
	[first, second, third, fourth] := array.slice(array.concat(pieces, ["", "", "", ""]), 0, 4)
	_behind(fourth, _behind(third, _behind(second, _behind(first, text))))
}

# The text behind the first place where a piece stands; undefined when there is none.
_behind("", text) := text

_behind(piece, text) := substring(text, place + count(piece), -1) if {
	piece != ""
	not contains(piece, "?")
	place := indexof(text, piece)
	place >= 0
}

_behind(piece, text) := substring(text, place + count(piece), -1) if {
	contains(piece, "?")
	width := count(piece)
	count(text) >= width
	place := min([i |
		some i in numbers.range(0, count(text) - width)
		_same(piece, substring(text, i, width))
	])
}

# Whether a text is a piece of a pattern, which has no stars.
default _same(_, _) := false

_same(piece, text) if piece == text

_same(piece, text) if {
	contains(piece, "?")
	count(piece) == count(text)
	characters := split(text, "")
	every i, character in split(piece, "") {
		character in {"?", characters[i]}
	}
}
