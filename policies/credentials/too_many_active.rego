# METADATA
# title: More active credentials than rotation needs
# description: |
#   Each client secret and certificate is another way to act as every agent of the blueprint, and another one to lose.
#   A rotation without downtime needs two, the old and the new. Expired credentials and certificates that encrypt
#   tokens are not counted.
# related_resources:
#   - ref: https://learn.microsoft.com/entra/agent-id/best-practices-agent-id
#     description: Best practices for Microsoft Entra Agent ID
# custom:
#   severity: low
#   wave: 1
#   applies_to: [blueprint]
#   requires: []
#   sources: [manifest, tenant]
#   message: 'blueprint "{name}" has {count} active client secrets and certificates, the limit is {limit}'
#   remediation: >-
#     Remove entries of `passwordCredentials` and `keyCredentials` that nothing uses any more, until no more than the
#     limit are left.
#   controls:
#     owasp-nhi: [NHI7]
#   options:
#     maximum:
#       type: integer
#       minimum: 1
#       description: How many client secrets and certificates together may be active at a time.
#       default: 2
#   since: 0.1.0
#   aliases: []
package agentid.credentials.too_many_active

import data.agentid.lib.credentials
import data.agentid.lib.finding
import data.agentid.lib.options

findings contains finding.at([list], args) if {
	limit := options.of("credentials/too-many-active").maximum
	list := credentials.active[limit].path[0]
	args := {"name": input.name, "count": count(credentials.active), "limit": limit}
}
