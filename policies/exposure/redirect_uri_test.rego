package agentid.exposure.redirect_uri_test

import data.agentid.exposure.redirect_uri
import data.agentid.lib.testing

judged(overrides, hosts) := result if {
	result := redirect_uri.findings with input as testing.blueprint(overrides)
		with data.agentid.options as testing.options("exposure/redirect-uri", {"allowedHosts": hosts})
}

listed(uris) := {"properties": {"web": {"redirectUris": uris}}}

problems(overrides, hosts) := {finding.args.problem | some finding in judged(overrides, hosts)}

plain := "uses plain http"

wildcard := "has a wildcard in its host"

foreign := "leads to a host that is not allowed"

local := "leads to the user's own machine, although the blueprint is in production"

test_plain_http_fails if {
	judged(listed(["https://a.example/", "HTTP://Claims.Example:8080/cb?code=1"]), []) == {{
		"path": ["web", "redirectUris", 1],
		"args": {"uri": "http://claims.example:8080/cb", "host": "claims.example", "problem": plain},
	}}
}

test_hosts_that_look_like_localhost_fail if {
	every address in [
		"http://localhost.evil.example/",
		"http://localhost@evil.example/",
		"http://evil.example\\@localhost/",
		"http://127.0.0.1.evil.example/",
		"http://evil.example#localhost",
		"http://[::2]/",
	] {
		problems(listed([address]), []) == {plain}
	}
}

test_http_on_the_own_machine_passes if {
	judged(listed(["http://localhost", "http://LOCALHOST:8400/", "http://localhost./"]), ["claims.example"]) == set()
	judged(listed(["http://127.0.0.1:1/cb", "http://[::1]:8400/"]), ["claims.example"]) == set()
}

test_the_own_machine_fails_in_production if {
	every address in ["http://localhost", "https://localhost:8400/", "http://127.0.0.1/cb", "http://[::1]/"] {
		problems(object.union(listed([address]), {"production": true}), []) == {local}
	}
	problems(object.union(listed(["https://claims.example/"]), {"production": true}), []) == set()
}

test_wildcards_fail if {
	every address in ["https://*.claims.example/", "https://*/cb", "https://claims-*.example:8443/", "https://claims.*"] {
		problems(listed([address]), ["*.claims.example"]) == {wildcard}
	}
	problems(listed(["http://*.claims.example/"]), []) == {plain, wildcard}
	problems(listed(["https://claims.example/*"]), []) == set()
}

test_hosts_off_the_list_fail if {
	hosts := ["consent.larkspur.example", "*.claims.example"]
	every host in ["claims.example", "evil.example", "evilclaims.example", "[2001:db8::1]"] {
		address := concat("", ["https://", host, "/"])
		problems(listed([address]), hosts) == {foreign}
	}
	problems(listed(["http://evil.example/"]), hosts) == {foreign, plain}
	every address in ["https://Consent.Larkspur.Example/x", "https://a.b.claims.example:8443/"] {
		problems(listed([address]), hosts) == set()
	}
}

test_any_host_passes_without_a_list if {
	judged(listed(["https://evil.example/"]), []) == set()
}

test_consent_pages_of_microsoft_pass if {
	uris := ["https://entra.microsoft.com/TokenAuthorize", "https://admin.cloud.microsoft/?ref=tools/consent"]
	judged(listed(uris), ["claims.example"]) == set()
}

test_custom_schemes_pass if {
	uris := ["ms-appx-web://Microsoft.AAD.BrokerPlugin/x", "larkspur:/cb", "urn:ietf:wg:oauth:2.0:oob", "ftp://x.example"]
	judged(object.union(listed(uris), {"production": true}), ["claims.example"]) == set()
}

test_templates_and_what_is_no_address_pass if {
	templates := ["http://${HOST}/cb", "${URL}", "http://{{ host }}/", "http://#{HOST}#/"]
	judged(object.union(listed(templates), {"production": true}), ["claims.example"]) == set()
	judged(listed(["", "claims", "http://", "//a.example"]), ["claims.example"]) == set()
}

test_settings_are_judged_unless_they_say_the_same if {
	web := {
		"redirectUris": ["http://a.example/"],
		"redirectUriSettings": [{"uri": "http://a.example/", "index": null}, {"uri": "http://b.example/", "index": 1}],
	}
	{finding.path | some finding in judged({"properties": {"web": web}}, [])} == {
		["web", "redirectUris", 0],
		["web", "redirectUriSettings", 1, "uri"],
	}
	{finding.path | some finding in judged({"properties": {"web": object.remove(web, ["redirectUris"])}}, [])} == {
		["web", "redirectUriSettings", 0, "uri"],
		["web", "redirectUriSettings", 1, "uri"],
	}
}

test_other_platforms_are_another_rules_business if {
	properties := {"spa": {"redirectUris": ["http://a.example/"]}, "publicClient": {"redirectUris": ["http://a.example/"]}}
	judged({"properties": properties}, []) == set()
}

test_passes_when_absent_or_of_another_type if {
	judged({}, []) == set()
	every value in [null, "http://a.example/", 5, true, {"a": "http://a.example/"}, [5, null, {}, ["http://a.example/"]]] {
		judged(listed(value), ["claims.example"]) == set()
		judged({"properties": {"web": {"redirectUriSettings": value}}}, ["claims.example"]) == set()
	}
	every value in [null, "x", 5, [], ["http://a.example/"]] {
		judged({"properties": {"web": value}}, ["claims.example"]) == set()
	}
}
