# METADATA
# title: No lifecycle policy or attestation overdue
# description: |
#   A lifecycle policy of Microsoft Entra ID Governance asks the sponsors of agents again and again whether an agent is
#   still needed, and disables or deletes it when nobody answers, when it has no sponsor, or when it is not used.
#   Without one, agents stay until somebody thinks of them. The rule reports a tenant that has agent identities but no
#   enabled lifecycle policy for them, enabled agents that do not comply with their policy, and those whose last
#   attestation is too long ago. An agent that was never attested is reported only when a policy governs it. Lifecycle
#   policies need a licence, and are read from Graph's beta version; where the tenant does not have them, nothing is
#   judged.
# related_resources:
#   - ref: https://learn.microsoft.com/graph/api/resources/identitygovernance-agentidentitylifecyclepolicy
#     description: Lifecycle policy for agent identities (beta)
#   - ref: https://learn.microsoft.com/graph/api/resources/identitygovernance-agentidentitylifecycle
#     description: Lifecycle of an agent identity (beta)
# custom:
#   severity: low
#   wave: 2
#   applies_to: [organization, agentIdentity]
#   requires: [lifecyclePolicies, lifecycle, agentIdentities]
#   sources: [tenant]
#   message: >-
#     [tenant "{tenant}" has agent identities, but no enabled lifecycle policy for them][; switched off:
#     {switchedOff}][the last attestation of "{attested}" is {days} days old, the limit is {limit}]["{unattested}" is
#     governed by a lifecycle policy but was never attested]["{noncompliant}" does not comply with its lifecycle
#     policy: {issue}]
#   remediation: >-
#     Enable a lifecycle policy for agent identities, and let the sponsor attest the agent or put right what the policy
#     complains about.
#   controls:
#     owasp-nhi: [NHI1]
#     owasp-asi: [ASI10]
#     nist-800-53: [AC-2]
#     zero-trust: ["61013"]
#   options:
#     attestationDays:
#       type: integer
#       minimum: 1
#       description: Days for which an attestation is good.
#       default: 365
#   since: 0.1.0
#   aliases: []
package agentid.lifecycle.governance

import data.agentid.lib.activity
import data.agentid.lib.dates
import data.agentid.lib.finding
import data.agentid.lib.labels
import data.agentid.lib.options
import data.agentid.lib.values

findings contains finding.at(["lifecyclePolicies", count(policies), "isEnabled"], args) if {
	input.kind == "organization"
	input.properties.agentCounts.agentIdentities > 0
	every policy in for_agents {
		is_switched_off(policy.isEnabled)
	}
	args := args_of({"tenant": input.name, "switchedOff": [labels.of(policy) | some policy in for_agents]})
}

findings contains finding.at(["lifecycle", "lastAttestationDateTime"], args) if {
	attested := input.properties.lifecycle.lastAttestationDateTime
	limit := options.of("lifecycle/governance").attestationDays
	not dates.is_surely_within(attested, limit)
	is_enabled_agent
	days := dates.days_since(attested)
	days > limit
	args := args_of({"attested": input.name, "days": days, "limit": limit})
}

findings contains finding.at(["lifecycle", "lastAttestationDateTime"], args_of({"unattested": input.name})) if {
	object.get(input.properties.lifecycle, "lastAttestationDateTime", null) == null
	is_object(input.properties.lifecycle.effectiveGoverningPolicy)
	is_enabled_agent
	is_number(input.created)
	not activity.is_younger_than(options.of("lifecycle/governance").attestationDays)
}

findings contains finding.at(["lifecycle", "complianceIssues", i], args) if {
	some i, issue in values.list(input.properties.lifecycle.complianceIssues)
	is_enabled_agent
	told := [words |
		some property in ["description", "issueCode", "ruleType"]
		is_string(issue[property])
		words := trim_suffix(trim_space(issue[property]), ".")
		words != ""
	]
	args := args_of({"noncompliant": input.name, "issue": array.concat(told, ["it does not say why"])[0]})
}

# Asked last: most agents are enabled, and little is wrong with them.
default is_enabled_agent := false

is_enabled_agent if {
	input.kind == "agentIdentity"
	input.properties.accountEnabled == true
}

policies := values.list(object.get(input.properties, "lifecyclePolicies", null))

# There are lifecycle policies for guests, too.
for_agents := [policy |
	some policy in policies
	endswith(lower(object.get(policy, "@odata.type", ".agentIdentityLifecyclePolicy")), ".agentidentitylifecyclepolicy")
]

# A policy that does not say is switched on.
default is_switched_off(_) := false

is_switched_off(false)

# Each finding has one group of these; the message leaves out the others.
args_of(told) := object.union(
	{
		"tenant": null,
		"switchedOff": null,
		"attested": null,
		"days": null,
		"limit": null,
		"unattested": null,
		"noncompliant": null,
		"issue": null,
	},
	told,
)
