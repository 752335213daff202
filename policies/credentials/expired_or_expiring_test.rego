package agentid.credentials.expired_or_expiring_test

import data.agentid.credentials.expired_or_expiring
import data.agentid.lib.testing

day := 86400

now := 1000 * day

written := {
	"passwordCredentials": [{"endDateTime": "2026-12-01T00:00:00Z"}, {"endDateTime": "2026-12-02T00:00:00Z"}],
	"keyCredentials": [{"endDateTime": "2026-12-03T00:00:00Z"}],
}

secret(overrides) := object.union(
	{
		"path": ["passwordCredentials", 0],
		"type": "secret",
		"displayName": "ci",
		"usage": null,
		"start": 0,
		"end": now + (90 * day),
	},
	overrides,
)

certificate(overrides) := object.union(
	{
		"path": ["keyCredentials", 0],
		"type": "certificate",
		"displayName": "CN=claims",
		"usage": "Verify",
		"start": 0,
		"end": now + (90 * day),
	},
	overrides,
)

judged_with(credentials, days) := result if {
	result := expired_or_expiring.findings with input as testing.blueprint({
		"properties": written,
		"credentials": credentials,
	})
		with data.agentid.run.now as now
		with data.agentid.options as testing.options("credentials/expired-or-expiring", {"warnDays": days})
}

judged(credentials) := judged_with(credentials, 30)

test_fails_on_an_expired_secret if {
	judged([secret({"end": now - (12 * day)})]) == {{"path": ["passwordCredentials", 0, "endDateTime"], "args": {
		"type": "client secret",
		"credential": "ci",
		"state": "expired",
		"date": "2026-12-01",
		"daysAgo": 12,
		"daysLeft": null,
	}}}
}

test_fails_on_an_expiring_certificate if {
	judged([certificate({"end": (now + (10 * day)) + 5})]) == {{"path": ["keyCredentials", 0, "endDateTime"], "args": {
		"type": "certificate",
		"credential": "CN=claims",
		"state": "expires",
		"date": "2026-12-03",
		"daysAgo": null,
		"daysLeft": 10,
	}}}
}

states(end) := {finding.args.state | some finding in judged([secret({"end": end})])}

test_the_end_itself_is_expired if {
	states(now - 1) == {"expired"}
	states(now) == {"expired"}
	states(now + 1) == {"expires"}
}

test_the_window_ends_at_its_last_second if {
	states(now + (30 * day)) == {"expires"}
	states((now + (30 * day)) + 1) == set()
}

test_one_day_is_told_by_the_date_alone if {
	found := judged([secret({"end": now + day}), certificate({"end": now - day})])
	{[finding.args.daysLeft, finding.args.daysAgo] | some finding in found} == {[null, null]}
}

test_the_window_is_an_option if {
	judged_with([secret({"end": now + (10 * day)})], 7) == set()
	judged_with([secret({"end": now + 1})], 0) == set()
	count(judged_with([secret({"end": now})], 0)) == 1
}

test_passes_with_a_newer_one_of_its_type if {
	newer := secret({"path": ["passwordCredentials", 1], "start": now + day})
	judged([secret({"end": now + day}), newer]) == set()
	judged([newer, secret({"end": now + day})]) == set()
}

test_passes_with_one_whose_end_is_not_stated if {
	judged([secret({"end": now + day}), secret({"path": ["passwordCredentials", 1], "end": null})]) == set()
}

test_the_longer_of_two_that_expire_fails if {
	longer := secret({"path": ["passwordCredentials", 1], "end": now + (2 * day)})
	found := judged([secret({"end": now + day}), longer])
	{finding.path | some finding in found} == {["passwordCredentials", 1, "endDateTime"]}
}

test_two_that_end_together_both_fail if {
	same := secret({"path": ["passwordCredentials", 1], "end": now + day})
	count(judged([secret({"end": now + day}), same])) == 2
}

test_an_expired_one_fails_in_spite_of_a_newer_one if {
	newer := secret({"path": ["passwordCredentials", 1]})
	count(judged([secret({"end": now - day}), newer])) == 1
}

test_another_type_or_use_is_no_replacement if {
	count(judged([secret({"end": now + day}), certificate({})])) == 1
	encryption := certificate({"usage": "Encrypt", "end": now + (300 * day)})
	count(judged([certificate({"end": now + day}), encryption])) == 1
}

test_passes_when_the_end_is_not_stated if {
	judged([secret({"end": null}), certificate({"end": null})]) == set()
}

test_passes_without_credentials if {
	judged([]) == set()
}
