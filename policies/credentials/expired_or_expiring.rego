# METADATA
# title: Credential expired or about to expire
# description: |
#   When the last secret or certificate of a blueprint expires, all of its agents stop. An expired one that stays in
#   the list hides the live ones from reviewers, so it is always reported. One that is about to expire is not reported
#   when the blueprint has another credential of the same type that lasts longer. A credential whose end is not stated
#   is not reported, and counts as one that lasts longer.
# related_resources:
#   - ref: https://learn.microsoft.com/entra/agent-id/best-practices-agent-id
#     description: Best practices for Microsoft Entra Agent ID
# custom:
#   severity: medium
#   wave: 1
#   applies_to: [blueprint]
#   requires: []
#   sources: [manifest, tenant]
#   message: '{type}[ "{credential}"] {state} on {date}[, {daysAgo} days ago][, in {daysLeft} days]'
#   remediation: >-
#     Remove an expired credential from its list. Before a credential expires, add a newer one of the same type, or
#     remove it after moving the agents to a federated identity credential.
#   controls:
#     owasp-nhi: [NHI1, NHI7]
#     nist-800-53: [IA-5]
#   options:
#     warnDays:
#       type: integer
#       minimum: 0
#       description: How many days before its end a credential without a replacement is reported.
#       default: 30
#   since: 0.1.0
#   aliases: []
package agentid.credentials.expired_or_expiring

import data.agentid.lib.credentials
import data.agentid.lib.finding
import data.agentid.lib.options
import data.agentid.lib.run

findings contains finding.at(path, args) if {
	some credential in input.credentials
	credentials.is_expired(credential.end)
	path := array.concat(credential.path, ["endDateTime"])
	days := floor((run.now - credential.end) / 86400)
	args := {
		"type": credentials.word_of(credential.type),
		"credential": credential.displayName,
		"state": "expired",
		"date": date_at(input.properties, path),
		"daysAgo": more_than_one(days),
		"daysLeft": null,
	}
}

findings contains finding.at(path, args) if {
	window := options.of("credentials/expired-or-expiring").warnDays * 86400
	some credential in input.credentials
	left := credential.end - run.now
	left > 0
	left <= window
	every other in input.credentials {
		not replaces(other, credential)
	}
	path := array.concat(credential.path, ["endDateTime"])
	args := {
		"type": credentials.word_of(credential.type),
		"credential": credential.displayName,
		"state": "expires",
		"date": date_at(input.properties, path),
		"daysAgo": null,
		"daysLeft": more_than_one(floor(left / 86400)),
	}
}

date_at(properties, path) := substring(object.get(properties, path, ""), 0, 10)

# The message leaves out "0 days" and "1 days"; the date says it.
more_than_one(days) := days if {
	days > 1
} else := null

default replaces(_, _) := false

# A token encryption certificate cannot stand in for one that authenticates.
replaces(other, credential) if {
	other.type == credential.type
	credentials.is_encryption(other.usage) == credentials.is_encryption(credential.usage)
	credentials.outlives(other.end, credential.end)
}
