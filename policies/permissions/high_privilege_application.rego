# METADATA
# title: High-privilege application permission
# description: |
#   An application permission works without a user, around the clock and in the whole tenant, and agents of the
#   blueprint may inherit it. A permission counts as high when Microsoft's permission reference gives it privilege
#   level 4, or when its holder can take control of the tenant, directly or in one step. Microsoft states no level for
#   about a hundred permissions; those of them that change privileged roles are named in the option `also`. The narrow
#   `.Selected` permissions are never reported because of their level.
# related_resources:
#   - ref: https://learn.microsoft.com/graph/permissions-reference
#     description: Microsoft Graph permissions reference
#   - ref: https://learn.microsoft.com/entra/agent-id/authorization-agent-id
#     description: Authorization in Microsoft Entra Agent ID
# custom:
#   severity: critical
#   wave: 1
#   applies_to: [blueprint, blueprintPrincipal, agentIdentity]
#   requires: [appRoleAssignments]
#   sources: [manifest, tenant]
#   message: >-
#     {kind} permission {permission}[ of {api}] ({origin}) reaches {reach}[; {why}][; its privilege level is {level}][;
#     the option {list} names it][. Narrower: {narrower}]
#   remediation: >-
#     Replace the permission with the narrower one that the message names, or with a delegated one, so that the agent
#     acts for a signed-in user. Add a permission that was reviewed and is needed to the option `allow`.
#   controls:
#     owasp-nhi: [NHI5]
#     owasp-asi: [ASI03]
#     nist-800-53: [AC-6, AC-6(1)]
#     cis-m365: ["5.1.5.1", "5.1.5.2"]
#   options:
#     minimumLevel:
#       type: integer
#       minimum: 1
#       maximum: 5
#       description: Privilege level in Microsoft's permission reference from which a permission counts as high.
#       default: 4
#     also:
#       type: array
#       items: { type: string, minLength: 1 }
#       description: >-
#         Application permissions that count as high whatever their level, by name, exact or with a trailing `*`.
#       default:
#         - OnPremDirectorySynchronization.ReadWrite.All
#         - Policy.ReadWrite.IdentityProtection
#         - PrivilegedAccess.ReadWrite.*
#         - PrivilegedAssignmentSchedule.ReadWrite.*
#         - PrivilegedEligibilitySchedule.ReadWrite.*
#         - RoleManagementPolicy.ReadWrite.*
#     allow:
#       type: array
#       items: { type: string, minLength: 1 }
#       description: Permissions that are not reported, by name, exact or with a trailing `*`.
#       default: []
#   since: 0.1.0
#   aliases: []
package agentid.permissions.high_privilege_application

import data.agentid.lib.finding
import data.agentid.lib.options
import data.agentid.lib.permissions
import data.agentid.lib.requests

findings contains finding.at_with_related(permission.path, args, permissions.related_of(permission)) if {
	some permission in requests.resolved
	permission.kind == "application"
	not permissions.is_listed(permission, options.of("permissions/high-privilege-application").allow)
	basis := basis_of(permission, options.of("permissions/high-privilege-application"))
	args := object.union(permissions.args_of(permission, {"tenant-takeover", "level-4"}), basis)
}

# What the message adds to the table's reasons. Undefined for a permission that is not high.
basis_of(permission, settings) := {"level": null, "list": null} if {
	permission.record.tier == "tenant-takeover"
} else := {"level": untold_level(permission.record), "list": null} if {
	permission.record.level >= settings.minimumLevel
	permission.record.tier != "scoped-alternative"
} else := {"level": null, "list": "also"} if {
	permissions.is_listed(permission, settings.also)
}

# The table gives level 4 as a reason itself.
untold_level(record) := null if {
	"level-4" in record.reasons
} else := record.level
