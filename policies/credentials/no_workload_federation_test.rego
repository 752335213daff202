package agentid.credentials.no_workload_federation_test

import data.agentid.credentials.no_workload_federation
import data.agentid.lib.testing

secret := {"path": ["passwordCredentials", 0], "type": "secret", "usage": null, "end": 2000}

certificate := {"path": ["keyCredentials", 0], "type": "certificate", "usage": "Verify", "end": 2000}

judged_with(credentials, properties, accept) := result if {
	result := no_workload_federation.findings with input as testing.blueprint({
		"credentials": credentials,
		"properties": properties,
	})
		with data.agentid.run.now as 1000
		with data.agentid.options as testing.options(
			"credentials/no-workload-federation",
			{"acceptCertificates": accept},
		)
}

judged(credentials, properties) := judged_with(credentials, properties, false)

finding(types) := {"path": ["federatedIdentityCredentials"], "args": {"name": "test", "types": types}}

test_fails_with_a_secret if {
	judged([secret], {}) == {finding("client secrets")}
}

test_fails_with_a_certificate if {
	judged([certificate], {}) == {finding("certificates")}
}

test_fails_once_with_many if {
	judged([certificate, secret, secret], {}) == {finding("client secrets and certificates")}
}

test_fails_with_an_empty_list if {
	judged([secret], {"federatedIdentityCredentials": []}) == {finding("client secrets")}
	judged([secret], {"federatedIdentityCredentials": null}) == {finding("client secrets")}
}

test_fails_when_the_end_is_not_stated if {
	count(judged([object.union(secret, {"end": null})], {})) == 1
}

test_passes_with_a_federated_credential if {
	judged([secret], {"federatedIdentityCredentials": [{"name": "aca"}]}) == set()
}

test_passes_on_a_wrong_type if {
	judged([secret], {"federatedIdentityCredentials": "aca"}) == set()
	judged([secret], {"federatedIdentityCredentials": {}}) == set()
}

test_passes_without_credentials if {
	judged([], {}) == set()
}

test_passes_when_all_have_expired if {
	judged([object.union(secret, {"end": 1000})], {}) == set()
}

test_passes_with_token_encryption_only if {
	judged([object.union(certificate, {"usage": "Encrypt"})], {}) == set()
}

test_option_accepts_certificates_but_no_secrets if {
	judged_with([certificate], {}, true) == set()
	judged_with([certificate, secret], {}, true) == {finding("client secrets and certificates")}
	judged_with([secret], {}, true) == {finding("client secrets")}
}
