# METADATA
# title: Agent user has no sponsor
# description: |
#   An agent's user account can have a mailbox, join teams and sign in like a person, so somebody has to answer for what
#   it does. Its sponsors are its own: those of its agent identity are not asked about the account. Sponsors that could
#   not be read are not taken for missing ones. Microsoft's pages name sponsors of agent users as possible, not as
#   required, which is why this is only partly confirmed.
# related_resources:
#   - ref: https://learn.microsoft.com/entra/agent-id/agent-owners-sponsors-managers
#     description: Owners, sponsors and managers of agents
#   - ref: https://learn.microsoft.com/graph/api/resources/agentuser
#     description: agentUser resource type
# custom:
#   severity: medium
#   wave: 2
#   applies_to: [agentUser]
#   requires: [sponsors]
#   sources: [tenant]
#   message: 'agent user "{name}" has no sponsor'
#   remediation: Add at least one user to the sponsors of the agent user, or remove the account if nothing needs it.
#   controls:
#     owasp-nhi: [NHI1]
#   options: {}
#   since: 0.1.0
#   aliases: []
package agentid.accountability.agent_user_no_sponsor

import data.agentid.lib.finding

findings contains finding.at(["sponsors"], {"name": input.name}) if {
	count(input.sponsors) == 0
}
