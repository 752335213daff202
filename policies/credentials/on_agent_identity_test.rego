package agentid.credentials.on_agent_identity_test

import data.agentid.credentials.on_agent_identity
import data.agentid.lib.testing

secret := {
	"path": ["passwordCredentials", 0],
	"type": "secret",
	"keyId": "1",
	"displayName": "later",
	"usage": null,
	"start": 1,
	"end": 2,
}

certificate := {
	"path": ["keyCredentials", 0],
	"type": "certificate",
	"keyId": "2",
	"displayName": null,
	"usage": "Verify",
	"start": null,
	"end": null,
}

judged(kind, credentials) := result if {
	result := on_agent_identity.findings with input as testing.in_tenant(kind, {"credentials": credentials})
}

found(path, type, name, holder) := {{
	"path": path,
	"args": {"type": type, "credential": name, "object": holder, "name": "test"},
}}

test_fails_on_any_credential if {
	judged("agentIdentity", [secret]) == found(["passwordCredentials", 0], "client secret", "later", "agent identity")
	judged("blueprintPrincipal", [certificate]) == found(["keyCredentials", 0], "certificate", null, "blueprint principal")
	count(judged("agentIdentity", [secret, certificate])) == 2
}

test_passes_without if {
	judged("agentIdentity", []) == set()
}

test_passes_for_what_authenticates_nobody if {
	judged("blueprintPrincipal", [object.union(certificate, {"usage": "Sign"})]) == set()
	judged("blueprintPrincipal", [object.union(certificate, {"usage": "Encrypt"})]) == set()
}
