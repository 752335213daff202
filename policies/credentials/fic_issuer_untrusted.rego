# METADATA
# title: Federated credential trusts an issuer outside the allow list
# description: |
#   Whoever controls the issuer of a federated identity credential can make tokens that authenticate as the blueprint,
#   and so as every agent made from it. Microsoft Entra itself (managed identities) and GitHub Actions are accepted;
#   clusters, other pipelines and other clouds must be named in `allowedIssuers`. A blueprint in a tenant may trust that
#   tenant and those that `allowedTenants` names. A file does not tell which tenant it is for, so there every tenant is
#   accepted until `allowedTenants` names some. An issuer that is not an https address is never accepted.
# related_resources:
#   - ref: https://learn.microsoft.com/graph/api/resources/federatedidentitycredential
#     description: federatedIdentityCredential resource type
#   - ref: https://learn.microsoft.com/entra/agent-id/best-practices-agent-id
#     description: Best practices for Microsoft Entra Agent ID
# custom:
#   severity: high
#   wave: 1
#   applies_to: [blueprint]
#   requires: [federatedIdentityCredentials]
#   sources: [manifest, tenant]
#   message: >-
#     federated credential[ "{credential}"] trusts {issuer}[ ({service})], which is not an allowed issuer[: it does not
#     start with {missing}][: tenant {tenant} is not an allowed tenant]
#   remediation: >-
#     Set `issuer` to an issuer that your organisation controls. If this one was reviewed and is trusted, add it to the
#     option `allowedIssuers`, or its tenant to the option `allowedTenants`.
#   controls:
#     owasp-nhi: [NHI3, NHI4]
#     owasp-asi: [ASI03, ASI04]
#     nist-800-53: [IA-9, SA-9]
#   options:
#     allowedIssuers:
#       type: array
#       items:
#         type: string
#         minLength: 1
#       description: >-
#         Issuers that are accepted besides Microsoft Entra, exact or with a trailing `*`. Write a slash before the
#         `*`, or other hosts can match. Your list takes the place of the default.
#       default:
#         - https://token.actions.githubusercontent.com
#         - https://token.actions.githubusercontent.com/*
#     allowedTenants:
#       type: array
#       items:
#         type: string
#         minLength: 1
#       description: >-
#         Ids of the tenants whose Microsoft Entra issuer is accepted. A tenant that is scanned accepts itself; in files
#         an empty list accepts every tenant.
#       default: []
#   since: 0.1.0
#   aliases: []
package agentid.credentials.fic_issuer_untrusted

import data.agentid.lib.federation
import data.agentid.lib.finding
import data.agentid.lib.options
import data.agentid.lib.text

findings contains finding.at(array.concat(credential.path, ["issuer"]), args) if {
	some credential in federation.credentials
	fault := fault_of(credential.issuer, options.of("credentials/fic-issuer-untrusted"))
	fault != null
	federation.is_stated(credential.issuer)
	args := object.union(fault, {
		"credential": credential.name,
		"issuer": credential.issuer,
		"service": federation.service_of(credential.issuer),
	})
}

# What is wrong with an issuer, and null for one that is accepted.
fault_of(issuer, choices) := {"missing": "https://", "tenant": null} if {
	not federation.is_https(issuer)
} else := null if {
	text.matches_any(issuer, choices.allowedIssuers)
} else := fault_of_tenant(federation.tenant_of(issuer), accepted_tenants(choices.allowedTenants))

accepted_tenants(named) := array.concat(named, [input.origin.tenantId]) if {
	is_string(input.origin.tenantId)
} else := named

fault_of_tenant(tenant, allowed) := {"missing": null, "tenant": null} if {
	tenant == ""
} else := null if {
	count(allowed) == 0
} else := null if {
	text.matches_any(tenant, allowed)
} else := null if {
	text.is_placeholder(tenant)
} else := {"missing": null, "tenant": tenant}
