# METADATA
# title: Files in the repo disagree about the blueprint id
# description: |
#   A blueprint file, the Agent 365 state file and the agentic user template of one project all name the blueprint by
#   its application id. When they differ, publishing binds the agent to the wrong blueprint. Files belong together by
#   folder; where a folder has several blueprints, an id that one of them has is right. Object ids are not compared.
# related_resources:
#   - ref: https://github.com/microsoft/Agent365-devTools
#     description: Source of the Agent 365 CLI
# custom:
#   severity: high
#   wave: 1
#   applies_to: [agent365GeneratedConfig, agenticUserTemplate]
#   requires: []
#   sources: [repository]
#   message: '`{property}` names blueprint {id}, but {other} in the same folder names {expected}'
#   remediation: Set both to the application id (`appId`) of the blueprint that the agent belongs to.
#   controls:
#     owasp-asi: [ASI04]
#     nist-800-53: [CM-3]
#   options: {}
#   since: 0.1.0
#   aliases: []
package agentid.repository.id_mismatch

import data.agentid.lib.finding
import data.agentid.lib.known
import data.agentid.lib.text

# What each kind is compared with: the file that people keep counts, then the state of the deployment.
authorities := {
	"agent365GeneratedConfig": ["blueprint"],
	"agenticUserTemplate": ["blueprint", "agent365GeneratedConfig"],
}

properties := {
	"agent365GeneratedConfig": "agentBlueprintId",
	"agenticUserTemplate": "agentIdentityBlueprintId",
}

findings contains finding.at_with_related([property], args, [related]) if {
	property := properties[input.kind]
	id := input.properties[property]
	text.is_guid(id)
	count(stated) > 0
	not id in {place.id | some place in stated}
	place := stated[0]
	segments := split(place.uri, "/")
	args := {"property": property, "id": id, "expected": place.id, "other": segments[count(segments) - 1]}
	related := {"message": "stated here", "path": place.path, "resource": place.resource}
}

# What the first authority that states anything states; ids that are no GUIDs yet are still to come.
stated := groups[0]

groups := [places |
	some kind in authorities[input.kind]
	places := [place |
		some place in known.blueprint_ids(input.origin.directory)
		place.kind == kind
		text.is_guid(place.id)
	]
	count(places) > 0
]
