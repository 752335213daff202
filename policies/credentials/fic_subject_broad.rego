# METADATA
# title: Federated credential subject is too broad
# description: |
#   Everything that matches the subject of a federated identity credential can act as every agent of the blueprint. A
#   subject is too broad when it is a pattern of a flexible credential, covers all pull requests or all runs of a
#   GitHub repository, or is the service account that Kubernetes gives to every pod of a namespace by default. A GitHub
#   environment in a named repository passes, and so does a pattern that is combined with one exact subject or one
#   exact reusable workflow. Other claims in a customised GitHub subject are not judged. Flexible credentials are in
#   preview.
# related_resources:
#   - ref: https://learn.microsoft.com/graph/api/resources/federatedidentitycredential
#     description: federatedIdentityCredential resource type
#   - ref: https://learn.microsoft.com/entra/workload-id/workload-identities-flexible-federated-identity-credentials
#     description: Flexible federated identity credentials
# custom:
#   severity: high
#   wave: 1
#   applies_to: [blueprint]
#   requires: [federatedIdentityCredentials]
#   sources: [manifest, tenant]
#   message: 'federated credential[ "{credential}"] trusts {who}: {subject}'
#   remediation: >-
#     Name one workload exactly: for GitHub `repo:<owner>/<repository>:environment:<environment>` with a protected
#     environment, for Kubernetes a service account made for the agent.
#   controls:
#     owasp-nhi: [NHI4, NHI6, NHI8]
#     owasp-asi: [ASI03]
#     nist-800-53: [AC-6, IA-9]
#   options:
#     allowedSubjects:
#       type: array
#       items:
#         type: string
#         minLength: 1
#       description: >-
#         Subjects and patterns that were reviewed and are accepted, such as the pull requests of a private repository;
#         as written in the credential, exact or with a trailing `*`.
#       default: []
#   since: 0.1.0
#   aliases: []
package agentid.credentials.fic_subject_broad

import data.agentid.lib.federation
import data.agentid.lib.finding
import data.agentid.lib.options
import data.agentid.lib.subjects
import data.agentid.lib.text

findings contains finding.at(array.concat(credential.path, ["subject"]), args) if {
	some credential in federation.credentials
	breadth := subjects.breadth_of(credential.subject)
	breadth != ""
	not is_allowed(credential.subject)
	federation.is_stated(credential.subject)
	args := {
		"credential": credential.name,
		"subject": credential.subject,
		"breadth": breadth,
		"who": subjects.words[breadth],
	}
}

findings contains finding.at(array.concat(credential.path, ["claimsMatchingExpression", "value"]), args) if {
	some credential in federation.credentials
	found := subjects.breadth_of_all(subjects.comparisons(credential.expression))
	not is_allowed(found.value)
	federation.is_stated(credential.expression)
	args := {
		"credential": credential.name,
		"subject": found.value,
		"breadth": found.breadth,
		"who": subjects.words[found.breadth],
	}
}

default is_allowed(_) := false

is_allowed(subject) if text.matches_any(subject, options.of("credentials/fic-subject-broad").allowedSubjects)
