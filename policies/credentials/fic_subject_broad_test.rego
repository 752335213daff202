package agentid.credentials.fic_subject_broad_test

import data.agentid.credentials.fic_subject_broad
import data.agentid.lib.testing

judged_list(list, allowed) := result if {
	blueprint := testing.blueprint({"properties": {"federatedIdentityCredentials": list}})
	result := fic_subject_broad.findings with input as blueprint
		with data.agentid.options as testing.options("credentials/fic-subject-broad", {"allowedSubjects": allowed})
}

subject(text) := {finding.args.breadth | some finding in judged_list([{"name": "ci", "subject": text}], [])}

expression(text) := {finding.args.breadth |
	some finding in judged_list([{"claimsMatchingExpression": {"value": text, "languageVersion": 1}}], [])
}

test_tells_who_is_trusted_by_a_subject if {
	judged_list([{"name": "gh-pr", "subject": "repo:larkspur/claims:pull_request"}], []) == {{
		"path": ["federatedIdentityCredentials", 0, "subject"],
		"args": {
			"credential": "gh-pr",
			"subject": "repo:larkspur/claims:pull_request",
			"breadth": "pull-request",
			"who": "every pull request of a repository",
		},
	}}
}

test_tells_who_is_trusted_by_an_expression if {
	flexible := {
		"name": "gh-any",
		"subject": null,
		"claimsMatchingExpression": {"value": "claims['sub'] matches 'repo:larkspur/*:ref:refs/heads/main'"},
	}
	judged_list([flexible], []) == {{
		"path": ["federatedIdentityCredentials", 0, "claimsMatchingExpression", "value"],
		"args": {
			"credential": "gh-any",
			"subject": "repo:larkspur/*:ref:refs/heads/main",
			"breadth": "any-repository",
			"who": "every repository that matches a pattern",
		},
	}}
}

test_fails_on_broad_github_subjects if {
	subject("repo:*") == {"any-repository"}
	subject("repo:larkspur/*:environment:production") == {"any-repository"}
	subject("repo:larkspur/claims") == {"every-run"}
	subject("repo:larkspur/claims:") == {"every-run"}
	subject("repo:larkspur/claims:*") == {"every-run"}
	subject("repo:larkspur/claims:ref:refs/heads/*") == {"any-branch"}
	subject("repo:larkspur/claims:ref:refs/heads/release/*") == {"any-branch"}
	subject("repo:larkspur/claims:ref:refs/tags/v*") == {"any-tag"}
	subject("repo:larkspur/claims:environment:*") == {"any-environment"}
	subject("repo:larkspur/claims:ref:*") == {"pattern"}
}

test_passes_on_narrow_github_subjects if {
	every text in [
		"repo:larkspur/claims:environment:production",
		"repo:larkspur/claims:ref:refs/heads/main",
		"repo:larkspur/claims:ref:refs/tags/v1.2.0",
		"repo:larkspur@1234/claims@5678:environment:production",
		"repo:larkspur/pull_request:environment:production",
	] {
		subject(text) == set()
	}
}

test_passes_on_customised_github_subjects if {
	subject("repo:larkspur/claims:job_workflow_ref:larkspur/ci/.github/workflows/deploy.yml@refs/heads/main") == set()
	subject("repository_owner_id:65:environment:production") == set()
}

test_fails_on_the_default_service_account if {
	subject("system:serviceaccount:claims:default") == {"default-account"}
	subject("system:serviceaccount:default:default") == {"default-account"}
	subject("system:serviceaccount:claims:*") == {"pattern"}
}

test_passes_on_a_service_account_of_its_own if {
	subject("system:serviceaccount:claims:claims-agent") == set()
	subject("system:serviceaccount:default:claims-agent") == set()
	subject("system:serviceaccount:claims:not-default") == set()
}

test_passes_on_other_subjects if {
	subject("ca674f9a-55b1-5007-9547-00cefe8b71f9") == set()
	subject("sc://larkspur/claims/deploy") == set()
	subject("project_path:larkspur/claims:ref_type:branch:ref:main") == set()
	subject("organization:larkspur:project:claims:workspace:prod:run_phase:apply") == set()
}

test_fails_on_patterns if {
	expression("claims['sub'] matches '*'") == {"pattern"}
	expression("claims['sub'] matches 'repo:larkspur/claims:ref:refs/heads/*'") == {"any-branch"}
	expression("claims['sub'] matches 'repo:larkspur/claims:ref:refs/heads/????'") == {"any-branch"}
	expression("claims['sub'] matches 'repo:larkspur/claims:environment:prod-*'") == {"any-environment"}
	expression("claims['sub'] matches 'project_path:larkspur/claims:ref_type:branch:ref:*'") == {"pattern"}
	expression("claims[‘sub’] matches ‘repo:larkspur/*’") == {"any-repository"}
	expression("claims['job_workflow_ref'] matches 'larkspur/ci/.github/workflows/*@refs/heads/main'") == {"pattern"}
}

test_fails_on_an_exact_but_broad_subject_of_an_expression if {
	expression("claims['sub'] eq 'repo:larkspur/claims:pull_request'") == {"pull-request"}
}

test_passes_on_an_exact_expression if {
	expression("claims['sub'] eq 'repo:larkspur/claims:ref:refs/heads/main'") == set()
	expression("claims['sub'] matches 'repo:larkspur/claims:ref:refs/heads/main'") == set()
	expression("claims['job_workflow_ref'] eq 'larkspur/ci/.github/workflows/deploy.yml@refs/heads/main'") == set()
}

test_passes_on_a_pattern_bound_to_an_environment if {
	expression("claims['sub'] matches 'repo:larkspur/claims:environment:production:*'") == set()
	expression(concat(" and ", [
		"claims['sub'] eq 'repo:larkspur/claims:environment:production'",
		"claims['job_workflow_ref'] matches 'larkspur/ci/.github/workflows/*@refs/heads/main'",
	])) == set()
}

exact_workflow := "claims['job_workflow_ref'] eq 'larkspur/ci/.github/workflows/deploy.yml@refs/heads/main'"

test_one_reusable_workflow_narrows_the_repositories_of_an_owner if {
	expression(concat(" and ", ["claims['sub'] matches 'repo:larkspur/*'", exact_workflow])) == set()
	expression(concat(" and ", [exact_workflow, "claims['sub'] matches 'repo:larkspur/claims:*'"])) == set()
	expression(concat(" and ", ["claims['sub'] matches 'repo:*'", exact_workflow])) == {"any-repository"}
	expression(concat(" and ", ["claims['sub'] matches '*'", exact_workflow])) == {"pattern"}
}

test_passes_on_expressions_that_cannot_be_read if {
	every text in [
		"*",
		"matches '*'",
		"claims['sub']",
		"claims['sub'] matches",
		"claims['sub'] startswith 'repo:larkspur/*'",
		"claims['sub'] matches 'repo:larkspur/*' and claims['actor'] in 'dana'",
	] {
		expression(text) == set()
	}
}

test_an_allowed_subject_passes if {
	pulls := {"subject": "repo:larkspur/claims:pull_request"}
	judged_list([pulls], ["repo:larkspur/claims:pull_request"]) == set()
	judged_list([pulls], ["repo:larkspur/*"]) == set()
	count(judged_list([pulls], ["repo:larkspur/other:pull_request"])) == 1
	phases := {"claimsMatchingExpression": {"value": "claims['sub'] matches 'organization:larkspur:run_phase:*'"}}
	judged_list([phases], ["organization:larkspur:run_phase:*"]) == set()
	count(judged_list([phases], ["organization:larkspur"])) == 1
}

test_each_credential_is_judged if {
	found := judged_list([{"subject": "repo:*"}, {"subject": "repo:a/b:environment:c"}, {"subject": "repo:a/b"}], [])
	{finding.path[1] | some finding in found} == {0, 2}
}

test_passes_on_placeholders if {
	subject("${SUBJECT}") == set()
	subject("<subject>") == set()
	expression("${EXPRESSION}") == set()
}

test_passes_on_absent_and_wrong_types if {
	every value in [null, "", " ", 5, true, [], {}, ["repo:*"]] {
		subject(value) == set()
		expression(value) == set()
		judged_list(value, []) == set()
		judged_list([value], []) == set()
		judged_list([{"claimsMatchingExpression": value}], []) == set()
	}
	judged_list([{}], []) == set()
}
