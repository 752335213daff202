# METADATA
# title: Agent is a member of a privileged group
# description: |
#   Members of a role-assignable group get every directory role that is assigned to the group, now and later, without
#   anybody looking at the agent again. Microsoft says that agents cannot join such groups, so a membership is older
#   than that or came past it. Groups without roles can be just as sensitive, for example one that is exempt from
#   Conditional Access or opens a vault: name them in the option `sensitiveGroups`. Memberships count directly and
#   through other groups.
# related_resources:
#   - ref: https://learn.microsoft.com/entra/agent-id/authorization-agent-id
#     description: Authorization in Microsoft Entra Agent ID
#   - ref: https://learn.microsoft.com/entra/identity/role-based-access-control/groups-concept
#     description: Groups to which directory roles can be assigned
# custom:
#   severity: high
#   wave: 1
#   applies_to: [agentIdentity, agentUser, blueprintPrincipal]
#   requires: [privilegedGroups]
#   sources: [tenant]
#   message: '"{name}" is a member of the {quality} group {group}[, which the option {list} names]'
#   remediation: >-
#     Remove the agent from the group, or from the group that is a member of it, and give the agent only the access that
#     its task needs.
#   controls:
#     owasp-nhi: [NHI5]
#     owasp-asi: [ASI03]
#     nist-800-53: [AC-6]
#   options:
#     sensitiveGroups:
#       type: array
#       items: { type: string, minLength: 1 }
#       description: Groups that no agent may be in, by object id or display name.
#       default: []
#     allow:
#       type: array
#       items: { type: string, minLength: 1 }
#       description: Groups that are not reported, by object id or display name, exact or with a trailing `*`.
#       default: []
#   since: 0.1.0
#   aliases: []
package agentid.permissions.role_assignable_group

import data.agentid.lib.finding
import data.agentid.lib.options
import data.agentid.lib.principals
import data.agentid.lib.text
import data.agentid.lib.values

findings contains finding.at(group.path, args_of(group, {"quality": "role-assignable", "list": null})) if {
	some group in groups
	group.assignable
}

findings contains finding.at(group.path, args_of(group, {"quality": "sensitive", "list": "sensitiveGroups"})) if {
	some group in groups
	not group.assignable
	is_named(group, options.of("permissions/role-assignable-group").sensitiveGroups)
}

groups := [group |
	some i, member in values.list(input.properties.transitiveMemberOf)
	is_object(member)
	group := {
		"path": ["transitiveMemberOf", i],
		"id": object.get(member, "id", null),
		"displayName": object.get(member, "displayName", null),
		"assignable": object.get(member, "isAssignableToRole", null) == true,
	}
	not is_named(group, options.of("permissions/role-assignable-group").allow)
]

args_of(group, told) := object.union(told, {"name": input.name, "group": principals.label(group)})

default is_named(_, _) := false

is_named(group, names) if text.any_matches([group.id, group.displayName], names)
