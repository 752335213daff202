# METADATA
# title: Subjects
# description: Whom the subject of a federated credential, or the expression of a flexible one, lets in.
package agentid.lib.subjects

_table := data.agentid.tables.token_exchange

# METADATA
# description: |
#   The comparisons of an expression of a flexible credential, all of which must hold: `claim` and `value`, the text or
#   pattern that it is compared to, with `*` for both wildcards. Empty when one of them cannot be read.
comparisons(expression) := read if {
	straight := replace(replace(expression, "‘", "'"), "’", "'")
	pieces := array.slice(split(straight, "claims['"), 1, count(straight))
	read := [comparison | some piece in pieces; comparison := _comparison(split(piece, "'"))]
	count(read) == count(pieces)
} else := []

_comparison(parts) := {"claim": parts[0], "value": value} if {
	compared := concat("'", array.slice(parts, 2, count(parts) - 1))
	value := _with_one_wildcard(trim(parts[1], " ]"), compared)
}

_with_one_wildcard("matches", value) := replace(value, "?", "*")

_with_one_wildcard("eq", value) := value

# METADATA
# description: |
#   Who is trusted by a flexible credential with these comparisons: `breadth`, a key of `words`, and the `value`
#   that says so. Undefined when one of them is narrow, for all of them must hold.
breadth_of_all(comparisons) := found[0] if {
	narrow := [comparison | some comparison in comparisons; _narrows(comparison, comparisons)]
	count(narrow) == 0
	found := [{"breadth": breadth, "value": comparison.value} |
		some comparison in comparisons
		breadth := breadth_of(comparison.value)
		breadth != ""
	]
}

_narrows(comparison, _) if {
	comparison.claim == "sub"
	breadth_of(comparison.value) == ""
}

# One reusable workflow at one ref runs nothing but its own steps, whichever repository of a named owner calls it.
_narrows(comparison, comparisons) if {
	comparison.claim == "job_workflow_ref"
	not contains(comparison.value, "*")
	every other in comparisons {
		not _is_of_any_owner(other.claim, other.value)
	}
}

default _is_of_any_owner(_, _) := false

_is_of_any_owner("sub", subject) if {
	_is_github(subject)
	contains(split(_repository(subject), "/")[0], "*")
}

_is_of_any_owner("sub", subject) if {
	not _is_github(subject)
	contains(subject, "*")
}

# METADATA
# description: |
#   Who is trusted by a subject, or a pattern with `*`, that is too broad, as a key of `words`; empty when it
#   is narrow. An environment narrows only where its repository is named: protection is set up in each repository.
breadth_of(subject) := "" if {
	_is_bound_to_environment(subject)
} else := _breadth_of_github(subject) if {
	_is_github(subject)
} else := "default-account" if {
	startswith(subject, _table.kubernetes.subject_prefix)
	endswith(subject, concat("", [":", _table.kubernetes.default_account]))
} else := "pattern" if {
	contains(subject, "*")
} else := ""

_breadth_of_github(subject) := "any-repository" if {
	contains(_repository(subject), "*")
} else := "pull-request" if {
	endswith(subject, _table.github.pull_request_suffix)
} else := "every-run" if {
	trim_prefix(subject, concat("", [_table.github.subject_prefix, _repository(subject)])) in {"", ":", ":*"}
} else := "any-branch" if {
	contains(split(subject, _table.github.branch_marker)[1], "*")
} else := "any-tag" if {
	contains(split(subject, _table.github.tag_marker)[1], "*")
} else := "any-environment" if {
	contains(_environment(subject), "*")
} else := "pattern" if {
	contains(subject, "*")
} else := ""

default _is_bound_to_environment(_) := false

_is_bound_to_environment(subject) if {
	_is_github(subject)
	not contains(_repository(subject), "*")
	_environment(subject) != ""
	not contains(_environment(subject), "*")
}

default _is_github(_) := false

_is_github(subject) if startswith(subject, _table.github.subject_prefix)

# GitHub escapes a colon in a name, so that a colon always separates.
_repository(subject) := split(trim_prefix(subject, _table.github.subject_prefix), ":")[0]

default _environment(_) := ""

_environment(subject) := split(split(subject, _table.github.environment_marker)[1], ":")[0]

# METADATA
# description: Who is trusted, for messages.
words := {
	"any-repository": "every repository that matches a pattern",
	"pull-request": "every pull request of a repository",
	"every-run": "every workflow run of a repository",
	"any-branch": "every branch that matches a pattern",
	"any-tag": "every tag that matches a pattern",
	"any-environment": "every environment that matches a pattern",
	"default-account": "every pod that runs with the default service account of its namespace",
	"pattern": "everything that matches a pattern",
}
