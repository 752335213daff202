package agentid.exposure.unsupported_property_test

import data.agentid.exposure.unsupported_property
import data.agentid.lib.testing

judged(properties, allow) := result if {
	result := unsupported_property.findings with input as testing.blueprint({"properties": properties})
		with data.agentid.options as testing.options("exposure/unsupported-property", {"allow": allow})
}

found(property, steps, value) := {{
	"path": array.concat([property], steps),
	"args": {"property": property, "value": value},
}}

used := {
	"publicClient": {"redirectUris": ["http://localhost"]},
	"spa": {"redirectUris": ["https://a.example"]},
	"isFallbackPublicClient": true,
	"addIns": [{"type": "FileHandler"}],
	"nativeAuthenticationApisEnabled": "all",
	"samlMetadataUrl": "https://a.example",
	"parentalControlSettings": {"countriesBlockedForMinors": ["DE"], "legalAgeGroupRule": "BlockMinors"},
}

only(property) := judged(object.filter(used, [property]), [])

test_each_property_is_one_finding if {
	only("publicClient") == found("publicClient", ["redirectUris"], null)
	only("spa") == found("spa", ["redirectUris"], null)
	only("isFallbackPublicClient") == found("isFallbackPublicClient", [], "true")
	only("addIns") == found("addIns", [], null)
	only("nativeAuthenticationApisEnabled") == found("nativeAuthenticationApisEnabled", [], "all")
	only("samlMetadataUrl") == found("samlMetadataUrl", [], null)
	only("parentalControlSettings") == found("parentalControlSettings", ["countriesBlockedForMinors"], null)
	count(judged(used, [])) == count(used)
}

test_the_age_rule_is_compared_with_its_default if {
	settings := {"countriesBlockedForMinors": [], "legalAgeGroupRule": "BlockMinors"}
	judged({"parentalControlSettings": settings}, []) == found(
		"parentalControlSettings",
		["legalAgeGroupRule"],
		"BlockMinors",
	)
}

test_defaults_pass if {
	judged({}, []) == set()
	every value in [null, {}, {"redirectUris": []}, {"redirectUris": null}] {
		judged({"publicClient": value, "spa": value}, []) == set()
	}
	every value in [null, "", "none", "None"] {
		judged({"nativeAuthenticationApisEnabled": value}, []) == set()
	}
	every value in [null, false] {
		judged({"isFallbackPublicClient": value}, []) == set()
	}
	default_settings := {"countriesBlockedForMinors": [], "legalAgeGroupRule": "Allow"}
	every value in [null, {}, default_settings, {"legalAgeGroupRule": null}] {
		judged({"parentalControlSettings": value}, []) == set()
	}
	judged({"addIns": [], "samlMetadataUrl": ""}, []) == set()
}

test_allowed_properties_pass if {
	judged(used, object.keys(used)) == set()
	count(judged(used, ["publicClient"])) == count(used) - 1
}

test_values_of_another_type_pass if {
	every property, _ in used {
		every value in ["", 5, [], {}, {"redirectUris": "x"}, {"legalAgeGroupRule": 5}, {"countriesBlockedForMinors": "DE"}] {
			judged({property: value}, []) == set()
		}
	}
}
