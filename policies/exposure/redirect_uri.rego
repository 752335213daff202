# METADATA
# title: Unsafe or unexpected redirect URI
# description: |
#   A redirect URI is where Microsoft Entra sends a browser after sign-in or consent, with the authorization code in
#   the address. Plain http lets everybody on the way read the code. A wildcard, or a host that somebody else can take
#   over, lets others receive it. In production the user's own machine is no place for it. A blueprint needs a redirect
#   URI only to record consent, so it has few of them. Custom schemes, the consent pages of Microsoft's admin centers,
#   and addresses whose host is a template reference are not judged. Redirect URIs of public clients and single-page
#   applications are reported by `exposure/unsupported-property`.
# related_resources:
#   - ref: https://learn.microsoft.com/entra/identity-platform/reply-url
#     description: Redirect URI restrictions
#   - ref: https://learn.microsoft.com/entra/agent-id/interactive-agent-authenticate-user
#     description: What a blueprint needs a redirect URI for
# custom:
#   severity: high
#   wave: 1
#   applies_to: [blueprint]
#   requires: []
#   sources: [manifest, tenant]
#   message: 'redirect URI {uri} {problem}'
#   remediation: >-
#     Remove the redirect URI, or replace it with an https address on a host of your own, without a wildcard. If the
#     option `allowedHosts` is set, add the host to it.
#   controls:
#     owasp-nhi: [NHI4, NHI6]
#     owasp-asi: [ASI03]
#     nist-800-53: [AC-3, SC-8]
#   options:
#     allowedHosts:
#       type: array
#       items: { type: string }
#       description: >-
#         Hosts that redirect URIs may lead to; `*.example.com` stands for all subdomains of a domain. While the list
#         is empty, every host is accepted.
#       default: []
#   since: 0.1.0
#   aliases: []
package agentid.exposure.redirect_uri

import data.agentid.lib.finding
import data.agentid.lib.options
import data.agentid.lib.uris
import data.agentid.lib.values

findings contains found(entry, "uses plain http") if {
	some entry in judged
	entry.address.scheme == "http"
	not uris.is_loopback(entry.address.host)
}

findings contains found(entry, "has a wildcard in its host") if {
	some entry in judged
	contains(entry.address.host, "*")
}

findings contains found(entry, "leads to a host that is not allowed") if {
	hosts := options.of("exposure/redirect-uri").allowedHosts
	count(hosts) > 0
	some entry in judged
	not contains(entry.address.host, "*")
	not uris.is_loopback(entry.address.host)
	not uris.is_consent_page(entry.address.host)
	not uris.in_hosts(entry.address.host, hosts)
}

findings contains found(entry, "leads to the user's own machine, although the blueprint is in production") if {
	input.production == true
	some entry in judged
	uris.is_loopback(entry.address.host)
}

found(entry, problem) := finding.at(entry.path, {
	"uri": uris.shown(entry.address),
	"host": entry.address.host,
	"problem": problem,
})

judged := [entry |
	some entry in array.concat(listed, added)
	entry.address.scheme in {"http", "https"}
	entry.address.host != ""
	not entry.address.template
]

listed := [{"path": ["web", "redirectUris", i], "written": written, "address": uris.parts(written)} |
	some i, written in values.list(input.properties.web.redirectUris)
]

# Graph shows every redirect URI in both lists.
added := [{"path": ["web", "redirectUriSettings", i, "uri"], "address": uris.parts(setting.uri)} |
	known := {entry.written | some entry in listed}
	some i, setting in values.list(input.properties.web.redirectUriSettings)
	not setting.uri in known
]
