# METADATA
# title: Creators
# description: Applications that make agents, by the `createdByAppId` of what they made.
package agentid.lib.creators

import data.agentid.lib.text

# METADATA
# scope: document
# description: |
#   Whether an application id is one of Microsoft's agent platforms, such as Copilot Studio, or of those that the
#   organisation names.
default is_platform(_, _) := false

is_platform(app_id, _) if data.agentid.tables.well_known_apps.apps[app_id].category == "agent-platform"

is_platform(app_id, named) if text.matches_any(app_id, named)
