# METADATA
# title: Identifier URI or exposed scope is malformed
# description: |
#   Clients and other agents request tokens for an agent by its identifier URI and its scopes. A URI that contains
#   neither the application id nor a domain of your organisation can be claimed by somebody else's application. Two
#   scopes with the same name or id, scopes without consent text, and version 1 tokens make calls fail or consent
#   meaningless. Blueprints that expose no enabled scope need no identifier URI. While `appId` is absent or a
#   placeholder, nothing that depends on it is judged. Which forms of URI Microsoft Entra accepts, and that agents need
#   version 2 tokens, is documented for applications in general and only partly confirmed for blueprints.
# related_resources:
#   - ref: https://learn.microsoft.com/entra/identity-platform/identifier-uri-restrictions
#     description: Forms of identifier URIs
#   - ref: https://learn.microsoft.com/graph/api/resources/permissionscope
#     description: permissionScope
#   - ref: https://learn.microsoft.com/entra/agent-id/interactive-agent-authenticate-user
#     description: How clients ask for tokens for an interactive agent
# custom:
#   severity: low
#   wave: 2
#   applies_to: [blueprint]
#   requires: []
#   sources: [manifest, tenant]
#   message: '{problem}[: {value}]'
#   remediation: >-
#     Use `api://<appId>` or an https address on a verified domain as identifier URI. Give every scope a `value` and
#     `id` of its own, and every enabled scope `adminConsentDisplayName` and `adminConsentDescription`. Set
#     `api.requestedAccessTokenVersion` to 2.
#   controls:
#     owasp-asi: [ASI07]
#     nist-800-53: [IA-9]
#   options:
#     verifiedDomains:
#       type: array
#       items: { type: string }
#       description: >-
#         Domains that identifier URIs may be on, with their subdomains. While the list is empty, every domain is
#         accepted that is not one of documentation, such as contoso.com.
#       default: []
#   since: 0.1.0
#   aliases: []
package agentid.exposure.app_id_uri

import data.agentid.lib.finding
import data.agentid.lib.identifiers
import data.agentid.lib.options
import data.agentid.lib.scopes
import data.agentid.lib.text
import data.agentid.lib.uris
import data.agentid.lib.values

findings contains found(["identifierUris"], "scopes are exposed without an identifier URI", scopes.enabled_names) if {
	identifiers.application != ""
	count(scopes.enabled) > 0
	object.get(input.properties, "identifierUris", null) in [null, []]
}

findings contains found(["identifierUris", i], problem, uris.shown(address)) if {
	problem := "identifier URI contains neither the application id nor a domain of your organisation"
	some i, written in values.list(input.properties.identifierUris)

	# The usual one, told without taking it apart.
	written != concat("", ["api://", identifiers.application])
	address := uris.parts(written)
	not address.template
	not text.holds_reference(written)
	not identifiers.is_own(address, options.of("exposure/app-id-uri").verifiedDomains)
}

findings contains finding.at_with_related(scope.path, args, [{"message": "the other scope", "path": scope.other}]) if {
	some property in ["id", "value"]
	some scope in scopes.repeated(property)
	args := {"problem": concat(" ", ["two scopes have the same", property]), "value": scope.value}
}

findings contains found(array.concat(scope.path, [property]), problem, name) if {
	some scope in scopes.enabled
	some property in ["adminConsentDisplayName", "adminConsentDescription"]
	text.is_blank(object.get(scope.properties, property, null))
	problem := concat(" ", ["enabled scope has no", property])
	name := values.text_or_null(object.get(scope.properties, "value", null))
}

findings contains found(["api", "requestedAccessTokenVersion"], problem, scopes.enabled_names) if {
	count(scopes.enabled) > 0
	object.get(input.properties.api, "requestedAccessTokenVersion", null) in {null, 1}
	problem := "access tokens for the exposed scopes have version 1 instead of 2"
}

found(path, problem, value) := finding.at(path, {"problem": problem, "value": value})
