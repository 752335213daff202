# METADATA
# title: Roles
# description: Directory roles that the judged resource holds, directly or through a group.
package agentid.lib.roles

import data.agentid.lib.text
import data.agentid.lib.values

table := data.agentid.tables.directory_roles

# METADATA
# description: |
#   Every directory role, in order: `path`, `template` (its template id), `name`, `record` (what the table of built-in
#   roles says, empty for others), `custom` (made by the organisation), `scope` (null for the whole tenant) and `group`
#   (whose member gets the role; null when it is assigned directly).
held := [role |
	some i, assignment in input.properties.roleAssignments
	is_object(assignment)
	definition := object_or_empty(object.get(assignment, "roleDefinition", null))
	group := object_or_empty(object.get(assignment, "viaGroup", null))
	template := first_text([object.get(definition, "templateId", null), object.get(assignment, "roleDefinitionId", "")])
	record := object.get(table.roles, template, {})
	role := {
		"path": ["roleAssignments", i],
		"template": template,
		"name": first_text([object.get(record, "name", null), object.get(definition, "displayName", null), template]),
		"record": record,
		"custom": object.get(definition, "isBuiltIn", null) == false,
		"scope": scope_of(object.get(assignment, "directoryScopeId", null)),
		"group": first_text([object.get(group, "displayName", null), object.get(group, "id", null)]),
	}
]

# METADATA
# scope: document
# description: Whether the name or template id of a role is in an option's list, exact or with a trailing `*`.
default is_listed(_, _) := false

is_listed(role, patterns) if text.any_matches([role.name, role.template], patterns)

default object_or_empty(_) := {}

object_or_empty(value) := value if is_object(value)

first_text(values) := [value | some value in values; is_string(value)][0] if {
	some value in values
	is_string(value)
} else := null

# https://learn.microsoft.com/graph/api/resources/unifiedroleassignment: `/` is the whole tenant.
scope_of(scope) := null if {
	scope in {null, "/"}
} else := values.text_or_null(scope)
