package agentid.lib.labels_test

import data.agentid.lib.labels

test_a_name_goes_before_an_id if {
	labels.of({"displayName": "claims", "id": "1"}) == "claims"
	every name in [null, "", 5, []] {
		labels.of({"displayName": name, "id": "1"}) == "1"
	}
	labels.of({"id": "1"}) == "1"
}

test_nothing_told_is_empty if {
	every value in [null, 5, "x", [], {}, {"displayName": null, "id": null}, {"id": ""}] {
		labels.of(value) == ""
	}
}
