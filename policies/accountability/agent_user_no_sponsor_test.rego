package agentid.accountability.agent_user_no_sponsor_test

import data.agentid.accountability.agent_user_no_sponsor
import data.agentid.lib.testing

judged(sponsors) := result if {
	result := agent_user_no_sponsor.findings with input as testing.in_tenant("agentUser", {"sponsors": sponsors})
}

test_fails_without_sponsors if {
	judged([]) == {{"path": ["sponsors"], "args": {"name": "test"}}}
}

test_passes_with_any_sponsor if {
	judged([testing.principal(["sponsors", 0], {"kind": "user"})]) == set()
	judged([testing.principal(["sponsors", 0], {})]) == set()
}
