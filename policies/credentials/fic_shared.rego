# METADATA
# title: Same external identity federated into several blueprints
# description: |
#   Microsoft advises giving each blueprint and environment credentials of its own. The rule finds a workload (the same
#   issuer and subject) that can authenticate as several blueprints: whoever takes it over acts as the agents of all of
#   them. Only blueprints of the same run are compared. Files that state the same id describe the same blueprint and
#   are not compared with each other; whether files without an id do is only partly known.
# related_resources:
#   - ref: https://learn.microsoft.com/entra/agent-id/best-practices-agent-id
#     description: Best practices for Microsoft Entra Agent ID
# custom:
#   severity: medium
#   wave: 2
#   applies_to: [blueprint]
#   requires: [federatedIdentityCredentials]
#   sources: [manifest, tenant]
#   message: 'subject {subject} of {issuer} can also authenticate as {blueprints}'
#   remediation: >-
#     Give each blueprint a managed identity or pipeline environment of its own and set `subject` to it. Add subjects
#     that are shared on purpose to the option `allowedSubjects`.
#   controls:
#     owasp-nhi: [NHI8, NHI9]
#     owasp-asi: [ASI08]
#     nist-800-53: [IA-4, SC-7]
#   options:
#     allowedSubjects:
#       type: array
#       items:
#         type: string
#         minLength: 1
#       description: >-
#         Subjects that several blueprints may have, such as a runner that test blueprints share; exact or with a
#         trailing `*`.
#       default: []
#   since: 0.1.0
#   aliases: []
package agentid.credentials.fic_shared

import data.agentid.lib.federation
import data.agentid.lib.finding
import data.agentid.lib.known
import data.agentid.lib.options
import data.agentid.lib.text

findings contains finding.at_with_related(array.concat(credential.path, ["subject"]), args, related) if {
	some credential in federation.credentials
	places := known.federated_elsewhere(credential.issuer, credential.subject, input.ref)
	count(places) > 0
	not text.matches_any(credential.subject, options.of("credentials/fic-shared").allowedSubjects)
	federation.is_stated(credential.issuer)
	federation.is_stated(credential.subject)
	args := {
		"credential": credential.name,
		"issuer": credential.issuer,
		"subject": credential.subject,
		"blueprints": sort({place.name | some place in places}),
	}
	related := [{"message": concat("", ["also trusted by ", place.name]), "path": place.path, "resource": place.resource} |
		some place in places
	]
}
