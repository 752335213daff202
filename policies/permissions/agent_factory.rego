# METADATA
# title: Principal can create agents, blueprints or add their credentials
# description: |
#   These permissions create new agents and blueprints or change the credentials of existing ones. An agent that holds
#   one can create a successor with more rights or plant a key in any other agent, past the deployment pipeline and
#   without a sponsor who answers for it. `AgentIdentity.CreateAsManager` is on every blueprint principal, cannot be
#   removed and is not reported there. Microsoft's own agent platforms are not reported; name your deployment pipeline
#   in the option `allowedApps`.
# related_resources:
#   - ref: https://learn.microsoft.com/entra/agent-id/authorization-agent-id
#     description: Authorization in Microsoft Entra Agent ID
#   - ref: https://learn.microsoft.com/graph/permissions-reference
#     description: Microsoft Graph permissions reference
# custom:
#   severity: high
#   wave: 1
#   applies_to: [blueprint, blueprintPrincipal, agentIdentity]
#   requires: [appRoleAssignments, oauth2PermissionGrants]
#   sources: [tenant, manifest]
#   message: >-
#     {kind} permission {permission}[ of {api}] ({origin}) reaches {reach}; only the deployment pipeline should create
#     agents or change their credentials[. Narrower: {narrower}]
#   remediation: >-
#     Remove the permission and create agents from the deployment pipeline. If this is the pipeline, add its
#     application id to the option `allowedApps`.
#   controls:
#     owasp-nhi: [NHI5]
#     owasp-asi: [ASI03, ASI10]
#     nist-800-53: [AC-6(5), CM-5]
#   options:
#     also:
#       type: array
#       items: { type: string, minLength: 1 }
#       description: >-
#         More permissions that can create agents or change their credentials, by name, exact or with a trailing `*`.
#         Put `application/` or `delegated/` in front for one kind only.
#       default: [application/Application.ReadWrite.All]
#     allow:
#       type: array
#       items: { type: string, minLength: 1 }
#       description: >-
#         Permissions that are not reported, by name, exact or with a trailing `*`. Put `application/` or `delegated/`
#         in front for one kind only.
#       default: []
#     allowedApps:
#       type: array
#       items: { type: string, minLength: 1 }
#       description: Application ids (`appId`) of blueprints and principals that may create agents.
#       default: []
#   since: 0.1.0
#   aliases: []
package agentid.permissions.agent_factory

import data.agentid.lib.creators
import data.agentid.lib.finding
import data.agentid.lib.options
import data.agentid.lib.permissions
import data.agentid.lib.requests

findings contains finding.at_with_related(permission.path, args, permissions.related_of(permission)) if {
	count(requests.resolved) > 0
	settings := options.of("permissions/agent-factory")
	not creators.is_platform(object.get(input.properties, "appId", null), settings.allowedApps)
	some permission in requests.resolved
	makes_agents(permission, settings.also)
	not permissions.is_listed(permission, settings.allow)
	args := permissions.args_of(permission, {"agent-factory", "tenant-takeover"})
}

makes_agents(permission, _) if permission.record.tier == "agent-factory"

makes_agents(permission, also) if permissions.is_listed(permission, also)
