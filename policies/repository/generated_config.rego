# METADATA
# title: Agent 365 generated state file is committed
# description: |
#   The Agent 365 CLI writes `a365.generated.config.json` for itself. The file holds the ids of one deployment and, in
#   clear text on macOS and Linux, the client secret of the blueprint. The documentation of the CLI says never to
#   commit it. The file is reported unless `.gitignore` names it; whether git already tracks it is not looked at.
# related_resources:
#   - ref: https://learn.microsoft.com/microsoft-agent-365/developer/agent-365-cli
#     description: Agent 365 CLI
#   - ref: https://github.com/microsoft/Agent365-devTools
#     description: Source of the Agent 365 CLI
# custom:
#   severity: high
#   wave: 1
#   applies_to: [agent365GeneratedConfig]
#   requires: []
#   sources: [repository]
#   message: '{file} is generated state of the Agent 365 CLI and does not belong in a repository[; it holds {holds}]'
#   remediation: >-
#     Remove the file (`git rm --cached`), list it in `.gitignore`, and rotate the client secret if it ever held one.
#   controls:
#     owasp-nhi: [NHI2]
#     nist-800-53: ["IA-5(7)", CM-3]
#   options:
#     allowWithoutSecret:
#       type: boolean
#       description: Accept the file as long as it holds no client secret or only a placeholder for one, as in samples.
#       default: false
#   since: 0.1.0
#   aliases: []
package agentid.repository.generated_config

import data.agentid.lib.finding
import data.agentid.lib.options

findings contains finding.at([], {"file": file, "holds": holds}) if {
	not accepted
	path := split(input.origin.uri, "/")
	file := path[count(path) - 1]
}

default accepted := false

accepted if {
	options.of("repository/generated-config").allowWithoutSecret == true
	holds == ""
}

default holds := ""

holds := "a client secret" if {
	some secret in input.secrets
	secret.form == "value"
}
