# METADATA
# title: Review trial is set
# description: |
#   What the rule finds, why it matters to somebody who has never heard of it, and what it does not say.
# related_resources:
#   - ref: https://learn.microsoft.com/entra/agent-id/best-practices-agent-id
#     description: Best practices for Microsoft Entra Agent ID
# custom:
#   severity: low
#   wave: 1
#   applies_to: [blueprint]
#   requires: []
#   sources: [manifest, tenant]
#   message: 'notes say "{notes}"'
#   remediation: Remove `notes`.
#   controls:
#     nist-800-53: [CM-6]
#   options: {}
#   since: 0.1.0
#   aliases: []
package agentid.metadata.review_trial

import data.agentid.lib.finding

findings contains finding.at(["notes"], {"notes": notes}) if {
	notes := input.properties.notes
	is_string(notes)
	notes != ""
}
