package agentid.repository.mcp_tooling_test

import data.agentid.lib.testing
import data.agentid.repository.mcp_tooling

judged(server, hosts, scopes) := result if {
	origin := {"uri": "bot/ToolingManifest.json", "directory": "bot", "shape": "agent365-file"}
	resource := testing.resource("toolingManifest", {"properties": {"mcpServers": [server]}, "origin": origin})
	result := mcp_tooling.findings with input as resource
		with data.agentid.options as testing.options("repository/mcp-tooling", {"allowedHosts": hosts})
		with data.agentid.known as {"tool_scopes": scopes}
}

test_fails_over_plain_http if {
	judged({"mcpServerUniqueName": "debug", "url": "http://203.0.113.7:5309/mcp"}, [], {}) == {{
		"path": ["mcpServers", 0, "url"],
		"args": {"server": "debug", "problem": "is not called over https", "value": "http://203.0.113.7:5309/mcp"},
	}}
}

test_fails_on_a_host_that_is_not_allowed if {
	some found in judged({"mcpServerName": "x", "url": "https://tools.example.net/"}, ["*.larkspur.example"], {})
	found.args.problem == "is on a host that is not allowed"
}

test_fails_with_a_scope_that_nobody_makes_available if {
	available := {"bot": {"any": false, "scopes": {"McpServers.Mail.All": true}}}
	some found in judged({"mcpServerName": "files", "scope": "McpServers.Files.All"}, [], available)
	found.path == ["mcpServers", 0, "scope"]
	found.args.value == "McpServers.Files.All"
}

test_passes_on_an_allowed_host if {
	judged({"url": "https://mcp.larkspur.example/"}, ["*.larkspur.example"], {}) == set()
	judged({"url": "https://mcp.larkspur.example/"}, [], {}) == set()
}

test_passes_without_a_url if {
	judged({"mcpServerName": "mcp_MailTools"}, ["larkspur.example"], {}) == set()
	judged({"mcpServerName": "mcp_MailTools", "url": null}, ["larkspur.example"], {}) == set()
}

test_passes_on_the_own_machine if {
	judged({"url": "http://localhost:5309/mcp"}, ["larkspur.example"], {}) == set()
}

test_passes_with_a_template if {
	judged({"url": "${MCP_URL}"}, ["larkspur.example"], {}) == set()
}

test_scopes_that_are_available_pass if {
	server := {"mcpServerName": "mail", "scope": "McpServers.Mail.All"}
	judged(server, [], {"bot": {"any": false, "scopes": {"McpServers.Mail.All": true}}}) == set()
	judged(server, [], {"bot": {"any": true, "scopes": {}}}) == set()
	judged(server, [], {"other": {"any": false, "scopes": {}}}) == set()
}

test_passes_where_no_file_names_scopes_of_mcp_servers if {
	server := {"mcpServerName": "mail", "scope": "McpServers.Mail.All"}
	judged(server, [], {"bot": {"any": false, "scopes": {}}}) == set()
	judged(server, [], {"bot": {"any": false, "scopes": {"Presence.ReadWrite": true}}}) == set()
}

test_a_server_without_a_name_has_none if {
	some found in judged({"url": "http://203.0.113.7:5309/mcp"}, [], {})
	found.args.server == null
}

test_wrong_types_pass if {
	judged(7, [], {}) == set()
	judged({"url": 7, "scope": 7}, [], {}) == set()
	mcp_tooling.findings == set() with input as testing.resource("toolingManifest", {"properties": {"mcpServers": "x"}})
}
