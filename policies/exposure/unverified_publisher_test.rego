package agentid.exposure.unverified_publisher_test

import data.agentid.exposure.unverified_publisher
import data.agentid.lib.testing

judged(properties, tags) := result if {
	result := unverified_publisher.findings with input as testing.blueprint({"properties": properties})
		with data.agentid.options as testing.options("exposure/unverified-publisher", {"internalTags": tags})
}

shared := {"signInAudience": "AzureADMultipleOrgs"}

found(audience) := {{"path": ["verifiedPublisher"], "args": {"name": "test", "audience": audience}}}

test_fails_without_a_publisher if {
	judged(shared, []) == found("AzureADMultipleOrgs")
	every publisher in [null, {}, {"verifiedPublisherId": null}, {"verifiedPublisherId": " ", "displayName": "x"}] {
		judged(object.union(shared, {"verifiedPublisher": publisher}), []) == found("AzureADMultipleOrgs")
	}
}

test_fails_with_personal_accounts_too if {
	judged({"signInAudience": "AzureADandPersonalMicrosoftAccount"}, []) == found("AzureADandPersonalMicrosoftAccount")
}

test_fails_for_a_principal if {
	result := unverified_publisher.findings with input as testing.resource("blueprintPrincipal", {"properties": shared})
		with data.agentid.options as testing.options("exposure/unverified-publisher", {"internalTags": []})
	result == found("AzureADMultipleOrgs")
}

test_passes_with_a_publisher if {
	judged(object.union(shared, {"verifiedPublisher": {"verifiedPublisherId": "5206095"}}), []) == set()
	judged(object.union(shared, {"verifiedPublisher": {"verifiedPublisherId": "${PUBLISHER}"}}), []) == set()
}

test_passes_when_nobody_else_can_use_it if {
	judged({}, []) == set()
	every audience in ["AzureADMyOrg", "PersonalMicrosoftAccount", null, "", 5, {}] {
		judged({"signInAudience": audience}, []) == set()
	}
}

test_passes_when_shared_inside_of_one_company if {
	judged(object.union(shared, {"tags": ["internal"]}), ["internal"]) == set()
}

test_passes_for_a_publisher_of_another_type if {
	every publisher in ["x", 5, true, [], {"verifiedPublisherId": 5}] {
		judged(object.union(shared, {"verifiedPublisher": publisher}), []) == set()
	}
}
