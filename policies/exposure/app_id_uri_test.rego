package agentid.exposure.app_id_uri_test

import data.agentid.exposure.app_id_uri
import data.agentid.lib.testing

judged(properties, domains) := result if {
	result := app_id_uri.findings with input as testing.blueprint({"properties": properties})
		with data.agentid.options as testing.options("exposure/app-id-uri", {"verifiedDomains": domains})
}

problems(properties, domains) := {[finding.path, finding.args.problem] | some finding in judged(properties, domains)}

app_id := "761743dd-d8b9-5abe-a1b2-a59a85183033"

tenant_id := "f470eba6-5b3d-58e3-8bae-7d058027d4fb"

scope := {
	"id": "e5a9cded-ee39-5b4f-8232-9a6e01c38f0f",
	"value": "access_agent",
	"isEnabled": true,
	"adminConsentDisplayName": "Talk",
	"adminConsentDescription": "Lets the caller talk.",
}

good := {
	"appId": app_id,
	"identifierUris": [concat("", ["api://", app_id])],
	"api": {"requestedAccessTokenVersion": 2, "oauth2PermissionScopes": [scope]},
}

with_scopes(scopes) := object.union(good, {"api": {"oauth2PermissionScopes": scopes}})

with_uris(uris) := {"appId": app_id, "identifierUris": uris}

foreign := "identifier URI contains neither the application id nor a domain of your organisation"

test_a_complete_blueprint_passes if {
	judged(good, []) == set()
	judged({}, []) == set()
}

test_scopes_without_a_uri_fail if {
	problem := "scopes are exposed without an identifier URI"
	expected := {{"path": ["identifierUris"], "args": {"problem": problem, "value": ["access_agent"]}}}
	judged(object.remove(good, ["identifierUris"]), []) == expected
	judged(object.union(good, {"identifierUris": null}), []) == expected
	judged(object.union(good, {"identifierUris": []}), []) == expected
}

test_no_uri_is_needed_without_enabled_scopes_or_before_the_blueprint_exists if {
	judged({"appId": app_id, "identifierUris": []}, []) == set()
	judged(object.remove(with_scopes([object.union(scope, {"isEnabled": false})]), ["identifierUris"]), []) == set()
	judged(object.remove(good, ["identifierUris", "appId"]), []) == set()
	every id in [null, "", "<app-id>", "${APP_ID}", "00000000-0000-0000-0000-000000000000", 5] {
		judged(object.union(object.remove(good, ["identifierUris"]), {"appId": id}), []) == set()
	}
}

test_uris_of_the_organisation_pass if {
	uris := [
		"api://761743dd-d8b9-5abe-a1b2-a59a85183033",
		"API://761743DD-D8B9-5ABE-A1B2-A59A85183033/agents",
		concat("/", ["api:/", tenant_id, app_id]),
		concat("/", ["api:/", tenant_id, "invoice"]),
		concat("/", ["api://invoice", app_id]),
		concat("/", ["api://tab.larkspur.example/botid-761743dd-d8b9-5abe-a1b2-a59a85183033"]),
		"api://larkspur.example/invoice",
		"https://larkspur.example/invoice",
		"https://invoice.larkspur.example",
		"https://larkspur.onmicrosoft.com/invoice",
		"https://${DOMAIN}/invoice",
		"api://{appId}",
	]
	judged(with_uris(uris), []) == set()
}

test_uris_that_anybody_could_claim_fail if {
	every written in [
		"api://invoice",
		"api://invoice/access",
		concat("", ["api://", tenant_id]),
		"api://larkspur.example",
		"https://contoso.com/invoice",
		"https://api.contoso.com",
		"http://larkspur.example/invoice",
		"urn:larkspur:invoice",
		"invoice",
		"https://",
	] {
		problems(with_uris([written]), []) == {[["identifierUris", 0], foreign]}
	}
}

test_verified_domains_limit_https if {
	domains := ["larkspur.example"]
	uris := ["https://larkspur.example/a", "https://a.b.larkspur.example", "api://a.larkspur.example/b"]
	judged(with_uris(uris), domains) == set()
	judged(with_uris(["https://contoso.com/a"]), ["contoso.com"]) == set()
	every written in ["https://larkspur.example.evil.test/", "https://evillarkspur.example", "api://evil.test/b"] {
		problems(with_uris([written]), domains) == {[["identifierUris", 0], foreign]}
	}
}

test_before_the_blueprint_exists_only_what_needs_no_id_is_judged if {
	uris := ["api://invoice", "api://<app-id>", "https://larkspur.example", "https://contoso.com", "invoice"]
	problems({"appId": "<app-id>", "identifierUris": uris}, []) == {
		[["identifierUris", 3], foreign],
		[["identifierUris", 4], foreign],
	}
}

test_a_uri_is_told_without_its_secrets if {
	found := judged(with_uris(["http://a:b@larkspur.example/x?y=z"]), [])
	{finding.args.value | some finding in found} == {"http://larkspur.example/x"}
}

test_repeated_values_and_ids_fail_at_the_later_ones if {
	path := ["api", "oauth2PermissionScopes"]
	judged(with_scopes([scope, object.union(scope, {"id": tenant_id}), object.union(scope, {"id": app_id})]), []) == {
		{
			"path": array.concat(path, [1, "value"]),
			"args": {"problem": "two scopes have the same value", "value": "access_agent"},
			"related": [{"message": "the other scope", "path": array.concat(path, [0, "value"])}],
		},
		{
			"path": array.concat(path, [2, "value"]),
			"args": {"problem": "two scopes have the same value", "value": "access_agent"},
			"related": [{"message": "the other scope", "path": array.concat(path, [1, "value"])}],
		},
	}
	problems(with_scopes([scope, object.union(scope, {"value": "other"})]), []) == {[
		array.concat(path, [1, "id"]),
		"two scopes have the same id",
	]}
}

test_values_that_are_not_there_are_not_repeated if {
	every value in [null, "", " ", "${SCOPE}", "TODO", 5] {
		other := object.union(scope, {"id": value, "value": value})
		judged(with_scopes([other, other]), []) == set()
	}
	judged(with_scopes([scope, object.union(scope, {"id": tenant_id, "value": "Access_Agent"})]), []) == set()
}

test_enabled_scopes_need_consent_text if {
	path := ["api", "oauth2PermissionScopes", 0]
	problems(with_scopes([object.remove(scope, ["adminConsentDisplayName"])]), []) == {[
		array.concat(path, ["adminConsentDisplayName"]),
		"enabled scope has no adminConsentDisplayName",
	]}
	every value in [null, "", " "] {
		problems(with_scopes([object.union(scope, {"adminConsentDescription": value})]), []) == {[
			array.concat(path, ["adminConsentDescription"]),
			"enabled scope has no adminConsentDescription",
		]}
	}
	count(judged(with_scopes([{"value": "x"}]), [])) == 2
	judged(with_scopes([{"value": "x", "isEnabled": false}]), []) == set()
	judged(with_scopes([object.union(scope, {"adminConsentDescription": 5})]), []) == set()
}

test_scopes_need_version_2 if {
	problem := "access tokens for the exposed scopes have version 1 instead of 2"
	expected := {{"path": ["api", "requestedAccessTokenVersion"], "args": {"problem": problem, "value": ["access_agent"]}}}
	judged(object.union(good, {"api": {"requestedAccessTokenVersion": 1}}), []) == expected
	judged(object.union(good, {"api": {"requestedAccessTokenVersion": null}}), []) == expected
	judged(object.union(good, {"api": object.remove(good.api, ["requestedAccessTokenVersion"])}), []) == set()
	judged(object.union(object.remove(good, ["api"]), {"api": {"oauth2PermissionScopes": [scope]}}), []) == expected
	judged({"api": {"requestedAccessTokenVersion": null}}, []) == set()
	judged(object.union(good, {"api": {"requestedAccessTokenVersion": "2"}}), []) == set()
}

test_passes_when_of_another_type if {
	every value in [null, "x", 5, true, {}, {"a": "invoice"}] {
		judged({"appId": app_id, "identifierUris": value}, []) == set()
		judged({"appId": app_id, "api": value}, []) == set()
		judged({"appId": app_id, "api": {"oauth2PermissionScopes": value}}, []) == set()
	}
	judged({"appId": app_id, "identifierUris": [5, null, {}, []]}, []) == set()
	judged({"appId": app_id, "api": {"oauth2PermissionScopes": [5, null, "x", []]}}, []) == set()
}
