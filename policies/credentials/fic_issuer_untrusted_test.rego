package agentid.credentials.fic_issuer_untrusted_test

import data.agentid.credentials.fic_issuer_untrusted
import data.agentid.lib.testing

home := "f470eba6-5b3d-58e3-8bae-7d058027d4fb"

vendor := "866e3704-6c28-5b4f-a2a6-b38be3882568"

github := "https://token.actions.githubusercontent.com"

cluster := "https://oidc.prod-aks.azure.com/a1b2/"

judged_list(list, issuers, tenants) := result if {
	blueprint := testing.blueprint({"properties": {"federatedIdentityCredentials": list}})
	result := fic_issuer_untrusted.findings with input as blueprint
		with data.agentid.options as testing.options(
			"credentials/fic-issuer-untrusted",
			{"allowedIssuers": issuers, "allowedTenants": tenants},
		)
}

judged_with(issuer, issuers, tenants) := judged_list([{"name": "ci", "issuer": issuer}], issuers, tenants)

judged(issuer) := judged_with(issuer, [github, concat("", [github, "/*"])], [])

entra(tenant) := concat("", ["https://login.microsoftonline.com/", tenant, "/v2.0"])

found(issuer, overrides) := {{
	"path": ["federatedIdentityCredentials", 0, "issuer"],
	"args": object.union(
		{"credential": "ci", "issuer": issuer, "service": null, "missing": null, "tenant": null},
		overrides,
	),
}}

test_fails_on_an_issuer_that_nobody_named if {
	judged(cluster) == found(cluster, {})
}

test_names_a_well_known_service if {
	judged("https://gitlab.com") == found("https://gitlab.com", {"service": "GitLab.com"})
}

test_fails_without_https_even_when_allowed if {
	judged("http://issuer.example") == found("http://issuer.example", {"missing": "https://"})
	judged_with("http://issuer.example", ["http://issuer.example"], []) == found(
		"http://issuer.example",
		{"missing": "https://"},
	)
	insecure := concat("", ["http://login.microsoftonline.com/", home, "/v2.0"])
	judged(insecure) == found(insecure, {"missing": "https://"})
	judged("issuer.example") == found("issuer.example", {"missing": "https://"})
}

test_fails_on_a_tenant_that_is_not_allowed if {
	judged_with(entra(vendor), [], [home]) == found(entra(vendor), {"tenant": vendor})
}

test_fails_on_hosts_that_look_alike if {
	count(judged("https://login.microsoftonline.com.evil.example/f470eba6-5b3d-58e3-8bae-7d058027d4fb/v2.0")) == 1
	count(judged("https://login.microsoftonline.com@evil.example/f470eba6-5b3d-58e3-8bae-7d058027d4fb/v2.0")) == 1
	count(judged("https://token.actions.githubusercontent.com.evil.example")) == 1
}

test_fails_on_an_entra_issuer_without_a_tenant if {
	count(judged(entra("common"))) == 1
	count(judged("https://login.microsoftonline.com/")) == 1
	count(judged("https://login.microsoftonline.com")) == 1
}

test_the_list_takes_the_place_of_the_default if {
	count(judged_with(github, [cluster], [])) == 1
	count(judged_with(github, [], [])) == 1
}

test_passes_for_any_tenant_until_some_are_named if {
	judged(entra(home)) == set()
	judged(entra(vendor)) == set()
	judged(entra(upper(vendor))) == set()
	judged(concat("", ["https://sts.windows.net/", home, "/"])) == set()
	judged(concat("", ["https://login.microsoftonline.us/", home, "/v2.0"])) == set()
}

test_passes_for_an_allowed_tenant if {
	judged_with(entra(home), [], [upper(home)]) == set()
	judged_with(entra(upper(home)), [], [home]) == set()
}

test_an_allowed_issuer_needs_no_allowed_tenant if {
	judged_with(entra(vendor), [entra(vendor)], [home]) == set()
}

test_passes_for_github if {
	judged(github) == set()
	judged(concat("", [github, "/larkspur-freight"])) == set()
}

test_passes_for_a_named_issuer if {
	judged_with(cluster, [cluster], []) == set()
	judged_with(cluster, ["https://oidc.prod-aks.azure.com/*"], []) == set()
}

test_passes_on_placeholders if {
	judged("${ISSUER}") == set()
	judged("<your-issuer>") == set()
	judged(entra("<tenant-id>")) == set()
	judged_with(entra("${TENANT_ID}"), [], [home]) == set()
}

test_passes_on_absent_and_wrong_types if {
	every issuer in [null, "", "  ", 5, true, [cluster], {"url": cluster}] {
		judged(issuer) == set()
	}
	judged_list([{}], [], []) == set()
	judged_list([null, "x", 5, [{"issuer": cluster}]], [], []) == set()
	judged_list(null, [], []) == set()
	judged_list([], [], []) == set()
	judged_list("x", [], []) == set()
	judged_list({"a": {"issuer": cluster}}, [], []) == set()
}

test_the_name_can_be_missing if {
	found_unnamed := judged_list([{"issuer": cluster}, {"name": 5, "issuer": "https://b.example"}], [], [])
	{finding.args.credential | some finding in found_unnamed} == {null}
	count(found_unnamed) == 2
}

judged_in_tenant(issuer, tenants) := result if {
	properties := {"federatedIdentityCredentials": [{"name": "ci", "issuer": issuer}]}
	origin := object.union(testing.in_tenant("blueprint", {}).origin, {"tenantId": home})
	result := fic_issuer_untrusted.findings with input as testing.in_tenant(
		"blueprint",
		{"properties": properties, "origin": origin},
	)
		with data.agentid.options as testing.options(
			"credentials/fic-issuer-untrusted",
			{"allowedIssuers": [], "allowedTenants": tenants},
		)
}

test_a_tenant_trusts_itself_and_nobody_else_by_itself if {
	judged_in_tenant(entra(home), []) == set()
	judged_in_tenant(entra(home), [vendor]) == set()
	judged_in_tenant(entra(vendor), [vendor]) == set()
	judged_in_tenant(entra(vendor), []) == found(entra(vendor), {"tenant": vendor})
}
