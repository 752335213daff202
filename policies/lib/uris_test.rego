package agentid.lib.uris_test

import data.agentid.lib.uris

parts(scheme, host, port, path) := {"scheme": scheme, "host": host, "port": port, "path": path, "template": false}

test_an_address_is_taken_apart if {
	uris.parts("https://claims.example/cb") == parts("https", "claims.example", "", "/cb")
	uris.parts("HTTPS://Claims.Example:8443/CB?a=b#c") == parts("https", "claims.example", "8443", "/CB")
	uris.parts("http://localhost") == parts("http", "localhost", "", "")
	uris.parts("https://claims.example?x=1") == parts("https", "claims.example", "", "")
	uris.parts("https://claims.example#x") == parts("https", "claims.example", "", "")
	uris.parts(" https://claims.example./ ") == parts("https", "claims.example", "", "/")
}

test_ipv6_keeps_its_brackets if {
	uris.parts("http://[::1]/cb") == parts("http", "[::1]", "", "/cb")
	uris.parts("http://[2001:DB8::1]:8080/") == parts("http", "[2001:db8::1]", "8080", "/")
}

test_user_name_and_password_are_no_host if {
	uris.parts("http://localhost@evil.example/") == parts("http", "evil.example", "", "/")
	uris.parts("https://a:b@evil.example:444/") == parts("https", "evil.example", "444", "/")
	uris.parts("http://localhost#@evil.example/") == parts("http", "localhost", "", "")
}

test_a_backslash_ends_the_host_as_in_a_browser if {
	uris.parts(`https://evil.example\@claims.example/`).host == "evil.example"
}

test_an_address_without_a_scheme_may_have_a_host if {
	uris.parts("claims.example/cb") == parts("", "claims.example", "", "/cb")
	uris.parts("localhost:8400/cb") == parts("", "localhost", "8400", "/cb")
	uris.parts("//claims.example/cb") == parts("", "claims.example", "", "/cb")
	uris.parts("invoice-bot") == parts("", "invoice-bot", "", "")
}

test_an_address_without_slashes_has_no_host if {
	uris.parts("larkspur.invoice:/cb") == parts("larkspur.invoice", "", "", "/cb")
	uris.parts("urn:ietf:wg:oauth:2.0:oob") == parts("urn", "", "", "ietf:wg:oauth:2.0:oob")
	uris.parts("https:/cb") == parts("https", "", "", "/cb")
}

test_what_is_no_address_is_taken_apart_too if {
	uris.parts("") == parts("", "", "", "")
	uris.parts("://") == parts("", "", "", "//")
	uris.parts("http://") == parts("http", "", "", "")
	uris.parts("9a://x/") == parts("", "9a", "", "//x/")
}

test_only_text_is_an_address if {
	every value in [null, 5, true, ["https://claims.example"], {}] {
		count([parts | parts := uris.parts(value)]) == 0
	}
}

test_a_template_is_told if {
	every address in [
		"https://${HOST}/cb",
		"https://$HOST/cb",
		"https://{host}/cb",
		"https://{{ host }}/cb",
		"https://<host>/cb",
		"https://%HOST%/cb",
		"https://__HOST__/cb",
		"https://[[host]]/cb",
		"https://claims.$(env).example:$(port)/cb",
	] {
		uris.parts(address).template
	}
	not uris.parts("https://claims.example/${PATH}").template
}

test_secrets_are_not_shown if {
	uris.shown(uris.parts("https://user:secret@Claims.example:8443/cb?code=secret#secret")) == "https://claims.example:8443/cb"
	uris.shown(uris.parts("invoice-bot")) == "invoice-bot"
	uris.shown(uris.parts("larkspur.invoice:/cb")) == "larkspur.invoice:/cb"
	uris.shown(uris.parts("urn:a:b")) == "urn:a:b"
}

test_loopback if {
	uris.is_loopback("localhost")
	uris.is_loopback("127.0.0.1")
	uris.is_loopback("[::1]")
	not uris.is_loopback("localhost.example")
	not uris.is_loopback("127.0.0.1.example")
	not uris.is_loopback("")
	not uris.is_loopback(null)
}

test_hosts_are_exact_or_below if {
	uris.in_hosts("claims.example", ["Claims.Example"])
	uris.in_hosts("a.claims.example", ["other.example", "*.Claims.Example"])
	uris.in_hosts("a.b.claims.example", ["*.claims.example"])
	not uris.in_hosts("claims.example", ["*.claims.example"])
	not uris.in_hosts("evilclaims.example", ["*.claims.example", "claims.example"])
	not uris.in_hosts("claims.example", [])
	not uris.in_hosts("claims.example", null)
}

test_domains_hold_what_is_below_them if {
	uris.in_domains("claims.example", ["claims.example"])
	uris.in_domains("a.claims.example", ["Claims.Example"])
	not uris.in_domains("evilclaims.example", ["claims.example"])
	not uris.in_domains("example", ["claims.example"])
	not uris.in_domains("claims.example", [])
}

test_sample_domains if {
	uris.is_sample("contoso.com")
	uris.is_sample("api.contoso.com")
	not uris.is_sample("notcontoso.com")
	not uris.is_sample("com")
	not uris.is_sample("")
	not uris.is_sample(null)
}
