package agentid.credentials.fic_audience_test

import data.agentid.credentials.fic_audience
import data.agentid.lib.testing

github := "https://token.actions.githubusercontent.com"

global := "https://login.microsoftonline.com/f470eba6-5b3d-58e3-8bae-7d058027d4fb/v2.0"

government := "https://login.microsoftonline.us/f470eba6-5b3d-58e3-8bae-7d058027d4fb/v2.0"

china := "https://login.partner.microsoftonline.cn/f470eba6-5b3d-58e3-8bae-7d058027d4fb/v2.0"

judged_list(list) := result if {
	blueprint := testing.blueprint({"properties": {"federatedIdentityCredentials": list}})
	result := fic_audience.findings with input as blueprint
}

judged(issuer, audiences) := judged_list([{"name": "ci", "issuer": issuer, "audiences": audiences}])

test_fails_on_another_audience if {
	judged(github, ["https://github.com/larkspur-freight"]) == {{
		"path": ["federatedIdentityCredentials", 0, "audiences", 0],
		"args": {
			"credential": "ci",
			"audiences": ["https://github.com/larkspur-freight"],
			"expected": "api://AzureADTokenExchange",
		},
	}}
}

test_fails_on_more_than_one if {
	judged(github, ["api://AzureADTokenExchange", "api://claims"]) == {{
		"path": ["federatedIdentityCredentials", 0, "audiences"],
		"args": {
			"credential": "ci",
			"audiences": ["api://AzureADTokenExchange", "api://claims"],
			"expected": "api://AzureADTokenExchange",
		},
	}}
}

test_fails_on_an_empty_list if {
	judged(github, []) == {{
		"path": ["federatedIdentityCredentials", 0, "audiences"],
		"args": {"credential": "ci", "audiences": [], "expected": "api://AzureADTokenExchange"},
	}}
}

test_fails_on_the_audience_of_another_cloud if {
	expected(government, "api://AzureADTokenExchange") == {"api://AzureADTokenExchangeUSGov"}
	expected(china, "api://AzureADTokenExchangeUSGov") == {"api://AzureADTokenExchangeChina"}
	expected(global, "api://AzureADTokenExchangeChina") == {"api://AzureADTokenExchange"}
}

expected(issuer, audience) := {finding.args.expected | some finding in judged(issuer, [audience])}

test_the_case_counts if {
	count(judged(github, ["api://azureadtokenexchange"])) == 1
}

test_passes_on_the_audience_of_the_cloud if {
	judged(global, ["api://AzureADTokenExchange"]) == set()
	judged(government, ["api://AzureADTokenExchangeUSGov"]) == set()
	judged(china, ["api://AzureADTokenExchangeChina"]) == set()
}

test_passes_on_any_of_them_when_the_cloud_is_not_known if {
	every issuer in [github, null, 5, "", "${ISSUER}", "nonsense"] {
		judged(issuer, ["api://AzureADTokenExchange"]) == set()
		judged(issuer, ["api://AzureADTokenExchangeUSGov"]) == set()
	}
}

test_passes_on_a_placeholder if {
	judged(github, ["${AUDIENCE}"]) == set()
	judged(global, ["<audience>"]) == set()
}

test_passes_on_absent_and_wrong_types if {
	every audiences in [null, "api://claims", 5, {}, [5], ["api://claims", null]] {
		judged(github, audiences) == set()
	}
	judged_list([{"name": "ci", "issuer": github}]) == set()
	judged_list([]) == set()
	judged_list(null) == set()
	judged_list("x") == set()
	judged_list([null, 5, "x"]) == set()
}
