# METADATA
# title: Agent carries no custom security attributes
# description: |
#   Custom security attributes tell agents apart, for example by team or by the data that they may see. Conditional
#   Access policies select agents by them, and reports build on them; an agent without the attribute is outside of such
#   a policy, or inside of the wrong one. Name the attributes that every agent identity must have in the option
#   `required`; while it is empty, the rule is off. Which values are right is not judged. That agents without
#   attributes do harm depends on how an organisation uses them, so this is a hint.
# related_resources:
#   - ref: https://learn.microsoft.com/entra/fundamentals/custom-security-attributes-overview
#     description: Custom security attributes
#   - ref: https://learn.microsoft.com/entra/identity/conditional-access/agent-id
#     description: Conditional Access for agents, which can select them by attributes
# custom:
#   severity: info
#   wave: 2
#   applies_to: [agentIdentity]
#   requires: [customSecurityAttributes]
#   sources: [tenant]
#   message: 'agent identity "{name}" lacks custom security attributes: {missing}'
#   remediation: >-
#     Assign the attributes to the agent identity.
#   controls:
#     zero-trust: ["61008"]
#   off_unless: required
#   options:
#     required:
#       type: array
#       items: { type: string }
#       description: Attributes that every agent identity must have, each as `<set>.<attribute>`.
#       default: []
#   since: 0.1.0
#   aliases: []
package agentid.metadata.security_attributes

import data.agentid.lib.finding
import data.agentid.lib.options

findings contains finding.at(["customSecurityAttributes"], {"name": input.name, "missing": missing}) if {
	required := options.of("metadata/security-attributes").required
	count(required) > 0
	missing := [wanted |
		some wanted in required
		not is_assigned(split(wanted, "."))
	]
	count(missing) > 0
}

is_assigned(steps) if {
	value := object.get(input.properties, array.concat(["customSecurityAttributes"], steps), null)
	not value in {null, "", []}
}
