package agentid.metadata.naming_test

import data.agentid.lib.testing
import data.agentid.metadata.naming

judged(kind, properties, options, shared) := result if {
	set := object.union({"pattern": "", "unique": true}, options)
	result := naming.findings with input as testing.resource(kind, {"properties": properties})
		with data.agentid.options as testing.options("metadata/naming", set)
		with data.agentid.known as {"shared_names": shared}
}

blueprint(name, options) := judged("blueprint", {"displayName": name}, options, {})

found(name, problem, detail) := {{
	"path": ["displayName"],
	"args": {"name": name, "problem": problem, "detail": detail},
}}

test_sample_names_fail if {
	every name in ["My Agent", "Your Blueprint Display Name", "<name>", "TODO"] {
		blueprint(name, {"pattern": "lf-*"}) == found(name, "is a placeholder", null)
	}
}

test_names_of_their_own_pass if {
	every name in ["lf-claims-prd", "Claims Triage EMEA", "${NAME}", "Заявки"] {
		blueprint(name, {}) == set()
	}
}

letters(number) := concat("", [letter | some _ in numbers.range(1, number); letter := "a"])

test_long_names_fail if {
	blueprint(letters(256), {}) == set()
	{[finding.args.problem, finding.args.detail] | some finding in blueprint(letters(257), {"pattern": "lf-*"})} == {[
		"is too long",
		"257 characters, the limit is 256",
	]}
}

test_names_off_the_pattern_fail if {
	blueprint("claims", {"pattern": "lf-*"}) == found("claims", "does not follow the pattern", "lf-*")
	blueprint("lf-claims", {"pattern": "lf-*-???"}) == found("lf-claims", "does not follow the pattern", "lf-*-???")
}

test_names_on_the_pattern_and_templates_pass if {
	blueprint("lf-claims-prd", {"pattern": "lf-*-???"}) == set()
	blueprint("${PREFIX}-claims", {"pattern": "lf-*"}) == set()
	blueprint("claims-{{ env }}", {"pattern": "lf-*"}) == set()
}

test_characters_that_cannot_be_seen_fail if {
	blueprint("claims\u200b\u202e", {}) == found(
		"claims\u200b\u202e",
		"contains invisible characters",
		["U+200B zero width space", "U+202E right-to-left override"],
	)
}

place(ref, number) := {"ref": ref, "name": "claims", "uri": "x.yaml", "resource": number, "path": ["displayName"]}

test_shared_names_fail_unless_they_may_be if {
	shared := {"blueprint/claims": [place("blueprint/test", 0), place("blueprint/other", 1)]}
	judged("blueprint", {"displayName": "Claims"}, {}, shared) == {{
		"path": ["displayName"],
		"args": {"name": "Claims", "problem": "is used more than once", "detail": null},
		"related": [{"message": "the same name", "path": ["displayName"], "resource": 1}],
	}}
	judged("blueprint", {"displayName": "Claims"}, {"unique": false}, shared) == set()
	judged("agentIdentity", {"displayName": "Claims"}, {}, shared) == set()
	judged("blueprint", {"displayName": "Claims"}, {}, {"blueprint/claims": [place("blueprint/test", 0)]}) == set()
}

test_only_blueprints_of_a_tenant_need_names_of_their_own if {
	every kind in ["blueprint", "agentIdentity", "agentUser"] {
		shared := {concat("/", [kind, "claims"]): [place(concat("/", [kind, "other"]), 1)]}
		result := naming.findings with input as testing.in_tenant(kind, {"properties": {"displayName": "claims"}})
			with data.agentid.options as testing.options("metadata/naming", {"pattern": "", "unique": true})
			with data.agentid.known as {"shared_names": shared}
		count(result) == count([1 | kind == "blueprint"])
	}
}

test_only_some_of_many_places_are_shown if {
	places := [place(concat("/", ["blueprint", format_int(i, 10)]), i) | some i in numbers.range(1, 9)]
	shared := {"blueprint/claims": places}
	{count(finding.related) | some finding in judged("blueprint", {"displayName": "claims"}, {}, shared)} == {5}
}

test_shared_samples_and_templates_are_not_reported_twice if {
	samples := {"blueprint/my agent": [place("blueprint/other", 1)]}
	judged("blueprint", {"displayName": "My Agent"}, {}, samples) == found("My Agent", "is a placeholder", null)
	templates := {"blueprint/${name}": [place("blueprint/other", 1)]}
	judged("blueprint", {"displayName": "${NAME}"}, {}, templates) == set()
}

test_every_kind_is_judged_by_its_own_names if {
	every kind in ["agentIdentity", "agentUser"] {
		judged(kind, {"displayName": "My Agent"}, {}, {}) == found("My Agent", "is a placeholder", null)
	}
	config := {"agentBlueprintDisplayName": "claims", "agentIdentityDisplayName": "TODO", "displayName": "My Agent"}
	{[finding.path, finding.args.problem] | some finding in judged("agent365Config", config, {"pattern": "lf-*"}, {})} == {
		[["agentBlueprintDisplayName"], "does not follow the pattern"],
		[["agentIdentityDisplayName"], "is a placeholder"],
	}
}

test_passes_when_absent_or_of_another_type if {
	every kind in ["blueprint", "agentIdentity", "agentUser", "agent365Config"] {
		judged(kind, {}, {"pattern": "lf-*"}, {}) == set()
		every value in [null, "", "  ", 5, true, [], {}] {
			properties := {"displayName": value, "agentBlueprintDisplayName": value, "agentIdentityDisplayName": value}
			judged(kind, properties, {"pattern": "lf-*"}, {}) == set()
		}
	}
}
