# METADATA
# title: Activity
# description: |
#   When a resource of a tenant was last used, by the best evidence that there is. Without evidence all of these are
#   undefined: no record of a sign-in is no record of idleness.
package agentid.lib.activity

import data.agentid.lib.run

# METADATA
# description: Whole days since the last sign-in that there is evidence of.
days_unused := floor((run.now - last) / 86400) if {
	last := input.activity.last
	is_number(last)
}

# METADATA
# scope: document
# description: |
#   Whether the last sign-in that there is evidence of was at least this many whole days ago. Tells it without a
#   division, which is the slowest of the built-in functions that every agent would need.
default is_unused_for(_) := false

is_unused_for(days) if {
	last := input.activity.last
	is_number(last)
	run.now - last >= days * 86400
}

# METADATA
# description: Where the evidence comes from, for messages.
evidence := object.get(words, input.activity.source, "the tenant's reports")

words := {
	"servicePrincipalSignInActivities": "the report of service principal sign-ins",
	"signIns": "the sign-in log",
	"users": "the user's sign-in activity",
}

# METADATA
# scope: document
# description: Whether the resource was created less than this many days ago. One that does not say when was not.
default is_younger_than(_) := false

is_younger_than(days) if {
	is_number(input.created)
	run.now - input.created < days * 86400
}
