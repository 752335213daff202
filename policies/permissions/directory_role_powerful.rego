# METADATA
# title: Agent holds an allowed but powerful directory role
# description: |
#   That agents can have a directory role does not make it least privilege. Roles such as Exchange Administrator or
#   Global Reader reach all mailboxes or nearly all settings, where one permission would do. Which roles count as
#   powerful is our own judgement, kept with a date in the table of directory roles. Two kinds of roles are reported
#   because their reach cannot be told: custom roles, about which Microsoft's pages say both that agents can and that
#   they cannot have them, and built-in roles that are newer than the table. The options `customRoles` and `newRoles`
#   switch that off. An assignment that is limited to a part of the tenant is not reported; name automation that was
#   reviewed in the option `allow`. Roles that agents cannot have are reported by
#   `permissions/directory-role-disallowed`.
# related_resources:
#   - ref: https://learn.microsoft.com/entra/agent-id/authorization-agent-id
#     description: Authorization in Microsoft Entra Agent ID, with the roles that agents can have
#   - ref: https://learn.microsoft.com/entra/identity/role-based-access-control/permissions-reference
#     description: Microsoft Entra built-in roles
# custom:
#   severity: high
#   wave: 1
#   applies_to: [agentIdentity, agentUser, blueprintPrincipal]
#   requires: [roleAssignments]
#   sources: [tenant]
#   message: >-
#     "{name}" holds [the directory role {role}][the custom directory role {customRole}][the directory role {newRole}][
#     through the group {group}][ and so reaches {reach}][; whether agents can have custom roles is documented both
#     ways, and only its definition tells what {customRole} reaches][; {newRole} is newer than the table of roles
#     (data of {date}), so that its reach is not known]
#   remediation: >-
#     Replace the role with the permission of Microsoft Graph that the task needs, or with a role for a part of the
#     tenant. Add a role that was reviewed and is needed to the option `allow`.
#   controls:
#     owasp-nhi: [NHI5]
#     owasp-asi: [ASI03]
#     nist-800-53: [AC-6]
#   options:
#     allow:
#       type: array
#       items: { type: string, minLength: 1 }
#       description: >-
#         Roles that agents may hold, by name or template id, exact or with a trailing `*`.
#       default: []
#     customRoles:
#       type: boolean
#       description: Whether custom roles are reported.
#       default: true
#     newRoles:
#       type: boolean
#       description: Whether built-in roles that are newer than the table are reported.
#       default: true
#   since: 0.1.0
#   aliases: []
package agentid.permissions.directory_role_powerful

import data.agentid.lib.finding
import data.agentid.lib.options
import data.agentid.lib.roles

findings contains finding.at(role.path, args_of(role.group, told)) if {
	some role in roles.held
	role.scope == null
	not roles.is_listed(role, options.of("permissions/directory-role-powerful").allow)
	told := told_of(role, options.of("permissions/directory-role-powerful"))
}

# Undefined for a role that is not reported.
told_of(role, _) := {"role": role.name, "reach": role.record.reach}

told_of(role, settings) := {"customRole": role.name} if {
	role.record == {}
	role.custom
	settings.customRoles
}

told_of(role, settings) := {"newRole": role.name} if {
	role.record == {}
	not role.custom
	settings.newRoles
}

args_of(group, told) := object.union(
	{
		"name": input.name,
		"role": null,
		"customRole": null,
		"newRole": null,
		"reach": null,
		"group": group,
		"date": roles.table.date,
	},
	told,
)
