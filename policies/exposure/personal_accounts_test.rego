package agentid.exposure.personal_accounts_test

import data.agentid.exposure.personal_accounts
import data.agentid.lib.testing

judged(properties, tags) := result if {
	result := personal_accounts.findings with input as testing.blueprint({"properties": properties})
		with data.agentid.options as testing.options("exposure/personal-accounts", {"consumerTags": tags})
}

test_fails_for_both_audiences_with_personal_accounts if {
	every audience in ["AzureADandPersonalMicrosoftAccount", "PersonalMicrosoftAccount"] {
		judged({"signInAudience": audience, "tags": ["x"]}, ["consumer"]) == {{
			"path": ["signInAudience"],
			"args": {"name": "test", "audience": audience},
		}}
	}
}

test_passes_for_organisations if {
	judged({"signInAudience": "AzureADMyOrg"}, []) == set()
	judged({"signInAudience": "AzureADMultipleOrgs"}, []) == set()
}

test_passes_for_a_product_for_consumers if {
	judged({"signInAudience": "PersonalMicrosoftAccount", "tags": ["consumer"]}, ["consumer"]) == set()
}

test_passes_when_absent_or_of_another_type if {
	every audience in [null, "", 5, true, ["PersonalMicrosoftAccount"], {}] {
		judged({"signInAudience": audience}, []) == set()
	}
	judged({}, []) == set()
}
