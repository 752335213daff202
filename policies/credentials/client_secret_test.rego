package agentid.credentials.client_secret_test

import data.agentid.credentials.client_secret
import data.agentid.lib.testing

credential(overrides) := object.union(
	{
		"path": ["passwordCredentials", 0],
		"type": "secret",
		"displayName": "ci",
		"usage": null,
		"start": 0,
		"end": 1001,
	},
	overrides,
)

judged_with(overrides, allow) := result if {
	result := client_secret.findings with input as testing.blueprint(overrides)
		with data.agentid.run.now as 1000
		with data.agentid.options as testing.options("credentials/client-secret", {"allowOutsideProduction": allow})
}

judged(overrides) := judged_with({"credentials": [credential(overrides)]}, false)

test_fails_on_an_active_secret if {
	judged({}) == {{"path": ["passwordCredentials", 0], "args": {"name": "test", "credential": "ci"}}}
}

test_fails_on_each_active_secret if {
	found := judged_with({"credentials": [credential({}), credential({"path": ["passwordCredentials", 1]})]}, false)
	{finding.path | some finding in found} == {["passwordCredentials", 0], ["passwordCredentials", 1]}
}

test_fails_when_the_end_is_not_stated if {
	judged({"end": null, "displayName": null}) == {{
		"path": ["passwordCredentials", 0],
		"args": {"name": "test", "credential": null},
	}}
}

test_fails_before_the_start if {
	count(judged({"start": 1000, "end": 2000})) == 1
}

test_passes_once_expired if {
	judged({"end": 1000}) == set()
	judged({"end": 0}) == set()
}

test_passes_on_certificates if {
	judged({"type": "certificate", "path": ["keyCredentials", 0]}) == set()
}

test_passes_without_credentials if {
	judged_with({}, false) == set()
}

test_option_passes_outside_production if {
	judged_with({"credentials": [credential({})]}, true) == set()
}

test_option_does_not_reach_production if {
	count(judged_with({"credentials": [credential({})], "production": true}, true)) == 1
	count(judged_with({"credentials": [credential({})], "production": true}, false)) == 1
}
