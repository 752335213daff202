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
		"origin": {"uri": "agents/test.yaml", "directory": "agents", "shape": "blueprint-file"},
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
