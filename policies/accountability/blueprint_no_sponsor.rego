# METADATA
# title: Blueprint has no sponsor
# description: |
#   A sponsor is the person or group that answers for why an agent exists and whether it may continue. Microsoft Entra
#   asks for one when a blueprint is created, but sponsors can be removed later and some tools create blueprints
#   without one. Then nobody is accountable for any agent made from the blueprint. Sponsors are not part of an export
#   from the portal or of a plain Graph answer: say `relationships: elsewhere` in the config for such files.
# related_resources:
#   - ref: https://learn.microsoft.com/entra/agent-id/agent-owners-sponsors-managers
#     description: Owners, sponsors and managers of agents
# custom:
#   severity: high
#   wave: 1
#   applies_to: [blueprint]
#   requires: [sponsors]
#   sources: [manifest, tenant]
#   message: 'blueprint "{name}" has no sponsor'
#   remediation: >-
#     Add at least one user, Microsoft 365 group or dynamic group to `sponsors`. For a file that does not keep sponsors,
#     such as an export, set `relationships: elsewhere` in the config.
#   controls:
#     owasp-nhi: [NHI1]
#     owasp-asi: [ASI03, ASI10]
#     nist-800-53: [AC-2]
#     zero-trust: ["61013"]
#   options: {}
#   since: 0.1.0
#   aliases: []
package agentid.accountability.blueprint_no_sponsor

import data.agentid.lib.finding

findings contains finding.at(["sponsors"], {"name": input.name}) if {
	count(input.sponsors) == 0
}
