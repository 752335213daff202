package agentid.exposure.unverified_publisher_test

import data.agentid.exposure.unverified_publisher
import data.agentid.lib.testing

options(tags) := testing.options("exposure/unverified-publisher", {"internalTags": tags, "allowTenants": [microsoft]})

microsoft := "f8cdef31-a31e-4b4a-93e4-5f571e91255a"

vendor := "866e3704-6c28-5b4f-a2a6-b38be3882568"

judged(properties, tags) := judged_resource(testing.blueprint({"properties": properties}), tags)

judged_resource(resource, tags) := result if {
	result := unverified_publisher.findings with input as resource
		with data.agentid.options as options(tags)
}

shared := {"signInAudience": "AzureADMultipleOrgs"}

found(audience) := {{"path": ["verifiedPublisher"], "args": {"name": "test", "owner": null, "audience": audience}}}

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
	judged_resource(testing.resource("blueprintPrincipal", {"properties": shared}), []) == found("AzureADMultipleOrgs")
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

principal(properties) := judged_resource(testing.in_tenant("blueprintPrincipal", {"properties": properties}), [])

test_fails_for_a_principal_of_another_tenant if {
	every audience in ["AzureADMultipleOrgs", "AzureADMyOrg", null] {
		principal({"appOwnerOrganizationId": vendor, "signInAudience": audience}) == {{
			"path": ["verifiedPublisher"],
			"args": {"name": "test", "owner": vendor, "audience": null},
		}}
	}
}

test_fails_once_for_a_blueprint_of_the_tenant_and_its_principal if {
	principal(shared) == set()
	own := testing.in_tenant("blueprint", {}).origin.tenantId
	principal(object.union(shared, {"appOwnerOrganizationId": own})) == set()
	judged_resource(testing.in_tenant("blueprint", {"properties": shared}), []) == found("AzureADMultipleOrgs")
}

test_passes_for_tenants_of_microsoft if {
	principal({"appOwnerOrganizationId": microsoft, "signInAudience": "AzureADMultipleOrgs"}) == set()
	properties := object.union(shared, {"appOwnerOrganizationId": microsoft})
	judged_resource(testing.resource("blueprintPrincipal", {"properties": properties}), []) == set()
}

test_passes_for_a_verified_principal_of_another_tenant if {
	principal({"appOwnerOrganizationId": vendor, "verifiedPublisher": {"verifiedPublisherId": "5206095"}}) == set()
}
