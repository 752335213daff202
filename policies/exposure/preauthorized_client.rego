# METADATA
# title: Unknown client is pre-authorised for the agent API
# description: |
#   A pre-authorised client calls the agent in the name of its user without any consent prompt, and consent to a client
#   in `knownClientApplications` covers the agent as well. Each such client is a way into the agent that users never
#   see. The clients of Teams, Outlook, Microsoft 365 and Office are expected and not reported; name others in the
#   option `allow`. A pre-authorisation for a scope that does not exist or is disabled is reported too: it does nothing
#   today, and takes effect unnoticed once the scope is there.
# related_resources:
#   - ref: https://learn.microsoft.com/graph/api/resources/preauthorizedapplication
#     description: preAuthorizedApplication
#   - ref: https://learn.microsoft.com/graph/api/resources/apiapplication
#     description: knownClientApplications
# custom:
#   severity: medium
#   wave: 1
#   applies_to: [blueprint]
#   requires: []
#   sources: [manifest, tenant]
#   message: 'client[ {client}][ ({clientName})] {problem}[: {permission}]'
#   remediation: >-
#     Remove the client, or add its application id to the option `allow` if it is meant to be there. Pre-authorise it
#     only for ids of enabled scopes in `api.oauth2PermissionScopes`.
#   controls:
#     owasp-nhi: [NHI3, NHI10]
#     owasp-asi: [ASI03, ASI07, ASI09]
#     nist-800-53: [AC-3, AC-6]
#   options:
#     allow:
#       type: array
#       items: { type: string }
#       description: Application ids of further clients that may be pre-authorised or known.
#       default: []
#   since: 0.1.0
#   aliases: []
package agentid.exposure.preauthorized_client

import data.agentid.lib.clients
import data.agentid.lib.finding
import data.agentid.lib.options
import data.agentid.lib.scopes
import data.agentid.lib.text
import data.agentid.lib.values

findings contains found(path, client, problem, null) if {
	problem := "is not an expected client, and calls the agent without asking users for consent"
	some i, application in values.list(input.properties.api.preAuthorizedApplications)
	client := application.appId
	is_unknown(client)
	path := ["api", "preAuthorizedApplications", i, "appId"]
}

findings contains found(path, client, problem, null) if {
	problem := "is not an expected client, and consent to it covers the agent as well"
	some i, client in values.list(input.properties.api.knownClientApplications)
	is_unknown(client)
	path := ["api", "knownClientApplications", i]
}

findings contains found(item.path, item.client, "is pre-authorised for a scope that is disabled", item.id) if {
	some item in permitted
	item.id in disabled
}

findings contains found(item.path, item.client, "is pre-authorised for a scope that does not exist", item.id) if {
	every_scope_has_an_id
	some item in permitted
	not item.id in ids
}

found(path, client, problem, permission) := finding.at(path, {
	"client": client,
	"clientName": clients.name_of(client),
	"permission": permission,
	"problem": problem,
})

# Placeholders and template references are no clients yet. A blueprint may call itself.
default is_unknown(_) := false

is_unknown(client) if {
	text.is_guid(client)
	not clients.is_office(client)
	not client in own_ids
	not text.matches_any(client, options.of("exposure/preauthorized-client").allow)
}

own_ids contains input.properties.appId

# The beta version of Graph has another name for the list of ids.
permitted := [item |
	some i, application in values.list(input.properties.api.preAuthorizedApplications)
	some property in ["delegatedPermissionIds", "permissionIds"]
	some j, id in values.list(application[property])
	text.is_guid(id)
	item := {
		"path": ["api", "preAuthorizedApplications", i, property, j],
		"client": values.text_or_null(object.get(application, "appId", null)),
		"id": id,
	}
]

ids contains scope.properties.id if some scope in scopes.exposed

disabled := ids - {scope.properties.id | some scope in scopes.enabled}

# An id that comes later may be the one that seems to be missing.
default every_scope_has_an_id := false

every_scope_has_an_id if {
	every scope in scopes.exposed {
		text.is_guid(scope.properties.id)
	}
}
