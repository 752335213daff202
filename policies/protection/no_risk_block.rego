# METADATA
# title: High-risk agents are not blocked
# description: |
#   Microsoft Entra ID Protection gives agents a risk level by what they do. A Conditional Access policy for that level
#   which blocks access stops a compromised agent within minutes; without one it goes on until somebody reads the
#   report. The rule looks for an enabled policy with `high` among its `agentIdRiskLevels` and the control `block`; a
#   policy that only reports is named. Agent risk needs a licence (Microsoft Entra ID P2), and this part of policies is
#   only in Graph's beta version.
# related_resources:
#   - ref: https://learn.microsoft.com/entra/identity/conditional-access/policy-agent-block-high-risk
#     description: Block access by high-risk agent identities
#   - ref: https://learn.microsoft.com/graph/api/resources/conditionalaccessconditionset
#     description: agentIdRiskLevels in the conditions of a policy (beta)
# custom:
#   severity: high
#   wave: 2
#   applies_to: [organization]
#   requires: [conditionalAccessPolicies, agentIdentities]
#   sources: [tenant]
#   message: >-
#     no enabled Conditional Access policy blocks agents at high risk; agent identities in the tenant: {agents}[; only
#     in report-only mode: {reportOnly}]
#   remediation: >-
#     Enable a Conditional Access policy for all agent identities with the agent risk level `high` and the control
#     `block`. Begin with report-only mode, and switch the policy on when its effect is known.
#   controls:
#     owasp-asi: [ASI10]
#     nist-800-53: [SI-4, IR-4]
#     zero-trust: ["61012"]
#   options: {}
#   since: 0.1.0
#   aliases: []
package agentid.protection.no_risk_block

import data.agentid.lib.conditional_access
import data.agentid.lib.finding
import data.agentid.lib.labels

findings contains finding.at(path, {"agents": agents, "reportOnly": report_only}) if {
	agents := input.properties.agentCounts.agentIdentities
	agents > 0
	every policy in blocking {
		not conditional_access.is_enforced(policy.state)
	}
	path := ["conditionalAccessPolicies", count(conditional_access.policies), "conditions", "agentIdRiskLevels"]
	report_only := [labels.of(policy) | some policy in blocking; conditional_access.is_report_only(policy.state)]
}

# The policies that block agents at high risk, whatever their state.
blocking := [policy |
	some policy in conditional_access.policies
	"high" in conditional_access.risk_levels(policy.conditions.agentIdRiskLevels)
	conditional_access.blocks(policy.grantControls.builtInControls)
]
