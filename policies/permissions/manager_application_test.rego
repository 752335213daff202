package agentid.permissions.manager_application_test

import data.agentid.lib.testing
import data.agentid.permissions.manager_application

copilot_studio := "7ab7862c-4c57-491e-8a45-d52a7e023983"

azure_cli := "04b07795-8ddb-461a-bbee-02f9e1bf7b46"

own_tool := "8f8f5b4b-9b0d-5a0b-8a3c-30c6a0a4c3f1"

judged(properties, allow) := result if {
	result := manager_application.findings with input as testing.blueprint({"properties": properties})
		with data.agentid.options as testing.options("permissions/manager-application", {"allow": allow})
}

test_fails_on_an_application_outside_the_list if {
	judged({"managerApplications": [copilot_studio, own_tool]}, []) == {{
		"path": ["managerApplications", 1],
		"args": {"application": own_tool, "name": null},
	}}
}

test_names_a_well_known_application if {
	judged({"managerApplications": [azure_cli]}, []) == {{
		"path": ["managerApplications", 0],
		"args": {"application": azure_cli, "name": "Azure CLI"},
	}}
}

test_passes_for_platforms_that_create_agents if {
	judged({"managerApplications": [copilot_studio, "59eca866-2f46-40b8-96ff-63f663121ef9"]}, []) == set()
}

test_passes_when_allowed if {
	judged({"managerApplications": [own_tool]}, [own_tool]) == set()
	judged({"managerApplications": [own_tool]}, [upper(own_tool)]) == set()
	count(judged({"managerApplications": [own_tool]}, [azure_cli])) == 1
}

test_the_blueprint_itself_passes if {
	judged({"appId": own_tool, "managerApplications": [own_tool]}, []) == set()
}

test_passes_for_references_and_what_is_not_an_id if {
	judged({"managerApplications": ["${PIPELINE_APP_ID}", "<app id>", "", "pipeline"]}, []) == set()
}

test_passes_with_absent_empty_and_wrong_values if {
	judged({}, []) == set()
	every value in [null, [], {}, 7, "x", [null], [7], [[own_tool]], {"a": 7}] {
		judged({"managerApplications": value}, []) == set()
	}
}
