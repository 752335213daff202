package agentid.permissions.tenant_wide_content_test

import data.agentid.lib.permissions
import data.agentid.lib.testing
import data.agentid.permissions.tenant_wide_content

mail_read_application := "810c84a8-4a9e-49e6-bf7d-12d183f40d01"

mail_read_delegated := "570282fd-fa5c-430d-a7fd-fc8dc98a9dca"

sites_selected := "883ea226-0bf2-4a8f-9f9d-92c9162a727d"

found(resource, allow) := result if {
	result := tenant_wide_content.findings with input as resource
		with data.agentid.options as testing.options("permissions/tenant-wide-content", {"allow": allow})
}

declaring(id, type) := testing.declaring([{"id": id, "type": type}])

test_fails_on_all_mail_and_tells_all_about_it if {
	found(declaring(mail_read_application, "Role"), []) == {{
		"path": ["requiredResourceAccess", 0, "resourceAccess", 0, "id"],
		"args": {
			"permission": "Mail.Read",
			"kind": "application",
			"api": null,
			"origin": "declared in requiredResourceAccess",
			"reach": permissions.reach_of("application", "Mail.Read"),
			"why": permissions.table.reasons["mass-content"],
			"narrower": permissions.narrower_of("application", "Mail.Read"),
		},
		"related": [],
	}}
}

test_agents_that_inherit_it_are_told_of if {
	resource := object.union(declaring(mail_read_application, "Role"), testing.inheriting([{
		"resourceAppId": permissions.graph_app_id,
		"inheritableRoles": {"kind": "allAllowed"},
	}]))
	properties := object.union(declaring(mail_read_application, "Role").properties, resource.properties)
	some finding in found(object.union(resource, {"properties": properties}), [])
	finding.args.origin == "declared in requiredResourceAccess, inheritable by every agent"
	[place.path | some place in finding.related] == [["inheritablePermissions", 0, "inheritableRoles"]]
}

test_fails_on_other_apis_that_reach_as_far if {
	sharepoint := "00000003-0000-0ff1-ce00-000000000000"
	results := found(
		testing.blueprint({"properties": {"requiredResourceAccess": [{
			"resourceAppId": sharepoint,
			"resourceAccess": [
				{"id": "20d37865-089c-4dee-8c41-6967602d4ac8", "type": "Role"},
				{"id": "678536fe-1083-478a-9c59-b99265e6b0d3", "type": "Role"},
			],
		}]}}),
		[],
	)
	[result.args.api | some result in results] == ["SharePoint Online"]
	[result.args.permission | some result in results] == ["Sites.FullControl.All"]
}

test_fails_on_a_grant if {
	principal := {"properties": {"appRoleAssignments": [{"appRoleId": mail_read_application}]}}
	count(found(testing.resource("blueprintPrincipal", principal), [])) == 1
}

test_the_delegated_permission_passes if {
	found(declaring(mail_read_delegated, "Scope"), []) == set()
}

test_selected_permissions_pass if {
	found(declaring(sites_selected, "Role"), []) == set()
}

test_the_same_id_on_another_resource_passes if {
	found(
		testing.blueprint({"properties": {"requiredResourceAccess": [{
			"resourceAppId": "9b975845-388f-4429-889e-eab1ef63949c",
			"resourceAccess": [{"id": mail_read_application, "type": "Role"}],
		}]}}),
		[],
	) == set()
}

test_passes_when_allowed if {
	every allow in ["Mail.Read", "application/Mail.Read", "Mail.*"] {
		found(declaring(mail_read_application, "Role"), [allow]) == set()
	}
	count(found(declaring(mail_read_application, "Role"), ["delegated/Mail.Read", "Mail.ReadWrite"])) == 1
}

test_passes_without_permissions if {
	found(testing.blueprint({}), []) == set()
	every value in [null, 7, "x", {}, [null], [{"id": 7, "type": 7}]] {
		found(testing.declaring(value), []) == set()
	}
}

# The table has what the rule stands for.

beginnings := {"Mail.", "MailboxSettings.", "Calendars."}

all_of := {"Files.", "Sites.", "Chat.", "ChatMessage.", "ChannelMessage.", "Notes."}

test_the_table_counts_all_of_these_as_content if {
	every name, _ in permissions.table.names {
		is_content_if_listed(name)
	}
}

is_content_if_listed(name) if permissions.record_of("application", name).tier == "mass-content"

is_content_if_listed(name) if not is_of_these(name)

is_of_these(name) if {
	permissions.record_of("application", name).published
	some beginning in beginnings
	startswith(name, beginning)
}

is_of_these(name) if {
	permissions.record_of("application", name).published
	endswith(name, ".All")
	some beginning in all_of
	startswith(name, beginning)
}

test_the_table_never_counts_selected_as_content if {
	tiers := {permissions.record_of("application", name).tier |
		some name, _ in permissions.table.names
		endswith(name, ".Selected")
	}
	count(tiers) > 0
	not "mass-content" in tiers
}
