package agentid.lifecycle.orphan_test

import data.agentid.lib.testing
import data.agentid.lifecycle.orphan

now := 1795392000

blueprint := "e2da522e-ed86-5808-a5b5-867d35d44c14"

agent := "9dfda1ce-72bf-59d6-830a-294b6e61b61a"

judged(kind, properties, known, grace) := result if {
	result := orphan.findings with input as testing.in_tenant(kind, {"properties": properties})
		with data.agentid.options as testing.options("lifecycle/orphan", {"graceDays": grace})
		with data.agentid.known as known
		with data.agentid.run.now as now
}

nothing := testing.known_of_tenant({})

recycled(id, date) := testing.known_of_tenant({"deleted": {id: {
	"type": "x",
	"name": "old",
	"deletedDateTime": date,
}}})

of_agent(told) := {{"path": ["agentIdentityBlueprintId"], "args": object.union(
	{
		"kind": "agent identity",
		"name": "test",
		"parent": "the principal of blueprint",
		"id": blueprint,
		"parentName": null,
		"deleted": null,
		"missing": "does not exist",
	},
	told,
)}}

of_user(told) := {{"path": ["identityParentId"], "args": object.union(
	{
		"kind": "agent user",
		"name": "test",
		"parent": "agent identity",
		"id": agent,
		"parentName": null,
		"deleted": null,
		"missing": "does not exist",
	},
	told,
)}}

identity(known, grace) := judged("agentIdentity", {"agentIdentityBlueprintId": blueprint}, known, grace)

user(state, known) := judged("agentUser", {"identityParentId": agent, "identityParent": {"state": state}}, known, 2)

test_fails_without_a_blueprint_principal if {
	identity(nothing, 2) == of_agent({})
	identity(testing.known_of_tenant({"blueprints": {blueprint: {"name": "x"}}}), 2) == of_agent({})
}

test_fails_without_an_agent_identity if {
	user("missing", nothing) == of_user({})
	user("deleted", nothing) == of_user({"missing": "was deleted"})
}

test_tells_that_the_parent_can_be_restored if {
	told := {"parentName": "old", "deleted": "2026-11-10", "missing": null}
	identity(recycled(blueprint, "2026-11-10T08:00:00Z"), 2) == of_agent(told)
	user("deleted", recycled(agent, "2026-11-10T08:00:00Z")) == of_user(told)
}

test_a_deletion_without_a_date_tells_only_the_name if {
	every date in [null, 5, ""] {
		identity(recycled(blueprint, date), 2) == of_agent({"parentName": "old", "missing": "was deleted"})
	}
}

test_passes_while_the_rest_is_on_its_way if {
	identity(recycled(blueprint, "2026-11-22T08:00:00Z"), 2) == set()
	identity(recycled(blueprint, "2026-11-21T08:00:00Z"), 3) == set()
	count(identity(recycled(blueprint, "2026-11-21T08:00:00Z"), 2)) == 1
	count(identity(recycled(blueprint, "2026-11-23T08:00:00Z"), 0)) == 1
	user("deleted", recycled(agent, "2026-11-22T08:00:00Z")) == set()
}

test_passes_with_a_parent if {
	identity(testing.known_of_tenant({"blueprint_principals": {blueprint: {"name": "x"}}}), 2) == set()
	user("found", nothing) == set()
	user("unread", nothing) == set()
}

test_passes_when_nothing_says_which_parent if {
	every value in [null, "", "x", 5, [], {}] {
		judged("agentIdentity", {"agentIdentityBlueprintId": value}, nothing, 2) == set()
		judged("agentUser", {"identityParentId": value, "identityParent": {"state": "missing"}}, nothing, 2) == set()
		judged("agentUser", {"identityParentId": agent, "identityParent": value}, nothing, 2) == set()
	}
	judged("agentIdentity", {}, nothing, 2) == set()
	judged("agentUser", {}, nothing, 2) == set()
}

test_passes_without_a_tenant if {
	identity({}, 2) == set()
}
