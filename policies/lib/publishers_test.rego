package agentid.lib.publishers_test

import data.agentid.lib.publishers
import data.agentid.lib.testing

vendor := "866e3704-6c28-5b4f-a2a6-b38be3882568"

principal(properties) := testing.in_tenant("blueprintPrincipal", {"properties": properties})

test_another_owner_is_foreign if {
	publishers.is_foreign with input as principal({"appOwnerOrganizationId": vendor})
}

test_the_tenant_itself_and_nobody_are_not if {
	not publishers.is_foreign with input as principal({"appOwnerOrganizationId": principal({}).origin.tenantId})
	not publishers.is_foreign with input as testing.resource(
		"blueprintPrincipal",
		{"properties": {"appOwnerOrganizationId": vendor}},
	)
	every owner in [null, "", "another", 5, [], {}] {
		not publishers.is_foreign with input as principal({"appOwnerOrganizationId": owner})
	}
	not publishers.is_foreign with input as principal({})
}

test_a_publisher_without_an_id_is_not_verified if {
	every publisher in [null, {}, {"verifiedPublisherId": null}, {"verifiedPublisherId": " "}] {
		not publishers.is_verified with input as principal({"verifiedPublisher": publisher})
	}
	not publishers.is_verified with input as principal({})
}

test_a_publisher_with_an_id_or_of_another_type_is_verified if {
	every publisher in [{"verifiedPublisherId": "5206095"}, "x", 5, []] {
		publishers.is_verified with input as principal({"verifiedPublisher": publisher})
	}
}

named(properties) := name if name := publishers.name with input as principal(properties)

test_is_called_by_the_verified_name_first if {
	verified := {"verifiedPublisher": {"displayName": "Quillstone"}}
	named(object.union(verified, {"publisherName": "quill"})) == "Quillstone"
	named({"publisherName": "quill", "verifiedPublisher": {"displayName": null}}) == "quill"
	named({"publisherName": "quill"}) == "quill"
	named({}) == null
	named({"publisherName": 5}) == null
}
