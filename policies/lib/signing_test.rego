package agentid.lib.signing_test

import data.agentid.lib.signing

credential(overrides) := object.union(
	{"type": "certificate", "keyId": null, "displayName": null, "usage": "Verify", "start": 1, "end": 2},
	overrides,
)

is_for_tokens(subject, others) := result if {
	result := signing.is_for_tokens(subject) with input as {"credentials": others}
}

sign := credential({"usage": "Sign", "keyId": "a"})

test_signing_certificates_are_for_tokens if {
	is_for_tokens(sign, [])
	is_for_tokens(credential({"usage": "sign"}), [])
	is_for_tokens(credential({"displayName": "CN=Microsoft Azure Federated SSO Certificate"}), [])
}

test_what_belongs_to_one_is_for_tokens if {
	is_for_tokens(credential({"keyId": "b"}), [sign])
	is_for_tokens(credential({"type": "secret", "keyId": "a", "usage": null, "end": 7}), [sign])
}

test_others_are_not if {
	not is_for_tokens(credential({}), [])
	not is_for_tokens(credential({"end": 7}), [sign])
	not is_for_tokens(credential({"type": "secret", "keyId": "b", "usage": null}), [sign])
	not is_for_tokens(credential({"type": "secret", "usage": null}), [credential({"usage": "Sign"})])
	timeless := {"start": null, "end": null}
	not is_for_tokens(credential(timeless), [credential(object.union(timeless, {"usage": "Sign"}))])
}
