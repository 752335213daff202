# METADATA
# title: Sponsor of a kind that is not allowed
# description: |
#   Sponsors answer for an agent, so Microsoft Entra limits them to users, Microsoft 365 groups and dynamic groups. A
#   service principal or the user account of an agent cannot answer for anything, and the members of role-assignable
#   groups and of assigned security groups must not become responsible without noticing. At most 100 sponsors are
#   possible, and 5 of them groups. Microsoft's own pages disagree about service principals, which older objects may
#   still have: the option `allowServicePrincipals` lets them through. A sponsor whose kind the file does not tell is
#   not judged, nor is a group whose type it does not tell.
# related_resources:
#   - ref: https://learn.microsoft.com/graph/api/agentidentityblueprint-post-sponsors
#     description: Who can be a sponsor of a blueprint
#   - ref: https://learn.microsoft.com/graph/api/agentidentity-post-sponsors
#     description: Who can be a sponsor of an agent identity
#   - ref: https://learn.microsoft.com/entra/agent-id/agent-owners-sponsors-managers
#     description: Owners, sponsors and managers of agents
# custom:
#   severity: high
#   wave: 1
#   applies_to: [blueprint, agentIdentity]
#   requires: [sponsors]
#   sources: [manifest, tenant]
#   message: '{problem}[: {sponsor}][: {count}, the limit is {limit}]'
#   remediation: >-
#     Replace the sponsor by a user, a Microsoft 365 group or a group with dynamic membership, and keep to 100 sponsors,
#     5 of them groups.
#   controls:
#     owasp-nhi: [NHI10]
#     nist-800-53: [AC-2]
#   options:
#     allowServicePrincipals:
#       type: boolean
#       description: Whether service principals may be sponsors, as some of Microsoft's pages say.
#       default: false
#   since: 0.1.0
#   aliases: []
package agentid.accountability.sponsor_kind

import data.agentid.lib.finding
import data.agentid.lib.limits
import data.agentid.lib.options
import data.agentid.lib.principals

findings contains of_kind(sponsor, "a service principal is sponsor") if {
	some sponsor in input.sponsors
	sponsor.kind == "servicePrincipal"
	not options.of("accountability/sponsor-kind").allowServicePrincipals
}

findings contains of_kind(sponsor, "an agent's user account is sponsor") if {
	some sponsor in input.sponsors
	sponsor.kind == "agentUser"
}

findings contains of_kind(sponsor, "a role-assignable group is sponsor") if {
	some sponsor in input.sponsors
	sponsor.kind == "group"
	sponsor.isAssignableToRole == true
}

findings contains of_kind(sponsor, "an assigned security group is sponsor") if {
	some sponsor in input.sponsors
	sponsor.kind == "group"
	object.get(sponsor, "isAssignableToRole", null) != true
	sponsor.securityEnabled == true
	is_array(sponsor.groupTypes)
	{lower(type) | some type in sponsor.groupTypes} & {"dynamicmembership", "unified"} == set()
}

findings contains too_many("there are too many sponsors", number, limit) if {
	number := count(input.sponsors)
	limit := limits.of("sponsors")
	number > limit
}

findings contains too_many("there are too many group sponsors", number, limit) if {
	number := count([sponsor | some sponsor in input.sponsors; sponsor.kind == "group"])
	limit := limits.of("sponsor_groups")
	number > limit
}

of_kind(sponsor, problem) := finding.at(
	sponsor.path,
	{"problem": problem, "sponsor": principals.label(sponsor), "count": null, "limit": null},
)

too_many(problem, number, limit) := finding.at(
	["sponsors"],
	{"problem": problem, "sponsor": null, "count": number, "limit": limit},
)
