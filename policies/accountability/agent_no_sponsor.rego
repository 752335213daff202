# METADATA
# title: Agent identity has no sponsor
# description: |
#   A sponsor is the person or group that answers for why an agent exists and whether it may continue. Each agent
#   identity has sponsors of its own, beside those of its blueprint, and lifecycle workflows, access packages and
#   attestations all go to them. Microsoft Entra asks for one when an agent is created, but the last one can be removed.
#   Sponsors that could not be read are not taken for missing ones. While sponsorship moves from one person to another,
#   an agent may be without a sponsor for a short time.
# related_resources:
#   - ref: https://learn.microsoft.com/entra/agent-id/agent-owners-sponsors-managers
#     description: Owners, sponsors and managers of agents
#   - ref: https://learn.microsoft.com/graph/api/agentidentity-list-sponsors
#     description: List sponsors of an agent identity
# custom:
#   severity: high
#   wave: 1
#   applies_to: [agentIdentity]
#   requires: [sponsors]
#   sources: [tenant]
#   message: 'agent identity "{name}" has no sponsor'
#   remediation: >-
#     Add at least one user, Microsoft 365 group or dynamic group to the sponsors of the agent identity, or disable the
#     agent if nobody answers for it any more.
#   controls:
#     owasp-nhi: [NHI1]
#     owasp-asi: [ASI03, ASI10]
#     nist-800-53: [AC-2]
#     zero-trust: ["61013"]
#   options: {}
#   since: 0.1.0
#   aliases: []
package agentid.accountability.agent_no_sponsor

import data.agentid.lib.finding

findings contains finding.at(["sponsors"], {"name": input.name}) if {
	count(input.sponsors) == 0
}
