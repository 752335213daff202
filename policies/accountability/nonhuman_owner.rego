# METADATA
# title: Owner is an application or an agent
# description: |
#   An owner can add credentials to a blueprint, and with them act as every agent made from it. When the owner is an
#   application or an agent, whoever takes that over has all these agents as well, and an agent that owns its own
#   blueprint can give itself what it likes. Microsoft's own agent platforms are not reported, and neither is the
#   principal of an agent's own blueprint, which controls the agent anyway. Name the pipeline that creates your
#   blueprints in the option `allow`.
# related_resources:
#   - ref: https://learn.microsoft.com/entra/agent-id/agent-owners-sponsors-managers
#     description: Owners, sponsors and managers of agents
# custom:
#   severity: medium
#   wave: 1
#   applies_to: [blueprint, agentIdentity]
#   requires: [owners, principals]
#   sources: [tenant]
#   message: 'owner {owner} of "{name}" is {what}, not a person[: {relation}]'
#   remediation: >-
#     Make a person the owner and remove this one. If it is a pipeline that somebody answers for, add its application id
#     to the option `allow`.
#   controls:
#     owasp-nhi: [NHI5, NHI9]
#     owasp-asi: [ASI03, ASI10]
#     nist-800-53: [AC-6(5)]
#   options:
#     allow:
#       type: array
#       items: { type: string, minLength: 1 }
#       description: Application ids (`appId`) of pipelines and other applications that may be owners.
#       default: []
#   since: 0.1.0
#   aliases: []
package agentid.accountability.nonhuman_owner

import data.agentid.lib.creators
import data.agentid.lib.finding
import data.agentid.lib.options
import data.agentid.lib.principals

findings contains finding.at(owner.path, args) if {
	some owner in input.owners
	owner.kind != "user"
	not creators.is_platform(owner.appId, options.of("accountability/nonhuman-owner").allow)
	not is_own_blueprint(owner.appId)
	args := {
		"name": input.name,
		"owner": principals.label(owner),
		"what": kind_in_words(owner.kind),
		"relation": relation_of(owner.appId),
	}
}

# Undefined for people and groups.
kind_in_words("servicePrincipal") := "an application or an agent"

kind_in_words("agentUser") := "an agent's user account"

default is_own_blueprint(_) := false

is_own_blueprint(app_id) if app_id == input.properties.agentIdentityBlueprintId

default relation_of(_) := null

relation_of(app_id) := "it is the principal of this very blueprint" if {
	is_string(app_id)
	input.kind == "blueprint"
	app_id == input.properties.appId
}
