# METADATA
# title: Clients
# description: Well-known client applications.
package agentid.lib.clients

apps := data.agentid.tables.well_known_apps.apps

# METADATA
# scope: document
# description: Whether an application id is a Teams, Outlook, Microsoft 365 or Office client.
default is_office(_) := false

is_office(app_id) if apps[app_id].category == "office-client"

# METADATA
# scope: document
# description: The name of a well-known application; `null` for others.
default name_of(_) := null

name_of(app_id) := apps[app_id].name
