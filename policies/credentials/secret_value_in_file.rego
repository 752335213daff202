# METADATA
# title: Secret value stored in a repository file
# description: |
#   The file holds a client secret, and everyone who can read the repository or its history can use it. Graph never
#   returns the value, so a person or a tool wrote it down: the Agent 365 CLI keeps the blueprint's secret in
#   `a365.generated.config.json` and encrypts it on Windows only. An encrypted value is reported too, because it is of
#   no use on any other machine. Placeholders and references to a secret store are not reported, and the value itself
#   is never shown. Name files with test data under `exclude` in the config.
# related_resources:
#   - ref: https://github.com/microsoft/Agent365-devTools
#     description: Agent 365 CLI, which writes a365.generated.config.json
#   - ref: https://learn.microsoft.com/graph/api/resources/passwordcredential
#     description: passwordCredential resource type
# custom:
#   severity: critical
#   wave: 1
#   applies_to:
#     - blueprint
#     - blueprintPrincipal
#     - agentIdentity
#     - agentUser
#     - agent365Config
#     - agent365GeneratedConfig
#     - toolingManifest
#   requires: []
#   sources: [manifest, repository]
#   message: >-
#     {property} holds a secret value[; agentBlueprintClientSecretProtected is {protected}, so only the machine that
#     wrote it can read it]
#   remediation: >-
#     Remove the value from the file, or replace it with a reference to a secret store. Then delete the secret in
#     Microsoft Entra, because it stays readable in the history of the repository.
#   controls:
#     owasp-nhi: [NHI2]
#     nist-800-53: ["IA-5(7)"]
#     cwe: [CWE-798]
#   options: {}
#   since: 0.1.0
#   aliases: []
package agentid.credentials.secret_value_in_file

import data.agentid.lib.finding

findings contains finding.at(secret.path, args) if {
	some secret in input.secrets
	secret.form == "value"
	args := {"property": secret.path[count(secret.path) - 1], "protected": mark_of(secret.path, is_protected)}
}

default is_protected := false

# Set by the Agent 365 CLI when Windows encrypted the value for one user of one machine.
is_protected if input.properties.agentBlueprintClientSecretProtected == true

default mark_of(_, _) := null

mark_of(["agentBlueprintClientSecret"], true) := true
