# METADATA
# title: Permission that Microsoft blocks for agents
# description: |
#   Microsoft publishes a list of Microsoft Graph permissions that agents must not have, because a single agent that is
#   tricked into misusing them can take over the tenant or read everything in it. A grant of one is refused when the
#   agent is deployed; one that is older than the list is a serious exposure. Permissions are found by id and by name,
#   always for the matching kind: many are blocked only as application permissions. `AgentIdentity.CreateAsManager` is
#   not reported on a blueprint, because every blueprint principal gets it from the platform. Where a blueprint needs a
#   blocked permission for itself and not for its agents, name it in the option `allow`.
# related_resources:
#   - ref: https://learn.microsoft.com/graph/api/resources/agentid-platform-overview
#     description: Microsoft Graph permissions that are blocked for agents
#   - ref: https://learn.microsoft.com/entra/agent-id/authorization-agent-id
#     description: Authorization in Microsoft Entra Agent ID
# custom:
#   severity: critical
#   wave: 1
#   applies_to: [blueprint, blueprintPrincipal, agentIdentity, agent365Config]
#   requires: [appRoleAssignments, oauth2PermissionGrants]
#   sources: [manifest, repository, tenant]
#   message: '{kind} permission {permission} ({origin}) reaches {reach}; {why}[. Narrower: {narrower}]'
#   remediation: >-
#     Remove the permission, or replace it with the narrower one that the message names. If the blueprint needs it for
#     itself and its agents do not inherit it, add it to the option `allow`.
#   controls:
#     owasp-nhi: [NHI5]
#     owasp-asi: [ASI03]
#     nist-800-53: [AC-6]
#   options:
#     allow:
#       type: array
#       items: { type: string, minLength: 1 }
#       description: >-
#         Permissions that are not reported, by name, exact or with a trailing `*`. Put `application/` or `delegated/`
#         in front for one kind only.
#       default: []
#   since: 0.1.0
#   aliases: []
package agentid.permissions.blocked_for_agents

import data.agentid.lib.finding
import data.agentid.lib.options
import data.agentid.lib.permissions
import data.agentid.lib.requests

findings contains finding.at_with_related(permission.path, args, permissions.related_of(permission)) if {
	some permission in requests.resolved
	permission.record.blocked
	not permissions.is_listed(permission, options.of("permissions/blocked-for-agents").allow)
	args := permissions.args_of(permission, {"blocked"})
}
