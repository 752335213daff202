# METADATA
# title: Signing
# description: |
#   Certificates with which the platform signs tokens for an application. They stand among the credentials of its
#   service principal and authenticate nobody.
package agentid.lib.signing

# The name that Microsoft Entra gives to the certificates it makes for single sign-on:
# https://learn.microsoft.com/entra/identity/enterprise-apps/tutorial-manage-certificates-for-federated-single-sign-on
_certificate_name := "CN=Microsoft Azure Federated SSO Certificate"

# METADATA
# description: |
#   Credentials that sign tokens. https://learn.microsoft.com/graph/api/serviceprincipal-addtokensigningcertificate: a
#   certificate is there twice, to sign and to verify, and a secret with the key id of the first protects its key.
_signing := [credential |
	some credential in input.credentials
	lower(credential.usage) == "sign"
]

# METADATA
# scope: document
# description: Whether a credential of a service principal belongs to the signing of tokens.
default is_for_tokens(_) := false

is_for_tokens(credential) if lower(credential.usage) == "sign"

is_for_tokens(credential) if startswith(credential.displayName, _certificate_name)

is_for_tokens(credential) if {
	is_string(credential.keyId)
	some other in _signing
	other.keyId == credential.keyId
}

is_for_tokens(credential) if {
	credential.type == "certificate"
	is_number(credential.end)
	some other in _signing
	other.start == credential.start
	other.end == credential.end
}
