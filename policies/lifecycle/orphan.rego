# METADATA
# title: Agent identity or agent user whose parent is missing
# description: |
#   An agent identity gets its tokens through its blueprint, and an agent user through its agent identity. When the
#   parent is gone, nobody is in charge of what is left, and its permissions, mailbox and licences stay. Deleting a
#   blueprint deletes what was made from it step by step, and Microsoft's pages disagree on whether agent users are
#   among it. An agent identity is an orphan when the tenant has no blueprint principal with its
#   `agentIdentityBlueprintId` as `appId`, an agent user when its `identityParentId` is no agent identity. A parent that
#   was deleted less than `graceDays` ago is not reported, because the rest may still follow.
# related_resources:
#   - ref: https://learn.microsoft.com/entra/agent-id/concept-agent-identity-deletion
#     description: What happens when agent objects are deleted
#   - ref: https://learn.microsoft.com/graph/api/resources/agentidentity
#     description: agentIdentityBlueprintId of an agent identity
#   - ref: https://learn.microsoft.com/graph/api/resources/agentuser
#     description: identityParentId of an agent user
# custom:
#   severity: high
#   wave: 1
#   applies_to: [agentIdentity, agentUser]
#   requires: [blueprintPrincipals, agentIdentities, deletedItems]
#   sources: [tenant]
#   message: >-
#     {kind} "{name}" has lost its parent: {parent} {id}[ ("{parentName}")] [was deleted on {deleted} and can still be
#     restored][{missing}]
#   remediation: >-
#     Delete what is left, or restore the parent while that is possible.
#   controls:
#     owasp-nhi: [NHI1]
#     nist-800-53: [AC-2]
#   options:
#     graceDays:
#       type: integer
#       minimum: 0
#       description: Days after the parent's deletion in which what it leaves is not reported.
#       default: 2
#   since: 0.1.0
#   aliases: []
package agentid.lifecycle.orphan

import data.agentid.lib.dates
import data.agentid.lib.finding
import data.agentid.lib.known
import data.agentid.lib.options
import data.agentid.lib.text
import data.agentid.lib.values

findings contains finding.at([lost.property], args) if {
	lost
	not is_on_its_way
	args := object.union(lost.words, {
		"name": input.name,
		"id": lost.id,
		"parentName": name_of_parent,
		"deleted": deletion,
		"missing": still_missing,
	})
}

# The parent that is not there. Undefined when it is, or when nothing says which it is.
lost := {"property": "agentIdentityBlueprintId", "id": id, "words": words} if {
	input.kind == "agentIdentity"
	id := input.properties.agentIdentityBlueprintId
	not known.has_blueprint_principal(id)
	known.of_tenant
	text.is_guid(id)
	words := {"kind": "agent identity", "parent": "the principal of blueprint"}
}

lost := {"property": "identityParentId", "id": id, "words": words} if {
	input.kind == "agentUser"
	input.properties.identityParent.state in {"missing", "deleted"}
	id := input.properties.identityParentId
	text.is_guid(id)
	words := {"kind": "agent user", "parent": "agent identity"}
}

default remains := {}

# What the recycle bin has of the parent.
remains := known.deleted(lost.id)

# The date of the deletion.
default deletion := null

deletion := date if {
	date := dates.shown(remains.deletedDateTime)
	date != ""
}

# What is said where the date is not known.
default still_missing := null

still_missing := "was deleted" if {
	deletion == null
	is_restorable
}

still_missing := "does not exist" if {
	deletion == null
	not is_restorable
}

default is_restorable := false

is_restorable if known.is_deleted(lost.id)

is_restorable if input.properties.identityParent.state == "deleted"

name_of_parent := values.text_or_null(object.get(remains, "name", null))

default is_on_its_way := false

is_on_its_way if dates.days_since(remains.deletedDateTime) < options.of("lifecycle/orphan").graceDays
