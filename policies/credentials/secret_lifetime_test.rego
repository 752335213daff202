package agentid.credentials.secret_lifetime_test

import data.agentid.credentials.secret_lifetime
import data.agentid.lib.testing

day := 86400

credential(overrides) := object.union(
	{"path": ["passwordCredentials", 0], "type": "secret", "displayName": "ci", "start": 0, "end": 90 * day},
	overrides,
)

judged(overrides) := result if {
	result := secret_lifetime.findings with input as testing.blueprint({"credentials": [credential(overrides)]})
		with data.agentid.options as testing.options("credentials/secret-lifetime", {"maxDays": 90})
}

test_passes_at_the_limit if {
	judged({}) == set()
}

test_fails_above_the_limit if {
	judged({"end": 730 * day}) == {{
		"path": ["passwordCredentials", 0, "endDateTime"],
		"args": {"credential": "ci", "days": 730, "limit": 90},
	}}
}

test_one_second_above_the_limit_fails if {
	count(judged({"end": (90 * day) + 1})) == 1
}

test_passes_when_a_date_is_not_stated if {
	judged({"start": null}) == set()
	judged({"end": null}) == set()
}

test_passes_once_it_has_expired if {
	judged({"end": 730 * day}) == set() with data.agentid.run.now as 730 * day
	count(judged({"end": 730 * day})) == 1 with data.agentid.run.now as (730 * day) - 1
}

test_certificates_are_not_its_business if {
	judged({"type": "certificate", "end": 730 * day}) == set()
}

test_passes_without_credentials if {
	secret_lifetime.findings == set() with input as testing.blueprint({})
		with data.agentid.options as testing.options("credentials/secret-lifetime", {"maxDays": 90})
}
