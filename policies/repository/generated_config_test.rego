package agentid.repository.generated_config_test

import data.agentid.lib.testing
import data.agentid.repository.generated_config

state(overrides) := testing.resource("agent365GeneratedConfig", object.union(
	{"origin": {"uri": "bot/a365.generated.config.json", "directory": "bot", "shape": "agent365-file"}},
	overrides,
))

judged(overrides, allow) := result if {
	result := generated_config.findings with input as state(overrides)
		with data.agentid.options as testing.options("repository/generated-config", {"allowWithoutSecret": allow})
}

secret := {"path": ["agentBlueprintClientSecret"], "form": "value"}

test_fails_when_it_is_there if {
	args := {"file": "a365.generated.config.json", "holds": ""}
	judged({}, false) == {{"path": [], "args": args}}
}

test_says_that_it_holds_a_secret if {
	some found in judged({"secrets": [secret]}, false)
	found.args.holds == "a client secret"
}

test_a_placeholder_is_no_secret if {
	some found in judged({"secrets": [{"path": ["x"], "form": "placeholder"}]}, false)
	found.args.holds == ""
}

test_passes_without_secret_when_allowed if {
	judged({}, true) == set()
}

test_passes_with_a_placeholder_when_allowed if {
	judged({"secrets": [{"path": ["agentBlueprintClientSecret"], "form": "placeholder"}]}, true) == set()
}

test_fails_with_a_secret_even_when_allowed if {
	count(judged({"secrets": [secret]}, true)) == 1
}
