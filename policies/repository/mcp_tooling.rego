# METADATA
# title: MCP server in ToolingManifest.json is untrusted or undeclared
# description: |
#   Each MCP server in the tooling manifest adds tools that the agent may call. A server over plain HTTP, or on a host
#   that nobody approved, can feed the agent whatever it likes. A server whose scope the agent does not get fails when
#   the agent runs. A server without `url` comes from Microsoft's catalogue. Scopes are compared with those that the
#   blueprint and the Agent 365 files of the same folder make available, and only where these name scopes of MCP
#   servers at all: the Agent 365 CLI can also take them from the tooling manifest itself.
# related_resources:
#   - ref: https://learn.microsoft.com/microsoft-agent-365/developer/tooling
#     description: Agent 365 tooling servers
#   - ref: https://github.com/microsoft/Agent365-devTools
#     description: Source of the Agent 365 CLI
# custom:
#   severity: medium
#   wave: 1
#   applies_to: [toolingManifest]
#   requires: []
#   sources: [repository, drift]
#   message: 'MCP server[ "{server}"] {problem}[: {value}]'
#   remediation: >-
#     Use an https address on a host that your organisation trusts (option `allowedHosts`), or leave `url` out for a
#     server of the catalogue. Make the scope inheritable on the blueprint, or remove the server.
#   controls:
#     owasp-nhi: [NHI3]
#     owasp-asi: [ASI02, ASI04, ASI07]
#     nist-800-53: [SA-9, AC-6]
#   options:
#     allowedHosts:
#       type: array
#       items: { type: string }
#       description: >-
#         Hosts that MCP servers may be on; `*.example.com` stands for all subdomains of a domain. While the list is
#         empty, every host is accepted.
#       default: []
#   since: 0.1.0
#   aliases: []
package agentid.repository.mcp_tooling

import data.agentid.lib.finding
import data.agentid.lib.known
import data.agentid.lib.options
import data.agentid.lib.tools
import data.agentid.lib.uris
import data.agentid.lib.values

servers := [{"number": number, "name": name_of(server), "entry": server} |
	some number, server in values.list(input.properties.mcpServers)
	is_object(server)
]

findings contains finding.at(["mcpServers", server.number, "url"], args) if {
	some server in servers
	address := uris.parts(server.entry.url)
	problem := address_problem(address, options.of("repository/mcp-tooling").allowedHosts)
	args := {"server": server.name, "problem": problem, "value": uris.shown(address)}
}

findings contains finding.at(["mcpServers", server.number, "scope"], args) if {
	available := known.tool_scopes(input.origin.directory)
	not available.any
	tools.names_scopes(available.scopes)
	problem := "needs a scope that no blueprint or Agent 365 file in its folder makes available"
	some server in servers
	scope := server.entry.scope
	is_string(scope)
	scope != ""
	not available.scopes[scope]
	args := {"server": server.name, "problem": problem, "value": scope}
}

name_of(server) := name if {
	name := server.mcpServerUniqueName
	is_string(name)
} else := name if {
	name := server.mcpServerName
	is_string(name)
} else := null

# Mock servers on the developer's own machine pass, as do addresses whose host is put in later.
address_problem(address, _) := "is not called over https" if {
	address.scheme != "https"
	not address.template
	not uris.is_loopback(address.host)
}

address_problem(address, hosts) := "is on a host that is not allowed" if {
	address.scheme == "https"
	not address.template
	count(hosts) > 0
	not uris.in_hosts(address.host, hosts)
}
