package agentid.credentials.too_many_active_test

import data.agentid.credentials.too_many_active
import data.agentid.lib.testing

secret(index) := {"path": ["passwordCredentials", index], "type": "secret", "usage": null, "end": 2000}

certificate(index) := {"path": ["keyCredentials", index], "type": "certificate", "usage": "Verify", "end": 2000}

judged_with(credentials, limit) := result if {
	result := too_many_active.findings with input as testing.blueprint({"credentials": credentials})
		with data.agentid.run.now as 1000
		with data.agentid.options as testing.options("credentials/too-many-active", {"maximum": limit})
}

judged(credentials) := judged_with(credentials, 2)

finding(list, active) := {"path": [list], "args": {"name": "test", "count": active, "limit": 2}}

test_fails_on_the_third_secret if {
	judged([secret(0), secret(1), secret(2)]) == {finding("passwordCredentials", 3)}
}

test_fails_on_the_third_certificate if {
	judged([certificate(0), certificate(1), certificate(2)]) == {finding("keyCredentials", 3)}
}

test_points_at_the_list_that_goes_over_the_limit if {
	judged([secret(0), certificate(0), certificate(1)]) == {finding("keyCredentials", 3)}
	judged([secret(0), secret(1), certificate(0), certificate(1)]) == {finding("keyCredentials", 4)}
	judged([secret(0), secret(1), secret(2), certificate(0)]) == {finding("passwordCredentials", 4)}
}

test_counts_those_without_a_stated_end if {
	endless := object.union(secret(2), {"end": null})
	judged([secret(0), secret(1), endless]) == {finding("passwordCredentials", 3)}
}

test_the_limit_is_an_option if {
	count(judged_with([secret(0), secret(1)], 1)) == 1
	judged_with([secret(0), secret(1), secret(2)], 3) == set()
}

test_passes_at_the_limit if {
	judged([secret(0), secret(1)]) == set()
	judged([secret(0), certificate(0)]) == set()
}

test_expired_ones_are_not_counted if {
	judged([object.union(secret(0), {"end": 1000}), secret(1), secret(2)]) == set()
}

test_token_encryption_is_not_counted if {
	judged([secret(0), secret(1), object.union(certificate(0), {"usage": "Encrypt"})]) == set()
}

test_passes_without_credentials if {
	judged([]) == set()
}
