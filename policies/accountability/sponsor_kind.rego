# METADATA
# title: Sponsor of a kind that is not allowed
# description: |
#   Sponsors answer for an agent, so Microsoft Entra allows only users, Microsoft 365 groups and dynamic groups. A
#   service principal or an agent user cannot answer for anything, and the members of role-assignable groups and of
#   assigned security groups would become responsible without noticing. There can be at most 100 sponsors, of which at
#   most 5 are groups. Microsoft's own pages disagree about service principals, and older objects may still have them:
#   the option `allowServicePrincipals` accepts them. A sponsor whose kind is not stated is not judged, and neither is
#   a group whose type is not stated.
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
#   requires: [sponsors, principals]
#   sources: [manifest, tenant]
#   message: '{problem}[: {sponsor}][: {count}, the limit is {limit}]'
#   remediation: >-
#     Replace the sponsor with a user, a Microsoft 365 group or a group with dynamic membership. Keep to 100 sponsors,
#     at most 5 of them groups.
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

findings contains finding.at(sponsor.path, args) if {
	some sponsor in input.sponsors

	# Most are people, about whom there is nothing to ask.
	sponsor.kind != "user"
	problem := problem_of(sponsor)
	args := {"problem": problem, "sponsor": principals.label(sponsor), "count": null, "limit": null}
}

findings contains too_many("there are too many sponsors", number, limit) if {
	number := count(input.sponsors)
	limit := limits.of("sponsors")
	number > limit
}

findings contains too_many("there are too many group sponsors", number, limit) if {
	limit := limits.of("sponsor_groups")
	count(input.sponsors) > limit
	number := count([sponsor | some sponsor in input.sponsors; sponsor.kind == "group"])
	number > limit
}

# What is wrong with a sponsor of this kind. Undefined when nothing is.
problem_of(sponsor) := "a service principal cannot be a sponsor" if {
	sponsor.kind == "servicePrincipal"
	not options.of("accountability/sponsor-kind").allowServicePrincipals
} else := "an agent user cannot be a sponsor" if {
	sponsor.kind == "agentUser"
} else := problem_of_group(sponsor) if {
	sponsor.kind == "group"
}

problem_of_group(group) := "a role-assignable group cannot be a sponsor" if {
	group.isAssignableToRole == true
} else := "an assigned security group cannot be a sponsor" if {
	group.securityEnabled == true
	is_array(group.groupTypes)
	{lower(type) | some type in group.groupTypes} & {"dynamicmembership", "unified"} == set()
}

too_many(problem, number, limit) := finding.at(
	["sponsors"],
	{"problem": problem, "sponsor": null, "count": number, "limit": limit},
)
