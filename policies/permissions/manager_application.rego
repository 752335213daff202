# METADATA
# title: Another application may create agents from this blueprint
# description: |
#   A manager application can create agent identities and agent users from the blueprint, and so decides how many
#   agents get its permissions. Whoever controls that application controls them. Microsoft's own agent platforms
#   (Copilot Studio, Foundry, Security Copilot, Agent 365) are expected there and not reported. References that a
#   pipeline fills in later are not judged.
# related_resources:
#   - ref: https://learn.microsoft.com/graph/api/resources/agentidentityblueprint
#     description: agentIdentityBlueprint resource type
# custom:
#   severity: low
#   wave: 1
#   applies_to: [blueprint]
#   requires: []
#   sources: [manifest, tenant]
#   message: 'application {application}[ ({name})] may create agent identities and agent users from this blueprint'
#   remediation: >-
#     Remove the application from `managerApplications`, or add its application id to the option `allow` once somebody
#     answers for it.
#   controls:
#     owasp-asi: [ASI03]
#   options:
#     allow:
#       type: array
#       items: { type: string, minLength: 1 }
#       description: Application ids that may be manager applications, besides Microsoft's agent platforms.
#       default: []
#   since: 0.1.0
#   aliases: []
package agentid.permissions.manager_application

import data.agentid.lib.clients
import data.agentid.lib.creators
import data.agentid.lib.finding
import data.agentid.lib.options
import data.agentid.lib.text

findings contains finding.at(["managerApplications", i], args) if {
	some i, application in input.properties.managerApplications
	text.is_guid(application)
	application != object.get(input.properties, "appId", null)
	not creators.is_platform(application, options.of("permissions/manager-application").allow)
	args := {"application": application, "name": clients.name_of(application)}
}
