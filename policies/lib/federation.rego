# METADATA
# title: Federation
# description: Federated identity credentials, and who their issuers are.
package agentid.lib.federation

import data.agentid.lib.text
import data.agentid.lib.values

table := data.agentid.tables.token_exchange

# METADATA
# description: |
#   Every federated credential, in order: `path`, `name`, `issuer`, `subject`, `expression` (of a flexible one), null
#   where there is no text, and `audiences` as they are.
credentials := [credential |
	some i, item in values.list(object.get(input.properties, "federatedIdentityCredentials", null))
	is_object(item)
	credential := {
		"path": ["federatedIdentityCredentials", i],
		"name": values.text_or_null(object.get(item, "name", null)),
		"issuer": values.text_or_null(object.get(item, "issuer", null)),
		"subject": values.text_or_null(object.get(item, "subject", null)),
		"expression": values.text_or_null(object.get(item, ["claimsMatchingExpression", "value"], null)),
		"audiences": object.get(item, "audiences", null),
	}
]

# METADATA
# scope: document
# description: Whether the resource has no federated credential at all.
default none := false

none if object.get(input.properties, "federatedIdentityCredentials", null) in [null, []]

# METADATA
# scope: document
# description: |
#   Whether a value is text of its own. The real value of a placeholder comes later. Rules ask last, for it takes long.
default is_stated(_) := false

is_stated(value) if {
	is_string(value)
	not text.is_blank(value)
	not text.is_placeholder(value)
}

# METADATA
# scope: document
# description: Whether an issuer is an https address.
default is_https(_) := false

is_https(issuer) if startswith(lower(issuer), "https://")

# METADATA
# scope: document
# description: The cloud of a Microsoft Entra issuer, by its host; empty for any other issuer.
default cloud_of(_) := ""

cloud_of(issuer) := table.login_hosts[host_of(issuer)]

# METADATA
# scope: document
# description: The tenant of a Microsoft Entra issuer in lower case, or a placeholder for it; else empty.
default tenant_of(_) := ""

tenant_of(issuer) := tenant if {
	cloud_of(issuer) != ""
	tenant := lower(split(issuer, "/")[3])
	_names_tenant(tenant)
}

_names_tenant(tenant) if {
	text.is_guid(tenant)
} else if {
	text.is_placeholder(tenant)
}

# METADATA
# description: The name of the well-known service that an issuer belongs to, else null.
service_of(issuer) := object.get(
	table.issuer_hosts,
	[host_of(issuer), "name"],
	object.get(table.issuers, [issuer, "name"], null),
)

# METADATA
# scope: document
# description: The host of an address in lower case; empty when there is none.
default host_of(_) := ""

host_of(address) := lower(split(address, "/")[2])

# METADATA
# scope: document
# description: Whether an audience is the token exchange audience of a cloud, or of any cloud when that is not known.
default is_audience(_, _) := false

is_audience(audience, cloud) if table.audiences[audience] == cloud

is_audience(audience, "") if table.audiences[audience]

# METADATA
# description: The token exchange audience of a cloud, or of the global one when the cloud is not known.
audience_of(cloud) := object.get(table.clouds, [cloud, "audience"], table.clouds.global.audience)
