# METADATA
# title: Client secret valid for too long
# description: |
#   A long-lived client secret is a standing key to every agent of the blueprint. The Agent 365 CLI has created secrets
#   that are valid for two years by default. A secret that has expired, or whose start or end is not stated, is not
#   judged.
# related_resources:
#   - ref: https://learn.microsoft.com/entra/agent-id/best-practices-agent-id
#     description: Best practices for Microsoft Entra Agent ID
# custom:
#   severity: medium
#   wave: 1
#   applies_to: [blueprint]
#   requires: []
#   sources: [manifest, tenant]
#   message: 'client secret[ "{credential}"] is valid for {days} days, the limit is {limit}'
#   remediation: >-
#     Replace the secret with a federated identity credential, or with a secret that is valid for no longer than the
#     limit.
#   controls:
#     owasp-nhi: [NHI7]
#     nist-800-53: ["IA-5(1)"]
#     cis-m365: ["5.1.5.3", "5.1.5.4", "5.1.5.5", "5.1.5.6"]
#   options:
#     maxDays:
#       type: integer
#       minimum: 1
#       description: Longest lifetime of a client secret in days.
#       default: 90
#   since: 0.1.0
#   aliases: []
package agentid.credentials.secret_lifetime

import data.agentid.lib.credentials
import data.agentid.lib.finding
import data.agentid.lib.options

findings contains finding.at(array.concat(credential.path, ["endDateTime"]), args) if {
	limit := options.of("credentials/secret-lifetime").maxDays
	some credential in input.credentials
	credential.type == "secret"
	not credentials.is_expired(credential.end)
	days := (credential.end - credential.start) / 86400
	days > limit
	args := {"credential": credential.displayName, "days": floor(days), "limit": limit}
}
