# METADATA
# title: Testing
# description: Inputs for the unit tests of rules. Imported by tests only.
package agentid.lib.testing

# METADATA
# description: A blueprint read from a file, with nothing in it but what `overrides` sets.
blueprint(overrides) := resource("blueprint", overrides)

# METADATA
# description: Any kind of resource read from a file, with nothing in it but what `overrides` sets.
resource(kind, overrides) := object.union(
	{
		"ref": concat("", [kind, "/test"]),
		"kind": kind,
		"name": "test",
		"origin": {
			"from": "document",
			"uri": "agents/test.yaml",
			"directory": "agents",
			"shape": "blueprint-file",
			"tenantId": null,
		},
		"settings": "0",
		"production": false,
		"unknown": [],
		"properties": {},
		"sponsors": [],
		"owners": [],
		"credentials": [],
		"secrets": [],
	},
	overrides,
)

# METADATA
# description: A value for `data.agentid.options` in which one rule has these options.
options(rule, values) := {"0": {rule: values}}

# METADATA
# description: A blueprint that declares permissions of Microsoft Graph, each an object with `id` and `type`.
declaring(permissions) := blueprint({"properties": {"requiredResourceAccess": [{
	"resourceAppId": "00000003-0000-0000-c000-000000000000",
	"resourceAccess": permissions,
}]}})

# METADATA
# description: A blueprint with these entries in `inheritablePermissions`.
inheriting(entries) := blueprint({"properties": {"inheritablePermissions": entries}})

# METADATA
# description: Any kind of resource read from a tenant, with nothing in it but what `overrides` sets.
in_tenant(kind, overrides) := resource(kind, object.union(
	{
		"origin": {
			"from": "tenant",
			"uri": "servicePrincipals/test",
			"directory": "",
			"shape": "graph",
			"tenantId": "6a7b8c9d-0000-4000-8000-000000000001",
		},
		"created": null,
		"activity": {"last": null, "source": null},
	},
	overrides,
))

# METADATA
# description: A value for `data.agentid.known` in a run over a tenant, in which only what `overrides` sets is known.
known_of_tenant(overrides) := {
	"shared_federated_identities": {},
	"shared_names": {},
	"blueprint_ids": {},
	"tool_scopes": {},
	"tenant": object.union({"blueprints": {}, "blueprint_principals": {}, "deleted": {}}, overrides),
}

# METADATA
# description: A sponsor or owner at `path` of whom nothing is told but what `overrides` sets.
principal(path, overrides) := object.union(
	{
		"path": path,
		"kind": "unknown",
		"id": null,
		"userPrincipalName": null,
		"displayName": null,
		"groupTypes": null,
		"securityEnabled": null,
		"isAssignableToRole": null,
		"state": "unknown",
		"userType": null,
		"appId": null,
		"enabledMembers": null,
	},
	overrides,
)
