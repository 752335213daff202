package agentid.accountability.agent_no_sponsor_test

import data.agentid.accountability.agent_no_sponsor
import data.agentid.lib.testing

judged(sponsors) := result if {
	result := agent_no_sponsor.findings with input as testing.in_tenant("agentIdentity", {"sponsors": sponsors})
}

test_fails_without_sponsors if {
	judged([]) == {{"path": ["sponsors"], "args": {"name": "test"}}}
}

test_passes_with_any_sponsor if {
	judged([testing.principal(["sponsors", 0], {})]) == set()
	judged([testing.principal(["sponsors", 0], {"kind": "user", "state": "deleted"})]) == set()
	judged([testing.principal(["sponsors", 0], {}), testing.principal(["sponsors", 1], {})]) == set()
}
