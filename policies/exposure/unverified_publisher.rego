# METADATA
# title: Shared or foreign blueprint without a verified publisher
# description: |
#   Publisher verification ties a blueprint to an organisation that Microsoft has checked. It is the only sign of
#   origin that an administrator of another tenant sees before consenting; without it anybody can use the name of a
#   known vendor. The rule looks at blueprints and blueprint principals whose audience goes beyond one tenant. A
#   blueprint that is shared only by tenants of one company has one of the tags in the option `internalTags` and is not
#   reported.
# related_resources:
#   - ref: https://learn.microsoft.com/entra/identity-platform/publisher-verification-overview
#     description: Publisher verification
#   - ref: https://learn.microsoft.com/entra/agent-id/best-practices-agent-id
#     description: Best practices for Microsoft Entra Agent ID
# custom:
#   severity: medium
#   wave: 1
#   applies_to: [blueprint, blueprintPrincipal]
#   requires: []
#   sources: [manifest, tenant]
#   message: '"{name}" can be used by other tenants (its audience is {audience}) but has no verified publisher'
#   remediation: >-
#     Verify the publisher, so that `verifiedPublisher.verifiedPublisherId` has a value, or set `signInAudience` to
#     `AzureADMyOrg`. Where the blueprint is another company's, ask that company to do so.
#   controls:
#     owasp-nhi: [NHI3]
#     owasp-asi: [ASI04]
#     nist-800-53: [SR-4]
#   options:
#     internalTags:
#       type: array
#       items: { type: string }
#       description: >-
#         Tags of blueprints that only tenants of your own company share, exact or with a trailing `*`.
#       default: []
#   since: 0.1.0
#   aliases: []
package agentid.exposure.unverified_publisher

import data.agentid.lib.finding
import data.agentid.lib.options
import data.agentid.lib.tags
import data.agentid.lib.text

findings contains finding.at(["verifiedPublisher"], {"name": input.name, "audience": audience}) if {
	audience := input.properties.signInAudience
	audience in {"AzureADMultipleOrgs", "AzureADandPersonalMicrosoftAccount"}
	has_no_publisher
	not is_internal
}

default has_no_publisher := false

has_no_publisher if object.get(input.properties, "verifiedPublisher", null) == null

# Graph answers with an object whose members are null.
has_no_publisher if {
	publisher := input.properties.verifiedPublisher
	is_object(publisher)
	text.is_blank(object.get(publisher, "verifiedPublisherId", null))
}

default is_internal := false

is_internal if tags.any_in(input.properties.tags, options.of("exposure/unverified-publisher").internalTags)
