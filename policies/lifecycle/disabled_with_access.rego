# METADATA
# title: Disabled agent still holds permissions
# description: |
#   Disabling an agent stops it without taking anything away from it. Whoever enables it again, on purpose or not, gives
#   all of its access back at once, and reviews of permissions go on to count it. The rule reports disabled agents,
#   blueprint principals and agent users that still hold permissions, directory roles, or membership of a group that
#   can hold roles. What the platform gives to every blueprint principal by itself does not count. An agent that is
#   disabled for a while, as during an incident, has one of the tags in the option `heldTags`; since when it is
#   disabled Graph does not tell.
# related_resources:
#   - ref: https://learn.microsoft.com/entra/agent-id/best-practices-agent-id
#     description: Best practices for Microsoft Entra Agent ID
#   - ref: https://learn.microsoft.com/entra/agent-id/disable-agent-identities
#     description: Disable agent identities
# custom:
#   severity: medium
#   wave: 1
#   applies_to: [blueprintPrincipal, agentIdentity, agentUser]
#   requires: [appRoleAssignments, oauth2PermissionGrants, roleAssignments, privilegedGroups]
#   sources: [tenant]
#   message: >-
#     "{name}" is disabled but keeps its access[; application permissions: {application}][; delegated permissions:
#     {delegated}][; directory roles: {roles}][; groups: {groups}]
#   remediation: >-
#     Remove its grants, role assignments and group memberships, or delete it. If it is disabled only for a while, give
#     it a tag that is listed in the option `heldTags`.
#   controls:
#     owasp-nhi: [NHI1]
#     nist-800-53: [AC-2(3), AC-6(7)]
#   options:
#     heldTags:
#       type: array
#       items: { type: string, minLength: 1 }
#       description: Tags of agents that are disabled for a while and keep their access, exact or with a trailing `*`.
#       default: []
#   since: 0.1.0
#   aliases: []
package agentid.lifecycle.disabled_with_access

import data.agentid.lib.finding
import data.agentid.lib.grants
import data.agentid.lib.options
import data.agentid.lib.tags

findings contains finding.at(["accountEnabled"], args) if {
	input.properties.accountEnabled == false
	held := {
		"application": grants.application_names,
		"delegated": grants.delegated_names,
		"roles": grants.role_names,
		"groups": grants.group_names,
	}
	not is_held
	args := object.union({"name": input.name}, {kind: shortened(these) | some kind, these in held})
	some names in held
	count(names) > 0
}

default is_held := false

is_held if {
	held_tags := options.of("lifecycle/disabled-with-access").heldTags
	tags.any_in(object.get(input.properties, "tags", null), held_tags)
}

# A few names tell what it is about; a message with a hundred does not.
shortened(names) := names if {
	count(names) <= 5
} else := array.concat(array.slice(names, 0, 5), [$"{count(names) - 5} more"])
