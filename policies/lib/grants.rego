# METADATA
# title: Grants
# description: |
#   What a resource of a tenant holds, by names for people. Each list is sorted, with every name once. Which of it is
#   high is in lib/requests.rego and lib/permissions.rego.
package agentid.lib.grants

import data.agentid.lib.labels
import data.agentid.lib.permissions
import data.agentid.lib.requests
import data.agentid.lib.values

# METADATA
# description: |
#   Application permissions, but for those that the platform gives to every blueprint principal; an assignment without a
#   role is access to the API itself.
application_names := sort({name |
	some assignment in values.list(object.get(input.properties, "appRoleAssignments", null))
	name := _application_name(assignment)
	not name in requests.given_by_platform
})

_application_name(assignment) := assignment.appRoleValue if {
	is_string(assignment.appRoleValue)
} else := permissions.name_of("application", assignment.appRoleId) if {
	assignment.resourceAppId == permissions.graph_app_id
} else := $"access to {_api_name(assignment)}"

_api_name(assignment) := labels.of({
	"displayName": object.get(assignment, "resourceDisplayName", null),
	"id": object.get(assignment, "resourceId", null),
})

# METADATA
# description: Delegated permissions.
delegated_names := sort({name |
	some grant in values.list(object.get(input.properties, "oauth2PermissionGrants", null))
	some name in split(grant.scope, " ")
	name != ""
})

# METADATA
# description: Directory roles, also those that it has through a group.
role_names := sort({name |
	some assignment in values.list(object.get(input.properties, "roleAssignments", null))
	name := labels.of({
		"displayName": object.get(assignment, ["roleDefinition", "displayName"], null),
		"id": object.get(assignment, "roleDefinitionId", null),
	})
})

# METADATA
# description: Groups that can hold directory roles, and those that a rule was told to look for.
group_names := sort({labels.of(group) |
	some group in values.list(object.get(input.properties, "transitiveMemberOf", null))
})
