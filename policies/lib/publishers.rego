# METADATA
# title: Publishers
# description: Who stands behind a blueprint or blueprint principal.
package agentid.lib.publishers

import data.agentid.lib.text
import data.agentid.lib.values

# METADATA
# scope: document
# description: |
#   Whether a blueprint principal of a tenant stands for the blueprint of another one. Where the owner is not told, it
#   does not.
default is_foreign := false

is_foreign if {
	input.origin.from == "tenant"
	owner := input.properties.appOwnerOrganizationId
	text.is_guid(owner)
	owner != input.origin.tenantId
}

# METADATA
# scope: document
# description: Whether Microsoft has verified the publisher. Graph answers with an object whose members are null.
default is_verified := false

is_verified if not _lacks_publisher

default _lacks_publisher := false

_lacks_publisher if object.get(input.properties, "verifiedPublisher", null) == null

_lacks_publisher if {
	publisher := input.properties.verifiedPublisher
	is_object(publisher)
	text.is_blank(object.get(publisher, "verifiedPublisherId", null))
}

# METADATA
# description: |
#   What the publisher is called: by its verified name, else by the name that it gives itself; null when it has neither.
name := verified if {
	verified := object.get(input.properties, ["verifiedPublisher", "displayName"], null)
	is_string(verified)
	not text.is_blank(verified)
} else := values.text_or_null(object.get(input.properties, "publisherName", null))
