# METADATA
# title: Agent holds a directory role that is not allowed for agents
# description: |
#   Microsoft publishes a list of the built-in directory roles that agents can have. Global Administrator, Privileged
#   Role Administrator, User Administrator and everything else that is not on it cannot be assigned to an agent, because
#   a single agent that is tricked into misusing such a role can take over the tenant. An assignment that exists all the
#   same is older than the list, or came past it. Limiting it to a part of the tenant does not make it allowed. Roles
#   are found by template id, also where a group passes them on. Custom roles and roles that are newer than the list are
#   not judged here but by `permissions/directory-role-powerful`.
# related_resources:
#   - ref: https://learn.microsoft.com/entra/agent-id/authorization-agent-id
#     description: Authorization in Microsoft Entra Agent ID, with the roles that agents can have
#   - ref: https://learn.microsoft.com/entra/identity/role-based-access-control/permissions-reference
#     description: Microsoft Entra built-in roles
# custom:
#   severity: critical
#   wave: 1
#   applies_to: [agentIdentity, agentUser, blueprintPrincipal]
#   requires: [roleAssignments]
#   sources: [tenant]
#   message: >-
#     "{name}" holds the directory role {role}[ through the group {group}][, limited to {scope}]; it is not among the
#     roles that agents can have (list of {date})
#   remediation: >-
#     Remove the role assignment, or the agent from the group that passes the role on. Give the agent the one
#     permission of Microsoft Graph that its task needs.
#   controls:
#     owasp-nhi: [NHI5]
#     owasp-asi: [ASI03]
#     nist-800-53: [AC-6(5)]
#   options:
#     allow:
#       type: array
#       items: { type: string, minLength: 1 }
#       description: >-
#         Roles that are not reported, for example because Microsoft allows them by now; by name or template id, exact
#         or with a trailing `*`.
#       default: []
#   since: 0.1.0
#   aliases: []
package agentid.permissions.directory_role_disallowed

import data.agentid.lib.finding
import data.agentid.lib.options
import data.agentid.lib.roles

findings contains finding.at(role.path, args) if {
	some role in roles.held
	role.record.allowed == false
	not roles.is_listed(role, options.of("permissions/directory-role-disallowed").allow)
	args := {
		"name": input.name,
		"role": role.name,
		"group": role.group,
		"scope": role.scope,
		"date": roles.table.allowed_date,
	}
}
