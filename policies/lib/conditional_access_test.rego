package agentid.lib.conditional_access_test

import data.agentid.lib.conditional_access
import data.agentid.lib.testing

wrong := [null, 5, "x", [], {}, {"conditions": null, "grantControls": null}]

test_policies_of_an_organization if {
	conditional_access.policies == [{"id": "1"}] with input as testing.in_tenant(
		"organization",
		{"properties": {"conditionalAccessPolicies": [{"id": "1"}]}},
	)
	every value in [null, 5, "x", {}] {
		conditional_access.policies == [] with input as testing.in_tenant(
			"organization",
			{"properties": {"conditionalAccessPolicies": value}},
		)
	}
}

test_states if {
	conditional_access.is_enforced("enabled")
	conditional_access.is_report_only("enabledForReportingButNotEnforced")
	not conditional_access.is_enforced("enabledForReportingButNotEnforced")
	not conditional_access.is_enforced("disabled")
	not conditional_access.is_report_only("enabled")
}

test_agent_identities_are_covered if {
	conditional_access.covers_agent_identities({"includeAgentIdServicePrincipals": ["All"]})
	conditional_access.covers_agent_identities({"includeAgentIdServicePrincipals": ["d12dc082"]})
	conditional_access.covers_agent_identities({"agentIdServicePrincipalFilter": {
		"mode": "include",
		"rule": "CustomSecurityAttribute.Agents_Tier -eq \"1\"",
	}})
}

test_agent_identities_are_not_covered if {
	every applications in [
		null,
		{},
		{"includeServicePrincipals": ["ServicePrincipalsInMyTenant"]},
		{"includeAgentIdServicePrincipals": []},
		{"includeAgentIdServicePrincipals": null},
		{"includeAgentIdServicePrincipals": ["None"]},
		{"agentIdServicePrincipalFilter": {"mode": "include", "rule": ""}},
		{"agentIdServicePrincipalFilter": {"mode": "exclude", "rule": "x"}},
	] {
		not conditional_access.covers_agent_identities(applications)
	}
}

test_agent_users_are_covered_by_their_own_word_only if {
	conditional_access.covers_agent_users(["AllAgentIdUsers"])
	every users in [null, [], ["All"], ["None"]] {
		not conditional_access.covers_agent_users(users)
	}
}

test_risk_levels_are_one_text if {
	conditional_access.risk_levels("high,medium") == {"high", "medium"}
	conditional_access.risk_levels("High, low") == {"high", "low"}
	conditional_access.risk_levels(["high"]) == {"high"}
	every said in [null, 5, {}, [], [null]] {
		conditional_access.risk_levels(said) == set()
	}
}

test_blocks if {
	conditional_access.blocks(["block"])
	not conditional_access.blocks(["mfa"])
}

blocking(conditions) := {"conditions": conditions, "grantControls": {"builtInControls": ["block"]}}

test_a_block_without_conditions_is_an_allow_list if {
	conditional_access.is_allow_list(blocking({"agentIdRiskLevels": null, "locations": null}))
	not conditional_access.is_allow_list(blocking({"agentIdRiskLevels": "high"}))
	not conditional_access.is_allow_list(blocking({"locations": {"includeLocations": ["All"]}}))
	not conditional_access.is_allow_list({"conditions": {}, "grantControls": {"builtInControls": ["mfa"]}})
}

test_everything_is_defined_for_wrong_values if {
	every value in wrong {
		not conditional_access.is_enforced(value)
		not conditional_access.is_report_only(value)
		not conditional_access.covers_agent_identities(value)
		not conditional_access.covers_agent_users(value)
		not conditional_access.blocks(value)
		not conditional_access.is_allow_list(value)
	}
}
