package agentid.exposure.multi_tenant_test

import data.agentid.exposure.multi_tenant
import data.agentid.lib.testing

judged(properties, tags) := result if {
	result := multi_tenant.findings with input as testing.blueprint({"properties": properties})
		with data.agentid.options as testing.options("exposure/multi-tenant", {"publishedTags": tags})
}

found := {{"path": ["signInAudience"], "args": {"name": "test", "audience": "AzureADMultipleOrgs"}}}

test_fails_for_every_tenant if {
	judged({"signInAudience": "AzureADMultipleOrgs"}, []) == found
	judged({"signInAudience": "AzureADMultipleOrgs", "tags": ["team:finance"]}, ["published"]) == found
}

test_passes_for_the_own_tenant if {
	judged({"signInAudience": "AzureADMyOrg"}, []) == set()
}

test_personal_accounts_are_another_rules_business if {
	judged({"signInAudience": "AzureADandPersonalMicrosoftAccount"}, []) == set()
}

test_passes_when_published if {
	judged({"signInAudience": "AzureADMultipleOrgs", "tags": ["x", "Published"]}, ["published"]) == set()
	judged({"signInAudience": "AzureADMultipleOrgs", "tags": ["published:store"]}, ["published:*"]) == set()
}

test_passes_when_absent_or_of_another_type if {
	every audience in [null, "", 5, true, ["AzureADMultipleOrgs"], {}] {
		judged({"signInAudience": audience}, []) == set()
	}
	judged({}, []) == set()
}

test_tags_of_another_type_mark_nothing if {
	every tags in [null, "published", 5, {"a": "published"}, [5, null]] {
		judged({"signInAudience": "AzureADMultipleOrgs", "tags": tags}, ["published"]) == found
	}
}
