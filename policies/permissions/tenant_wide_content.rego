# METADATA
# title: Application permission to read or write all mail, files, sites or chats
# description: |
#   With such a permission an agent reads, writes or sends the content of everybody in the tenant, without a user. A
#   prompt that is hidden in one mail or document is then enough to send out any other. The platform does not stop it:
#   Microsoft's list of permissions blocked for agents has no mail permission at all. Which permissions reach content
#   is our own judgement, kept with a date in the table of Graph permissions. `Sites.Selected` and the other
#   `.Selected` permissions are the accepted way and never reported. Exchange can limit an application to some
#   mailboxes, which neither a manifest nor a grant shows. Name the permission in the option `allow` where that is done.
# related_resources:
#   - ref: https://learn.microsoft.com/graph/permissions-selected-overview
#     description: Selected permissions in OneDrive and SharePoint
#   - ref: https://learn.microsoft.com/exchange/permissions-exo/application-rbac
#     description: Role-based access control for applications in Exchange Online
#   - ref: https://learn.microsoft.com/graph/api/resources/agentid-platform-overview
#     description: Microsoft Graph permissions that are blocked for agents
# custom:
#   severity: high
#   wave: 1
#   applies_to: [blueprint, blueprintPrincipal, agentIdentity]
#   requires: [appRoleAssignments]
#   sources: [manifest, tenant]
#   message: >-
#     {kind} permission {permission}[ of {api}] ({origin}) reaches {reach}, without a signed-in user[. Narrower:
#     {narrower}]
#   remediation: >-
#     Use the delegated permission, so that the agent reaches only what its user can, or a `.Selected` one. Where
#     Exchange limits the application permission to the mailboxes that the agent needs, add it to the option `allow`.
#   controls:
#     owasp-nhi: [NHI5]
#     owasp-asi: [ASI01, ASI02, ASI03]
#     nist-800-53: [AC-6, SC-7]
#   options:
#     allow:
#       type: array
#       items: { type: string, minLength: 1 }
#       description: >-
#         Permissions that are not reported, for example because Exchange limits them to some mailboxes; by name, exact
#         or with a trailing `*`.
#       default: []
#   since: 0.1.0
#   aliases: []
package agentid.permissions.tenant_wide_content

import data.agentid.lib.finding
import data.agentid.lib.options
import data.agentid.lib.permissions
import data.agentid.lib.requests

findings contains finding.at_with_related(permission.path, args, permissions.related_of(permission)) if {
	some permission in requests.resolved
	permission.kind == "application"
	permission.record.tier == "mass-content"
	not permissions.is_listed(permission, options.of("permissions/tenant-wide-content").allow)
	args := permissions.args_of(permission, {"mass-content"})
}
