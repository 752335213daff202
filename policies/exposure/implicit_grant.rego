# METADATA
# title: Implicit token issuance enabled
# description: |
#   The implicit grant hands tokens to a browser in the address of a page, where they end up in histories, logs and
#   scripts. It is a legacy flow, and an agent blueprint has no use for it: agents are confidential clients that get
#   their tokens on a server. Each of the two settings is reported when it is `true`.
# related_resources:
#   - ref: https://learn.microsoft.com/entra/identity-platform/v2-oauth2-implicit-grant-flow
#     description: Implicit grant flow, and why to leave it
#   - ref: https://learn.microsoft.com/graph/api/resources/implicitgrantsettings
#     description: implicitGrantSettings
# custom:
#   severity: high
#   wave: 1
#   applies_to: [blueprint]
#   requires: []
#   sources: [manifest, tenant]
#   message: '{tokens} are handed out through the browser: {setting} is true'
#   remediation: Set `enableAccessTokenIssuance` and `enableIdTokenIssuance` in `web.implicitGrantSettings` to `false`.
#   controls:
#     owasp-nhi: [NHI4]
#     nist-800-53: [IA-5, SC-23]
#   options: {}
#   since: 0.1.0
#   aliases: []
package agentid.exposure.implicit_grant

import data.agentid.lib.finding

findings contains finding.at(["web", "implicitGrantSettings", setting], {"setting": setting, "tokens": tokens}) if {
	some setting, tokens in {"enableAccessTokenIssuance": "access tokens", "enableIdTokenIssuance": "ID tokens"}
	input.properties.web.implicitGrantSettings[setting] == true
}
