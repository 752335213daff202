# METADATA
# title: Tenant-wide consent to high-risk delegated permissions
# description: |
#   With a delegated permission an agent acts with the rights of the user that it works for. Consent for all users means
#   that this can be anybody, administrators included: text that is hidden in a mail or document can then steer the
#   agent into using their rights. The rule finds such consent to permissions that reach far, by Microsoft's privilege
#   level or by our own judgement (kept with a date in the table of permissions), to every permission that ends in
#   `.ReadWrite.All`, and to those in the option `also`. Consent of single users is not reported. The Agent 365 CLI
#   grants mail, chat and file permissions for all users; the profile `agent365` accepts that visibly.
# related_resources:
#   - ref: https://learn.microsoft.com/graph/api/resources/oauth2permissiongrant
#     description: oAuth2PermissionGrant resource type
#   - ref: https://learn.microsoft.com/graph/permissions-reference
#     description: Microsoft Graph permissions reference
#   - ref: https://learn.microsoft.com/entra/agent-id/authorization-agent-id
#     description: Authorization in Microsoft Entra Agent ID
# custom:
#   severity: high
#   wave: 1
#   applies_to: [blueprintPrincipal, agentIdentity]
#   requires: [oauth2PermissionGrants]
#   sources: [tenant]
#   message: >-
#     {kind} permission {permission}[ of {api}] ({origin}) reaches {reach}, whoever that is[; {why}][; its privilege
#     level is {level}][; the option {list} names it][. Narrower: {narrower}]
#   remediation: >-
#     Take the permission out of the consent for all users, and let only those users consent who need the agent, or
#     request the narrower permission that the message names. Add a permission that was reviewed to the option `allow`.
#   controls:
#     owasp-nhi: [NHI5, NHI10]
#     owasp-asi: [ASI01, ASI03, ASI09]
#     nist-800-53: [AC-6]
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
#         More delegated permissions that nobody should consent to for all users, by name, exact or with a trailing `*`.
#       default:
#         - Files.Read
#         - Files.Read.All
#         - Files.ReadWrite
#         - Mail.Read
#         - Mail.Read.Shared
#         - Mail.ReadWrite*
#         - Mail.Send*
#     allow:
#       type: array
#       items: { type: string, minLength: 1 }
#       description: Permissions that are not reported, by name, exact or with a trailing `*`.
#       default: []
#   since: 0.1.0
#   aliases: []
package agentid.permissions.consent_all_users

import data.agentid.lib.finding
import data.agentid.lib.options
import data.agentid.lib.permissions
import data.agentid.lib.requests

findings contains finding.at(permission.path, args) if {
	some permission in requests.granted
	permission.consent == "AllPrincipals"
	not permissions.is_listed(permission, options.of("permissions/consent-all-users").allow)
	basis := basis_of(permission, options.of("permissions/consent-all-users"))
	args := object.union(permissions.args_of(permission, {"level-4"}), basis)
}

# What the message adds to the table's reasons. Undefined for a permission that is not high.
basis_of(permission, settings) := {"level": null, "list": null} if {
	permission.record.tier == "broad-delegated"
} else := {"level": untold_level(permission.record), "list": null} if {
	permission.record.level >= settings.minimumLevel
	permission.record.tier != "scoped-alternative"
} else := {"level": null, "list": null} if {
	endswith(permission.name, ".ReadWrite.All")
} else := {"level": null, "list": "also"} if {
	permissions.is_listed(permission, settings.also)
}

# The table gives level 4 as a reason itself.
untold_level(record) := null if {
	"level-4" in record.reasons
} else := record.level
