# METADATA
# title: Blueprint accepts personal Microsoft accounts
# description: |
#   With the audience `AzureADandPersonalMicrosoftAccount` or `PersonalMicrosoftAccount`, anybody with a free Microsoft
#   account can sign in to the agents of the blueprint, outside the policies of any organisation. Agent identities are
#   made for work and school accounts. The blueprint of a product for consumers has one of the tags in the option
#   `consumerTags` and is not reported.
# related_resources:
#   - ref: https://learn.microsoft.com/graph/api/resources/agentidentityblueprint
#     description: signInAudience of a blueprint
#   - ref: https://learn.microsoft.com/entra/identity-platform/supported-accounts-validation
#     description: What the audiences allow
# custom:
#   severity: high
#   wave: 1
#   applies_to: [blueprint]
#   requires: []
#   sources: [manifest, tenant]
#   message: 'blueprint "{name}" accepts personal Microsoft accounts: its audience is {audience}'
#   remediation: >-
#     Set `signInAudience` to `AzureADMyOrg`. If the product is for consumers, give the blueprint a tag that is listed
#     in the option `consumerTags`.
#   controls:
#     owasp-nhi: [NHI6]
#     nist-800-53: [AC-3]
#   options:
#     consumerTags:
#       type: array
#       items: { type: string }
#       description: Tags of blueprints of products for consumers, exact or with a trailing `*`.
#       default: []
#   since: 0.1.0
#   aliases: []
package agentid.exposure.personal_accounts

import data.agentid.lib.finding
import data.agentid.lib.options
import data.agentid.lib.tags

findings contains finding.at(["signInAudience"], {"name": input.name, "audience": audience}) if {
	audience := input.properties.signInAudience
	audience in {"AzureADandPersonalMicrosoftAccount", "PersonalMicrosoftAccount"}
	not is_for_consumers
}

default is_for_consumers := false

is_for_consumers if tags.any_in(input.properties.tags, options.of("exposure/personal-accounts").consumerTags)
