package agentid.lifecycle.unused_blueprint_test

import data.agentid.lib.testing
import data.agentid.lifecycle.unused_blueprint

day := 86400

now := 1795392000

secret := {"path": ["passwordCredentials", 0], "type": "secret", "usage": null, "end": now + day}

certificate := {"path": ["keyCredentials", 0], "type": "certificate", "usage": "Verify", "end": now + day}

judged(properties, overrides) := result if {
	blueprint := object.union(
		{
			"created": now - (100 * day),
			"credentials": [secret],
			"properties": object.union({"agentIdentityCount": 0, "createdDateTime": "2026-08-15T00:00:00Z"}, properties),
		},
		overrides,
	)
	result := unused_blueprint.findings with input as testing.in_tenant("blueprint", blueprint)
		with data.agentid.options as testing.options("lifecycle/unused-blueprint", {"minimumAgeDays": 30})
		with data.agentid.run.now as now
}

found(credentials) := {{
	"path": ["agentIdentityCount"],
	"args": {"name": "test", "credentials": credentials, "created": "2026-08-15"},
}}

test_fails_with_a_live_credential_and_no_agents if {
	judged({}, {}) == found("a client secret")
	judged({"signInAudience": "AzureADMyOrg"}, {}) == found("a client secret")
	judged({}, {"created": now - (30 * day)}) == found("a client secret")
}

test_counts_credentials if {
	judged({}, {"credentials": [certificate]}) == found("a certificate")
	judged({}, {"credentials": [secret, secret, certificate]}) == found("2 client secrets and a certificate")
}

test_passes_when_young_or_of_unknown_age if {
	judged({}, {"created": now - (29 * day)}) == set()
	judged({}, {"created": null}) == set()
}

test_passes_with_agents_or_when_their_number_is_unknown if {
	every agents in [1, 250, null, "0"] {
		judged({"agentIdentityCount": agents}, {}) == set()
	}
}

test_passes_when_its_agents_may_be_elsewhere if {
	judged({"signInAudience": "AzureADMultipleOrgs"}, {}) == set()
}

test_passes_without_a_credential_that_works if {
	judged({}, {"credentials": []}) == set()
	judged({}, {"credentials": [object.union(secret, {"end": now})]}) == set()
	judged({}, {"credentials": [object.union(certificate, {"usage": "Encrypt"})]}) == set()
}
