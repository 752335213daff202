# METADATA
# title: URIs
# description: Addresses in parts, read as a browser reads them, so that what is judged is what is called.
package agentid.lib.uris

# METADATA
# description: |
#   The parts of an address: `scheme` and `host` in lower case, `port`, `path` (without query and fragment), each
#   empty when absent, and `template` when the authority is not yet known. A user name or password in front of the
#   host is dropped. Undefined for anything but text.
parts(address) := object.union(_place_of(authority), {
	"scheme": scheme,
	"path": _before(_before(substring(tail, count(authority), -1), "?"), "#"),
	"template": _is_template(authority),
}) if {
	# Browsers take both slashes for the same, which is how a foreign host is hidden behind a known one.
	text := replace(trim_space(address), "\\", "/")
	scheme := _scheme_of(text)
	rest := _without_scheme(text, scheme)
	tail := trim_prefix(rest, "//")
	authority := _authority_of(scheme, rest, tail)
}

_without_scheme(text, scheme) := text if {
	scheme == ""
} else := substring(text, count(scheme) + 1, -1)

# What stands before the first colon, in lower case, when it has the form of a scheme; else empty. A name before a
# port (`localhost:8080/`) is a host.
_scheme_of(text) := name if {
	name := lower(_before(text, ":"))
	name != lower(text)
	trim(substring(name, 0, 1), _letters) == ""
	trim(name, concat("", [_letters, "0123456789+-."])) == ""
	after := _before(_before(substring(text, count(name) + 1, -1), "/"), "?")
	not _is_port(after)
} else := ""

_letters := "abcdefghijklmnopqrstuvwxyz"

# Whether text is a port number.
default _is_port(_) := false

_is_port(text) if {
	text != ""
	trim(text, "0123456789") == ""
}

# The authority; an address with a scheme and without `//` has none.
_authority_of(scheme, rest, tail) := "" if {
	scheme != ""
	rest == tail
} else := _before(_before(_before(tail, "/"), "?"), "#")

# Host and port of an authority. The host of an IPv6 address keeps its brackets.
_place_of(authority) := {"host": lower(host), "port": trim_prefix(substring(bare, count(host), -1), ":")} if {
	bare := _without_user(authority)
	startswith(bare, "[")
	host := concat("", [_before(bare, "]"), "]"])
} else := {"host": lower(trim_suffix(host, ".")), "port": trim_prefix(substring(bare, count(host), -1), ":")} if {
	bare := _without_user(authority)
	host := _before(bare, ":")
}

# An authority without user name and password.
_without_user(authority) := pieces[count(pieces) - 1] if pieces := split(authority, "@")

# Text up to the first mark, or all of it.
_before(text, mark) := split(text, mark)[0]

# Whether an authority has marks of a template language, none of which can stand in one.
default _is_template(_) := false

_is_template(authority) if {
	some mark in ["$", "{", "<", "%", "__", "[["]
	contains(authority, mark)
}

# METADATA
# description: An address from its parts, fit for a message; query, fragment, user name and password can be secrets.
shown(address) := concat("", [_prefix(address.scheme, address.host), address.host, _suffix(address.port), address.path])

_prefix("", _) := ""

_prefix(scheme, "") := concat("", [scheme, ":"]) if scheme != ""

_prefix(scheme, host) := concat("", [scheme, "://"]) if {
	scheme != ""
	host != ""
}

_suffix("") := ""

_suffix(port) := concat("", [":", port]) if port != ""

# METADATA
# scope: document
# description: Whether a host is the machine that the browser runs on.
default is_loopback(_) := false

is_loopback(host) if host in {"localhost", "127.0.0.1", "[::1]"}

# METADATA
# scope: document
# description: Whether a host is in a list of exact hosts and of patterns with a leading `*.`, for subdomains.
default in_hosts(_, _) := false

in_hosts(host, patterns) if {
	some pattern in patterns
	lower(pattern) == host
}

in_hosts(host, patterns) if {
	some pattern in patterns
	startswith(pattern, "*.")
	endswith(host, trim_prefix(lower(pattern), "*"))
}

# METADATA
# scope: document
# description: Whether a host is one of the domains or below one of them.
default in_domains(_, _) := false

in_domains(host, domains) if {
	some domain in domains
	endswith(concat("", [".", host]), concat("", [".", lower(domain)]))
}

# METADATA
# scope: document
# description: Whether a host is in a domain of documentation and samples.
default is_sample(_) := false

is_sample(host) if {
	count(host) <= _longest
	labels := split(host, ".")
	some i, _ in labels
	data.agentid.tables.placeholders.domains[concat(".", array.slice(labels, i, count(labels)))]
}

# Names in DNS are not longer, and looking at all endings of a longer one would take long.
_longest := 253

# METADATA
# scope: document
# description: Whether a host is a page of Microsoft that records consent to agents.
default is_consent_page(_) := false

is_consent_page(host) if data.agentid.tables.consent_pages.hosts[host]
