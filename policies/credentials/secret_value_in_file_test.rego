package agentid.credentials.secret_value_in_file_test

import data.agentid.credentials.secret_value_in_file
import data.agentid.lib.testing

judged(kind, secrets, properties) := result if {
	result := secret_value_in_file.findings with input as testing.resource(kind, {
		"secrets": secrets,
		"properties": properties,
	})
}

generated(protected) := judged(
	"agent365GeneratedConfig",
	[{"path": ["agentBlueprintClientSecret"], "form": "value"}],
	{"agentBlueprintClientSecret": null, "agentBlueprintClientSecretProtected": protected},
)

test_fails_on_a_value if {
	judged("blueprint", [{"path": ["passwordCredentials", 1, "secretText"], "form": "value"}], {}) == {{
		"path": ["passwordCredentials", 1, "secretText"],
		"args": {"property": "secretText", "protected": null},
	}}
}

test_fails_on_every_value if {
	secrets := [
		{"path": ["passwordCredentials", 0, "secretText"], "form": "value"},
		{"path": ["passwordCredentials", 1, "secretText"], "form": "value"},
		{"path": ["passwordCredentials", 2, "secretText"], "form": "placeholder"},
	]
	count(judged("blueprint", secrets, {})) == 2
}

test_fails_on_a_value_without_protection if {
	found := {{
		"path": ["agentBlueprintClientSecret"],
		"args": {"property": "agentBlueprintClientSecret", "protected": null},
	}}
	generated(false) == found
	generated(null) == found
	generated("true") == found
}

test_fails_on_a_protected_value_and_says_so if {
	generated(true) == {{
		"path": ["agentBlueprintClientSecret"],
		"args": {"property": "agentBlueprintClientSecret", "protected": true},
	}}
}

test_the_mark_is_about_one_property if {
	found := judged(
		"agent365GeneratedConfig",
		[{"path": ["bot", "clientSecret"], "form": "value"}],
		{"agentBlueprintClientSecretProtected": true},
	)
	{finding.args.protected | some finding in found} == {null}
}

test_passes_on_a_placeholder if {
	judged("blueprint", [{"path": ["passwordCredentials", 0, "secretText"], "form": "placeholder"}], {}) == set()
}

test_passes_without_secrets if {
	judged("blueprint", [], {}) == set()
	judged("agent365Config", [], {"agentBlueprintClientSecretProtected": true}) == set()
	judged("agent365GeneratedConfig", [], {"agentBlueprintClientSecret": ""}) == set()
}
