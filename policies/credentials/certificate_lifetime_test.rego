package agentid.credentials.certificate_lifetime_test

import data.agentid.credentials.certificate_lifetime
import data.agentid.lib.testing

day := 86400

credential(overrides) := object.union(
	{
		"path": ["keyCredentials", 0],
		"type": "certificate",
		"displayName": "CN=claims",
		"usage": "Verify",
		"start": 0,
		"end": 366 * day,
	},
	overrides,
)

judged_with(credentials, limit) := result if {
	result := certificate_lifetime.findings with input as testing.blueprint({"credentials": credentials})
		with data.agentid.options as testing.options("credentials/certificate-lifetime", {"maxDays": limit})
}

judged(overrides) := judged_with([credential(overrides)], 366)

test_passes_at_the_limit if {
	judged({}) == set()
}

test_fails_above_the_limit if {
	judged({"end": 1096 * day}) == {{
		"path": ["keyCredentials", 0, "endDateTime"],
		"args": {"credential": "CN=claims", "days": 1096, "limit": 366},
	}}
}

test_one_second_above_the_limit_fails if {
	judged({"end": (366 * day) + 1, "displayName": null}) == {{
		"path": ["keyCredentials", 0, "endDateTime"],
		"args": {"credential": null, "days": 366, "limit": 366},
	}}
}

test_the_limit_is_an_option if {
	count(judged_with([credential({})], 365)) == 1
	judged_with([credential({"end": 1096 * day})], 1096) == set()
}

test_fails_when_the_usage_is_not_stated if {
	count(judged({"end": 1096 * day, "usage": null})) == 1
}

test_passes_for_token_encryption if {
	judged({"end": 1096 * day, "usage": "Encrypt"}) == set()
}

test_passes_when_a_date_is_not_stated if {
	judged({"start": null}) == set()
	judged({"end": null}) == set()
	judged({"start": null, "end": null}) == set()
}

test_passes_when_the_dates_are_turned_round if {
	judged({"start": 1096 * day, "end": 0}) == set()
}

test_passes_once_it_has_expired if {
	judged({"end": 1096 * day}) == set() with data.agentid.run.now as 1096 * day
	count(judged({"end": 1096 * day})) == 1 with data.agentid.run.now as (1096 * day) - 1
}

test_secrets_are_not_its_business if {
	judged({"type": "secret", "end": 1096 * day}) == set()
}

test_passes_without_credentials if {
	judged_with([], 366) == set()
}
