package agentid.accountability.blueprint_no_sponsor_test

import data.agentid.accountability.blueprint_no_sponsor
import data.agentid.lib.testing

test_fails_without_sponsors if {
	blueprint_no_sponsor.findings == {{"path": ["sponsors"], "args": {"name": "test"}}} with input as testing.blueprint({})
}

test_passes_with_a_sponsor_of_any_kind if {
	sponsor := {"path": ["sponsors", 0], "kind": "unknown", "id": "1", "userPrincipalName": null}
	blueprint_no_sponsor.findings == set() with input as testing.blueprint({"sponsors": [sponsor]})
}
