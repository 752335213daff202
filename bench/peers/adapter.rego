# METADATA
# title: Adapter
# description: |
#   Lets conftest and opa exec judge a raw manifest with the project's own rules: derives the facts that the host
#   derives in TypeScript, calls the same entrypoint, and gives one text a finding.
package main

facts := {
	"ref": concat("/", ["blueprint", input.appId]),
	"kind": "blueprint",
	"name": input.displayName,
	"origin": {"uri": "", "directory": "", "shape": "blueprint-file"},
	"settings": "0",
	"production": "env:prd" in input.tags,
	"unknown": [],
	"properties": input,
	"sponsors": people("sponsors"),
	"owners": people("owners"),
	"credentials": array.concat(credentials("passwordCredentials", "secret"), credentials("keyCredentials", "certificate")),
	"secrets": [],
}

people(relationship) := [person |
	some index, entry in input[relationship]
	person := {
		"path": [relationship, index],
		"kind": "user",
		"id": null,
		"userPrincipalName": entry.userPrincipalName,
		"displayName": null,
		"groupTypes": null,
		"securityEnabled": null,
		"isAssignableToRole": null,
	}
]

credentials(property, type) := [credential |
	some index, entry in input[property]
	credential := {
		"path": [property, index],
		"type": type,
		"keyId": entry.keyId,
		"displayName": entry.displayName,
		"usage": null,
		"start": time.parse_rfc3339_ns(entry.startDateTime) / 1000000000,
		"end": time.parse_rfc3339_ns(entry.endDateTime) / 1000000000,
	}
]

deny contains message if {
	some judged in data.agentid.main.blueprint with input as {"docs": [facts]}
	some [number, finding] in judged.findings
	message := json.marshal([number, finding.path, finding.args])
}
