# METADATA
# title: Limits
# description: Limits of the platform.
package agentid.lib.limits

# METADATA
# description: The number behind a name in policies/data/limits.json.
of(name) := data.agentid.tables.limits.limits[name]
