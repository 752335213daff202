# METADATA
# title: Shared or foreign blueprint without a verified publisher
# description: |
#   Publisher verification ties a blueprint to an organisation that Microsoft has checked. It is the only sign of
#   origin that an administrator of another tenant sees before consenting; without it anybody can use the name of a
#   known vendor. The rule looks at blueprints and blueprint principals whose audience goes beyond one tenant, and in a
#   tenant at the principals of other tenants' blueprints; a principal of the tenant's own says nothing that its
#   blueprint does not. A blueprint that is shared only by tenants of one company has one of the tags in the option
#   `internalTags` and is not reported. Microsoft's own blueprints, whose tenants are in the option `allowTenants`, have
#   no verified publisher.
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
#   message: >-
#     "{name}"[ comes from another tenant, {owner},][ can be used by other tenants (its audience is {audience})] but has
#     no verified publisher
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
#     allowTenants:
#       type: array
#       items: { type: string, minLength: 1 }
#       description: Ids of tenants whose blueprints need no verified publisher.
#       default: [f8cdef31-a31e-4b4a-93e4-5f571e91255a, 72f988bf-86f1-41af-91ab-2d7cd011db47]
#   since: 0.1.0
#   aliases: []
package agentid.exposure.unverified_publisher

import data.agentid.lib.finding
import data.agentid.lib.options
import data.agentid.lib.publishers
import data.agentid.lib.tags
import data.agentid.lib.text

settings := options.of("exposure/unverified-publisher")

findings contains finding.at(["verifiedPublisher"], args) if {
	not publishers.is_verified
	not is_excepted
	args := object.union({"name": input.name}, shared)
}

# How it concerns more than one tenant. Undefined when it does not.
shared := {"owner": owner, "audience": null} if {
	publishers.is_foreign
	owner := input.properties.appOwnerOrganizationId
} else := {"owner": null, "audience": audience} if {
	audience := input.properties.signInAudience
	audience in {"AzureADMultipleOrgs", "AzureADandPersonalMicrosoftAccount"}
	not is_told_by_its_blueprint
}

default is_told_by_its_blueprint := false

is_told_by_its_blueprint if {
	input.origin.from == "tenant"
	input.kind == "blueprintPrincipal"
}

default is_excepted := false

is_excepted if tags.any_in(object.get(input.properties, "tags", null), settings.internalTags)

is_excepted if text.matches_any(object.get(input.properties, "appOwnerOrganizationId", null), settings.allowTenants)
