# METADATA
# title: Findings
# description: |
#   The only place that builds a finding. Rules say what and symbolically where; the host adds words,
#   severity, file and line.
package agentid.lib.finding

# METADATA
# description: |
#   A finding at `path` inside the judged resource. The message's placeholders are keys of `args`.
at(path, args) := {"path": path, "args": args}

# METADATA
# description: |
#   The same with other places: `related` is a list of objects with `message`, `path` and, when the place is in
#   another resource, that place's `resource` (see lib/known.rego).
at_with_related(path, args, related) := {"path": path, "args": args, "related": related}
