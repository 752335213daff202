package agentid.lib.known_test

import data.agentid.lib.known
import data.agentid.lib.testing

principal := {"ref": "blueprintPrincipal/1", "name": "claims", "resource": 1, "id": "1", "accountEnabled": true}

tenant := testing.known_of_tenant({
	"blueprints": {"b1": {"ref": "blueprint/b1", "name": "claims", "resource": 0}},
	"blueprint_principals": {"b1": principal},
	"deleted": {"gone": {"type": "agentIdentityBlueprint", "name": "old", "deletedDateTime": null}},
})

test_finds_objects_of_the_tenant if {
	known.of_tenant with data.agentid.known as tenant
	known.blueprint("b1").name == "claims" with data.agentid.known as tenant
	known.has_blueprint("b1") with data.agentid.known as tenant
	known.blueprint_principal("b1").resource == 1 with data.agentid.known as tenant
	known.has_blueprint_principal("b1") with data.agentid.known as tenant
	known.deleted("gone").name == "old" with data.agentid.known as tenant
	known.is_deleted("gone") with data.agentid.known as tenant
}

test_knows_what_the_tenant_does_not_have if {
	not known.has_blueprint("b2") with data.agentid.known as tenant
	not known.has_blueprint_principal("b2") with data.agentid.known as tenant
	not known.is_deleted("b1") with data.agentid.known as tenant
	not known.has_blueprint(null) with data.agentid.known as tenant
}

test_without_a_tenant_nothing_is_known if {
	not known.of_tenant with data.agentid.known as {}
	not known.has_blueprint("b1") with data.agentid.known as {}
	not known.has_blueprint_principal("b1") with data.agentid.known as {}
	not known.is_deleted("gone") with data.agentid.known as {}
}
