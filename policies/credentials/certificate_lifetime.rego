# METADATA
# title: Certificate valid for too long
# description: |
#   A certificate authenticates as the blueprint, and so as every agent made from it, for as long as it is valid.
#   Microsoft asks for certificates to be rotated at least once a year and kept in a hardware security module or key
#   vault. Certificates that encrypt tokens authenticate nobody and are not judged. Neither are certificates that have
#   expired, or whose start or end is not stated.
# related_resources:
#   - ref: https://learn.microsoft.com/entra/agent-id/best-practices-agent-id
#     description: Best practices for Microsoft Entra Agent ID
#   - ref: https://learn.microsoft.com/graph/api/resources/keycredential
#     description: keyCredential resource type
# custom:
#   severity: medium
#   wave: 1
#   applies_to: [blueprint]
#   requires: []
#   sources: [manifest, tenant]
#   message: 'certificate[ "{credential}"] is valid for {days} days, the limit is {limit}'
#   remediation: >-
#     Issue a certificate that is valid for no longer than the limit and put it in place of the entry in
#     `keyCredentials`, or move to a federated identity credential.
#   controls:
#     owasp-nhi: [NHI7]
#     nist-800-53: ["IA-5(2)"]
#   options:
#     maxDays:
#       type: integer
#       minimum: 1
#       description: Longest lifetime of a certificate in days.
#       default: 366
#   since: 0.1.0
#   aliases: []
package agentid.credentials.certificate_lifetime

import data.agentid.lib.credentials
import data.agentid.lib.finding
import data.agentid.lib.options

findings contains finding.at(array.concat(credential.path, ["endDateTime"]), args) if {
	limit := options.of("credentials/certificate-lifetime").maxDays
	some credential in input.credentials
	credential.type == "certificate"
	not credentials.is_encryption(credential.usage)
	not credentials.is_expired(credential.end)
	days := (credential.end - credential.start) / 86400
	days > limit
	args := {"credential": credential.displayName, "days": floor(days), "limit": limit}
}
