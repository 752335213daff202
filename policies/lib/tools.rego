# METADATA
# title: Tools
# description: Tool servers of an Agent 365 project, and the scopes that they need.
package agentid.lib.tools

# Constants/McpConstants.cs of https://github.com/microsoft/Agent365-devTools
_scope_prefix := "McpServers."

# METADATA
# scope: document
# description: |
#   Whether some of these scopes (an object with their names as keys) are for MCP servers. `a365 setup` grants those of
#   the tooling manifest by itself, so files that name none do not say that an agent lacks them.
default names_scopes(_) := false

names_scopes(scopes) if {
	some scope, _ in scopes
	startswith(scope, _scope_prefix)
}
