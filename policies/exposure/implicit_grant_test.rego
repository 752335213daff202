package agentid.exposure.implicit_grant_test

import data.agentid.exposure.implicit_grant
import data.agentid.lib.testing

judged(properties) := result if {
	result := implicit_grant.findings with input as testing.blueprint({"properties": properties})
}

with_settings(settings) := {"web": {"implicitGrantSettings": settings}}

found(setting, tokens) := {
	"path": ["web", "implicitGrantSettings", setting],
	"args": {"setting": setting, "tokens": tokens},
}

access := found("enableAccessTokenIssuance", "access tokens")

identity := found("enableIdTokenIssuance", "ID tokens")

test_each_switch_is_a_finding if {
	judged(with_settings({"enableAccessTokenIssuance": true})) == {access}
	judged(with_settings({"enableIdTokenIssuance": true, "enableAccessTokenIssuance": false})) == {identity}
	judged(with_settings({"enableIdTokenIssuance": true, "enableAccessTokenIssuance": true})) == {access, identity}
}

test_passes_when_off if {
	judged(with_settings({"enableAccessTokenIssuance": false, "enableIdTokenIssuance": false})) == set()
	judged(with_settings({"enableAccessTokenIssuance": null})) == set()
}

test_passes_when_absent_or_of_another_type if {
	judged({}) == set()
	every value in [null, "true", 1, [], {}] {
		judged({"web": value}) == set()
		judged(with_settings(value)) == set()
		judged(with_settings({"enableIdTokenIssuance": value})) == set()
	}
}
