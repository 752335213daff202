package agentid.credentials.fic_shared_test

import data.agentid.credentials.fic_shared
import data.agentid.lib.testing

github := "https://token.actions.githubusercontent.com"

main := "repo:larkspur/claims:ref:refs/heads/main"

place(ref, name, resource) := {
	"ref": ref,
	"name": name,
	"uri": concat("", [name, ".yaml"]),
	"resource": resource,
	"path": ["federatedIdentityCredentials", 0, "subject"],
}

own := place("blueprint/test", "test", 0)

judged_with(list, places, allowed) := result if {
	blueprint := testing.blueprint({"properties": {"federatedIdentityCredentials": list}})
	result := fic_shared.findings with input as blueprint
		with data.agentid.known as {"shared_federated_identities": {concat("\n", [github, main]): places}}
		with data.agentid.options as testing.options("credentials/fic-shared", {"allowedSubjects": allowed})
}

shared := {"name": "gh", "issuer": github, "subject": main}

judged(places) := judged_with([shared], places, [])

test_fails_when_another_blueprint_has_it if {
	judged([own, place("blueprint/2", "triage", 1)]) == {{
		"path": ["federatedIdentityCredentials", 0, "subject"],
		"args": {"credential": "gh", "issuer": github, "subject": main, "blueprints": ["triage"]},
		"related": [{
			"message": "also trusted by triage",
			"path": ["federatedIdentityCredentials", 0, "subject"],
			"resource": 1,
		}],
	}}
}

test_names_each_blueprint_once if {
	places := [own, place("blueprint/3", "triage", 2), place("blueprint/2", "audit", 1), place("blueprint/3", "triage", 3)]
	some found in judged(places)
	found.args.blueprints == ["audit", "triage"]
	count(found.related) == 3
}

test_fails_for_each_credential_that_is_shared if {
	other := {"issuer": github, "subject": "repo:larkspur/claims:environment:production"}
	found := judged_with([other, shared, shared], [own, place("blueprint/2", "triage", 1)], [])
	{finding.path[1] | some finding in found} == {1, 2}
}

test_passes_when_the_other_file_is_about_the_same_blueprint if {
	judged([own, place("blueprint/test", "test", 1)]) == set()
}

test_passes_when_nobody_else_has_it if {
	judged([]) == set()
	judged([own]) == set()
}

test_passes_for_another_issuer_or_subject if {
	places := [own, place("blueprint/2", "triage", 1)]
	judged_with([{"issuer": "https://gitlab.com", "subject": main}], places, []) == set()
	judged_with([{"issuer": github, "subject": "repo:larkspur/claims:ref:refs/heads/dev"}], places, []) == set()
}

test_passes_for_an_allowed_subject if {
	places := [own, place("blueprint/2", "triage", 1)]
	judged_with([shared], places, [main]) == set()
	judged_with([shared], places, ["repo:larkspur/*"]) == set()
	count(judged_with([shared], places, ["repo:larkspur/runner:*"])) == 1
}

test_passes_on_absent_and_wrong_types if {
	places := [own, place("blueprint/2", "triage", 1)]
	every value in [null, "", 5, [], {}, "${VALUE}"] {
		judged_with([{"issuer": value, "subject": main}], places, []) == set()
		judged_with([{"issuer": github, "subject": value}], places, []) == set()
		judged_with([value], places, []) == set()
		judged_with(value, places, []) == set()
	}
}

test_passes_when_nothing_is_known if {
	blueprint := testing.blueprint({"properties": {"federatedIdentityCredentials": [shared]}})
	fic_shared.findings == set() with input as blueprint
		with data.agentid.known as {}
		with data.agentid.options as testing.options("credentials/fic-shared", {"allowedSubjects": []})
}
