package agentid.accountability.nonhuman_owner_test

import data.agentid.accountability.nonhuman_owner
import data.agentid.lib.testing

pipeline := "3d9a3297-55b4-4d57-84bc-aea1ae8bfbab"

copilot_studio := "7ab7862c-4c57-491e-8a45-d52a7e023983"

judged(kind, properties, owner, allow) := result if {
	resource := testing.in_tenant(kind, {"properties": properties, "owners": [owner]})
	result := nonhuman_owner.findings with input as resource
		with data.agentid.options as testing.options("accountability/nonhuman-owner", {"allow": allow})
}

owner(overrides) := testing.principal(["owners", 0], object.union({"displayName": "O", "state": "enabled"}, overrides))

application := owner({"kind": "servicePrincipal", "appId": pipeline})

found(what, relation) := {{
	"path": ["owners", 0],
	"args": {"name": "test", "owner": "O", "what": what, "relation": relation},
}}

test_fails_for_applications_and_agents if {
	judged("blueprint", {}, application, []) == found("an application or an agent", null)
	judged("agentIdentity", {}, application, []) == found("an application or an agent", null)
	judged("blueprint", {}, owner({"kind": "agentUser"}), []) == found("an agent's user account", null)
	judged("blueprint", {}, owner({"kind": "servicePrincipal"}), []) == found("an application or an agent", null)
}

test_fails_for_its_own_principal_and_says_so if {
	relation := "it is the principal of this very blueprint"
	judged("blueprint", {"appId": pipeline}, application, []) == found(
		"an application or an agent",
		relation,
	)
	nameless := owner({"kind": "servicePrincipal"})
	judged("blueprint", {"appId": null}, nameless, []) == found("an application or an agent", null)
}

test_passes_for_people if {
	judged("blueprint", {}, owner({"kind": "user"}), []) == set()
	judged("blueprint", {}, owner({"kind": "unknown"}), []) == set()
}

test_passes_for_what_is_allowed if {
	judged("blueprint", {}, application, [pipeline]) == set()
	judged("blueprint", {}, owner({"kind": "servicePrincipal", "appId": copilot_studio}), []) == set()
}

test_passes_for_the_blueprint_of_the_agent if {
	judged("agentIdentity", {"agentIdentityBlueprintId": pipeline}, application, []) == set()
	judged("agentIdentity", {"agentIdentityBlueprintId": null}, application, []) != set()
}
