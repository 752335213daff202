package agentid.exposure.foreign_blueprint_test

import data.agentid.exposure.foreign_blueprint
import data.agentid.lib.testing

vendor := "866e3704-6c28-5b4f-a2a6-b38be3882568"

judged(properties, allow) := result if {
	result := foreign_blueprint.findings with input as testing.in_tenant("blueprintPrincipal", {"properties": properties})
		with data.agentid.options as testing.options("exposure/foreign-blueprint", {"allowTenants": allow})
}

owned(overrides) := object.union({"appOwnerOrganizationId": vendor}, overrides)

found(publisher, agents) := {{
	"path": ["appOwnerOrganizationId"],
	"args": {"name": "test", "owner": vendor, "publisher": publisher, "agents": agents},
}}

test_fails_for_the_principal_of_another_tenants_blueprint if {
	judged(owned({}), []) == found(null, null)
	judged(owned({"agentIdentityCount": null, "publisherName": null}), []) == found(null, null)
}

test_tells_the_publisher_and_how_many_agents if {
	judged(owned({"publisherName": "Quillstone", "agentIdentityCount": 4}), []) == found("Quillstone", 4)
}

test_fails_when_others_are_allowed if {
	judged(owned({}), ["f8cdef31-a31e-4b4a-93e4-5f571e91255a"]) == found(null, null)
}

test_passes_for_allowed_tenants if {
	judged(owned({}), [upper(vendor)]) == set()
}

test_passes_for_the_tenants_own if {
	own := testing.in_tenant("blueprintPrincipal", {}).origin.tenantId
	judged({"appOwnerOrganizationId": own}, []) == set()
}

test_passes_when_the_owner_is_not_told if {
	judged({}, []) == set()
	every owner in [null, "", "vendor", 5, [], {}] {
		judged({"appOwnerOrganizationId": owner}, []) == set()
	}
}
