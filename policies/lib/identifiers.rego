# METADATA
# title: Identifiers
# description: |
#   Identifier URIs of a blueprint, in the forms that Microsoft Entra accepts
#   (https://learn.microsoft.com/entra/identity-platform/identifier-uri-restrictions).
package agentid.lib.identifiers

import data.agentid.lib.text
import data.agentid.lib.uris

# METADATA
# scope: document
# description: The blueprint's application id; empty until it has one.
default application := ""

application := app_id if {
	app_id := input.properties.appId
	text.is_guid(app_id)
	not _is_sample_id(app_id)
}

default _is_sample_id(_) := false

_is_sample_id(id) if data.agentid.tables.placeholders.ids[id]

# METADATA
# scope: document
# description: |
#   Whether an address holds what only its organisation has: the application id, a tenant id (which one is not known
#   here), or one of these domains; without domains, any but domains of samples. Whether an address with `api:` does
#   cannot be told before the application id is known.
default is_own(_, _) := false

is_own(address, _) if {
	address.scheme == "api"
	application == ""
}

is_own(address, _) if {
	address.scheme == "api"
	some segment in _segments(address)
	endswith(segment, application)
}

is_own(address, _) if {
	address.scheme == "api"
	text.is_guid(address.host)
	count(_segments(address)) > 1
}

is_own(address, domains) if {
	address.scheme == "api"
	contains(address.host, ".")
	count(_segments(address)) > 1
	_has_domain(address.host, domains)
}

is_own(address, domains) if {
	address.scheme == "https"
	address.host != ""
	_has_domain(address.host, domains)
}

_segments(address) := [segment |
	some segment in split(concat("", [address.host, lower(address.path)]), "/")
	segment != ""
]

default _has_domain(_, _) := false

_has_domain(host, []) if not uris.is_sample(host)

_has_domain(host, domains) if uris.in_domains(host, domains)
