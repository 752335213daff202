# METADATA
# title: APIs
# description: Resource applications, which permissions belong to.
package agentid.lib.apis

import data.agentid.lib.text

apps := data.agentid.tables.well_known_apps.apps

# METADATA
# description: The name of an API, or its application id when it is not a well-known one.
name_of(app_id) := "an API without an id" if {
	text.is_blank(app_id)
} else := object.get(apps, [app_id, "name"], app_id)

# METADATA
# scope: document
# description: Whether a value has the form of an application id. Well-known ones need no second look.
default is_app_id(_) := false

is_app_id(value) if {
	apps[value]
} else if text.is_guid(value)

# METADATA
# scope: document
# description: Whether all permissions of an API together reach mail, files, the directory or Azure itself.
default is_sensitive(_) := false

is_sensitive(app_id) if apps[app_id].sensitive

# METADATA
# scope: document
# description: Whether an API is retired, so that permissions on it are good for nothing.
default is_retired(_) := false

is_retired(app_id) if apps[app_id].category == "resource-retired"

# METADATA
# scope: document
# description: |
#   Whether an API belongs to the agent platform (tools, messaging, observability), on which tools grant permissions
#   without declaring them.
default is_for_agents(_) := false

is_for_agents(app_id) if apps[app_id].category in {"agent-resource", "mcp-resource"}
