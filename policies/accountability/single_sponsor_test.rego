package agentid.accountability.single_sponsor_test

import data.agentid.accountability.single_sponsor
import data.agentid.lib.testing

judged(sponsors, minimum) := result if {
	result := single_sponsor.findings with input as testing.blueprint({"sponsors": sponsors})
		with data.agentid.options as testing.options("accountability/single-sponsor", {"minimum": minimum})
}

sponsor(kind, id, name, number) := {"path": ["sponsors", number], "kind": kind, "id": id, "userPrincipalName": name}

mira := sponsor("user", null, "mira@larkspur.example", 0)

dana := sponsor("user", "1ded7ea5-b9b6-507e-bc4b-5f7fe0464d0a", null, 1)

found(number, minimum) := {{"path": ["sponsors"], "args": {"name": "test", "count": number, "minimum": minimum}}}

test_fails_below_the_minimum if {
	judged([mira], 2) == found(1, 2)
	judged([mira, dana], 3) == found(2, 3)
}

test_the_same_sponsor_counts_once if {
	judged([mira, sponsor("user", null, "MIRA@larkspur.example", 1)], 2) == found(1, 2)
}

test_sponsors_that_tell_nothing_count_each if {
	judged([sponsor("user", null, null, 0), sponsor("user", null, null, 1)], 2) == set()
	judged([{"path": ["sponsors", 0], "kind": "user"}], 2) == found(1, 2)
}

test_passes_at_the_minimum if {
	judged([mira, dana], 2) == set()
	judged([mira], 1) == set()
}

test_a_group_counts_as_enough if {
	judged([sponsor("group", "1", null, 0)], 5) == set()
	judged([mira, sponsor("group", "1", null, 1)], 5) == set()
}

test_a_sponsor_of_an_unknown_kind_may_be_a_group if {
	judged([mira, sponsor("unknown", "1", null, 1)], 5) == set()
}

test_none_at_all_is_another_rules_business if {
	judged([], 2) == set()
}
