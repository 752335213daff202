package agentid.lib.principals_test

import data.agentid.lib.principals
import data.agentid.lib.testing

standing(facts) := principals.standing(testing.principal(["sponsors", 0], facts))

test_standing_of_people_and_applications if {
	standing({"kind": "user", "state": "enabled", "userType": "Member"}) == "active"
	standing({"kind": "user", "state": "enabled", "userType": null}) == "active"
	standing({"kind": "user", "state": "enabled", "userType": "Guest"}) == "guest"
	standing({"kind": "user", "state": "disabled", "userType": "Guest"}) == "disabled"
	standing({"kind": "user", "state": "deleted"}) == "deleted"
	standing({"kind": "servicePrincipal", "state": "disabled"}) == "disabled"
	standing({"kind": "servicePrincipal", "state": "enabled"}) == "active"
}

test_standing_of_groups if {
	standing({"kind": "group", "state": "enabled", "enabledMembers": 3}) == "active"
	standing({"kind": "group", "state": "enabled", "enabledMembers": 0}) == "empty"
	standing({"kind": "group", "state": "enabled", "enabledMembers": null}) == "unknown"
	standing({"kind": "group", "state": "deleted", "enabledMembers": null}) == "deleted"
}

test_standing_that_nobody_tells if {
	standing({}) == "unknown"
	standing({"kind": "user"}) == "unknown"
	standing({"kind": "group", "enabledMembers": 0}) == "unknown"
}
