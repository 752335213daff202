# METADATA
# title: Sponsor is disabled, deleted or a guest
# description: |
#   When the last person who answers for an agent leaves, the agent is an orphan that still runs. The rule finds objects
#   none of whose sponsors can act any more: accounts that are disabled or deleted, and groups in which no account is
#   enabled. It also finds those for which only guests are left, as another organisation decides about guests; the
#   option `allowGuests` accepts them. One sponsor who can act is enough, and so is one about whom nothing could be
#   read. Microsoft Entra passes sponsorship on to a manager only where lifecycle workflows are licensed and set up.
#   Name people on long leave, whose account is disabled for that time, in the option `onLeave`.
# related_resources:
#   - ref: https://learn.microsoft.com/entra/agent-id/agent-owners-sponsors-managers
#     description: Owners, sponsors and managers of agents
#   - ref: https://learn.microsoft.com/entra/id-governance/what-are-lifecycle-workflows
#     description: Lifecycle workflows
# custom:
#   severity: high
#   wave: 1
#   applies_to: [blueprint, agentIdentity, agentUser]
#   requires: [sponsors, principals]
#   sources: [tenant]
#   message: '[no sponsor of "{name}" can act any more: {gone}][only guests still answer for "{name}": {guests}]'
#   remediation: >-
#     Add a sponsor who works here now, and remove those who left. Where guests answer for an agent on purpose, set the
#     option `allowGuests`.
#   controls:
#     owasp-nhi: [NHI1]
#     nist-800-53: [AC-2(3), PS-4]
#   options:
#     allowGuests:
#       type: boolean
#       description: Accept objects whose only sponsors are guests.
#       default: false
#     onLeave:
#       type: array
#       items: { type: string, minLength: 1 }
#       description: >-
#         Sponsors who count although their account is disabled, by user principal name or object id, exact or with a
#         trailing `*`.
#       default: []
#   since: 0.1.0
#   aliases: []
package agentid.accountability.sponsor_inactive

import data.agentid.lib.finding
import data.agentid.lib.options
import data.agentid.lib.principals
import data.agentid.lib.text

findings contains finding.at(["sponsors"], {"name": input.name, "gone": gone, "guests": null}) if {
	is_left_alone
	count(guests) == 0
}

findings contains finding.at(["sponsors"], {"name": input.name, "gone": null, "guests": guests}) if {
	is_left_alone
	count(guests) > 0
	not options.of("accountability/sponsor-inactive").allowGuests
}

standings := [principals.standing(sponsor) | some sponsor in input.sponsors]

# The first sponsor of most agents can act, so that nothing has to be known about the others.
default is_left_alone := false

is_left_alone if {
	principals.standing(input.sponsors[0]) != "active"
	not "active" in standings
	not "unknown" in standings
	not has_somebody_on_leave
}

default has_somebody_on_leave := false

has_somebody_on_leave if {
	named := options.of("accountability/sponsor-inactive").onLeave
	some sponsor in input.sponsors
	sponsor.state == "disabled"
	text.any_matches([sponsor.userPrincipalName, sponsor.id], named)
}

gone := [$"{principals.label(sponsor)} ({reason})" |
	some i, sponsor in input.sponsors
	standing := standings[i]
	reason := reasons[standing]
]

guests := [principals.label(sponsor) |
	some i, sponsor in input.sponsors
	standings[i] == "guest"
]

reasons := {
	"disabled": "disabled",
	"deleted": "deleted",
	"empty": "a group without an active member",
}
