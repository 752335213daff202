package agentid.accountability.sponsor_inactive_test

import data.agentid.accountability.sponsor_inactive
import data.agentid.lib.testing

judged(sponsors, changes) := result if {
	values := object.union({"allowGuests": false, "onLeave": []}, changes)
	result := sponsor_inactive.findings with input as testing.in_tenant("agentIdentity", {"sponsors": sponsors})
		with data.agentid.options as testing.options("accountability/sponsor-inactive", values)
}

person(overrides) := testing.principal(["sponsors", 0], object.union(
	{"kind": "user", "id": "1", "userPrincipalName": "mira@larkspur.example", "displayName": "Mira", "userType": "Member"},
	overrides,
))

active := person({"state": "enabled"})

disabled := person({"state": "disabled"})

guest := person({"state": "enabled", "userType": "Guest", "displayName": "Gita"})

group(overrides) := testing.principal(["sponsors", 0], object.union(
	{"kind": "group", "displayName": "Claims", "state": "enabled"},
	overrides,
))

gone(who) := {{"path": ["sponsors"], "args": {"name": "test", "gone": who, "guests": null}}}

only_guests(who) := {{"path": ["sponsors"], "args": {"name": "test", "gone": null, "guests": who}}}

test_fails_when_nobody_is_left if {
	judged([disabled], {}) == gone(["Mira (disabled)"])
	judged([person({"state": "deleted", "displayName": null})], {}) == gone(["mira@larkspur.example (deleted)"])
	judged([group({"enabledMembers": 0})], {}) == gone(["Claims (a group without an active member)"])
	judged([disabled, group({"state": "deleted"})], {}) == gone(["Mira (disabled)", "Claims (deleted)"])
}

test_fails_when_only_guests_are_left if {
	judged([guest], {}) == only_guests(["Gita"])
	judged([disabled, guest], {}) == only_guests(["Gita"])
}

test_passes_with_one_who_can_act if {
	judged([active], {}) == set()
	judged([disabled, active], {}) == set()
	judged([guest, active], {}) == set()
	judged([disabled, group({"enabledMembers": 1})], {}) == set()
	judged([guest], {"allowGuests": true}) == set()
}

test_passes_when_somebody_is_unknown if {
	judged([person({})], {}) == set()
	judged([disabled, person({})], {}) == set()
	judged([guest, person({})], {}) == set()
	judged([group({})], {}) == set()
	judged([disabled, testing.principal(["sponsors", 1], {})], {}) == set()
}

test_passes_on_leave if {
	judged([disabled], {"onLeave": ["MIRA@larkspur.example"]}) == set()
	judged([disabled], {"onLeave": ["1"]}) == set()
	judged([person({"state": "disabled", "userPrincipalName": null})], {"onLeave": ["1"]}) == set()
}

test_on_leave_is_not_deleted_and_not_somebody_else if {
	judged([person({"state": "deleted"})], {"onLeave": ["1"]}) == gone(["Mira (deleted)"])
	judged([disabled], {"onLeave": ["2"]}) == gone(["Mira (disabled)"])
}

test_passes_without_sponsors if judged([], {}) == set()
