# METADATA
# title: Blueprint has no owner
# description: |
#   Owners look after a blueprint: they renew credentials, change settings and switch it on again. Without an owner,
#   only administrators of the tenant can repair or retire its agents. Sponsors do not replace owners: they answer for
#   the purpose, not for the upkeep. Blueprints that Microsoft's agent platforms create have no owner by design and are
#   not reported; the option `allowCreators` names further platforms. Owners are not part of an export from the portal
#   or of a plain Graph answer: say `relationships: elsewhere` in the config for such files.
# related_resources:
#   - ref: https://learn.microsoft.com/entra/agent-id/agent-owners-sponsors-managers
#     description: Owners, sponsors and managers of agents
#   - ref: https://learn.microsoft.com/entra/agent-id/best-practices-agent-id
#     description: Best practices for Microsoft Entra Agent ID
# custom:
#   severity: medium
#   wave: 1
#   applies_to: [blueprint]
#   requires: [owners]
#   sources: [manifest, tenant]
#   message: 'blueprint "{name}" has no owner'
#   remediation: >-
#     Add at least one user who looks after the blueprint to `owners`. For a file that does not keep owners, such as an
#     export, set `relationships: elsewhere` in the config.
#   controls:
#     owasp-nhi: [NHI1]
#     nist-800-53: [AC-2, CM-3]
#     zero-trust: ["61014"]
#   options:
#     allowCreators:
#       type: array
#       items: { type: string }
#       description: Application ids (`createdByAppId`) of further platforms whose blueprints have no owners.
#       default: []
#   since: 0.1.0
#   aliases: []
package agentid.accountability.no_owner

import data.agentid.lib.creators
import data.agentid.lib.finding
import data.agentid.lib.options

findings contains finding.at(["owners"], {"name": input.name}) if {
	count(input.owners) == 0
	creator := object.get(input.properties, "createdByAppId", null)
	not creators.is_platform(creator, options.of("accountability/no-owner").allowCreators)
}
