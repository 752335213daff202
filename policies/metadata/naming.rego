# METADATA
# title: Name does not follow the convention or is a placeholder
# description: |
#   People find, review and approve agents by their names, and policies select them by name. Names from samples, names
#   that two agents share, and names with invisible characters defeat that; names longer than 256 characters are
#   rejected. In a tenant only blueprints need a name of their own, since many agents of one blueprint may be called
#   the same. Your own naming convention goes into the option `pattern`; without one, names are judged only by the
#   rest. A template whose name is filled in later is not judged. Microsoft asks for a convention without giving one,
#   and that shared names do harm is our own judgement.
# related_resources:
#   - ref: https://learn.microsoft.com/entra/agent-id/best-practices-agent-id
#     description: Best practices for Microsoft Entra Agent ID
#   - ref: https://www.unicode.org/reports/tr36/
#     description: Unicode security considerations
# custom:
#   severity: low
#   wave: 2
#   applies_to: [blueprint, agentIdentity, agentUser, agent365Config]
#   requires: [names]
#   sources: [manifest, repository, tenant]
#   message: 'name "{name}" {problem}[: {detail}]'
#   remediation: >-
#     Give the agent a name of its own that says what it does, follows the pattern, and has at most 256 characters, all
#     of them visible.
#   controls:
#     owasp-nhi: [NHI9]
#     nist-800-53: [CM-8]
#   options:
#     pattern:
#       type: string
#       maxLength: 256
#       pattern: '^[^*]*(\*[^*]*){0,5}$'
#       description: >-
#         What names must look like: `*` stands for any run of characters (at most five times), `?` for exactly one
#         character, everything else for itself, with its case. Empty means that there is no convention.
#       default: ""
#     unique:
#       type: boolean
#       description: >-
#         Whether a name may be used only once among the resources of a kind, or among the blueprints of a tenant.
#       default: true
#   since: 0.1.0
#   aliases: []
package agentid.metadata.naming

import data.agentid.lib.finding
import data.agentid.lib.known
import data.agentid.lib.limits
import data.agentid.lib.names
import data.agentid.lib.options
import data.agentid.lib.text
import data.agentid.lib.wildcard

findings contains found(entry, "is a placeholder", null) if {
	some entry in named
	entry.sample
}

findings contains found(entry, "is too long", too_long(count(entry.name))) if {
	some entry in named
	entry.long
}

findings contains found(entry, "does not follow the pattern", pattern) if {
	pattern := options.of("metadata/naming").pattern
	pattern != ""
	some entry in settled
	not wildcard.fits(entry.name, pattern)
}

findings contains found(entry, "contains invisible characters", sort(unseen)) if {
	some entry in named
	not entry.long
	unseen := names.unseen(entry.name)
	count(unseen) > 0
}

findings contains finding.at_with_related(entry.path, args_of(entry.name, "is used more than once", null), related) if {
	needs_a_name_of_its_own
	options.of("metadata/naming").unique
	some entry in settled
	places := known.named_elsewhere(input.kind, entry.name, input.ref)
	count(places) > 0

	# A few are enough to find the others; every one of many duplicates would list them all.
	related := [{"message": "the same name", "path": place.path, "resource": place.resource} |
		some place in array.slice(places, 0, 5)
	]
}

needs_a_name_of_its_own if input.kind == "blueprint"

needs_a_name_of_its_own if input.origin.from != "tenant"

too_long(length) := concat("", [
	format_int(length, 10),
	" characters, the limit is ",
	format_int(limits.of("display_name_length"), 10),
])

found(entry, problem, detail) := finding.at(entry.path, args_of(entry.name, problem, detail))

args_of(name, problem, detail) := {"name": names.shown(name), "problem": problem, "detail": detail}

# Of other names it is clear that they have to change, or open what they will be.
settled := [entry |
	some entry in named
	not entry.sample
	not entry.long
	not text.holds_reference(entry.name)
]

named := [entry |
	some property in properties
	name := input.properties[property]
	is_string(name)
	trim_space(name) != ""
	entry := {
		"path": [property],
		"name": name,
		"sample": names.is_sample(name),
		"long": count(name) > limits.of("display_name_length"),
	}
]

default properties := ["displayName"]

properties := ["agentBlueprintDisplayName", "agentIdentityDisplayName"] if input.kind == "agent365Config"
