# METADATA
# title: Files in the repo disagree about the blueprint id
# description: |
#   A blueprint file, the generated state of the Agent 365 CLI and the agentic user template of one project all name
#   the blueprint by its application id. When they differ, publishing binds the agent to the wrong blueprint. Files of
#   one folder belong together; where a folder has several blueprints, the id of any of them is right. Object ids are
#   not compared, and neither are ids of templates, which `repository/template-placeholder` reports.
# related_resources:
#   - ref: https://github.com/microsoft/Agent365-devTools
#     description: Source of the Agent 365 CLI
# custom:
#   severity: high
#   wave: 1
#   applies_to: [agent365GeneratedConfig, agenticUserTemplate]
#   requires: []
#   sources: [repository]
#   message: '{property} names blueprint {id}, but {other} in the same folder names {expected}'
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

# What each kind is compared with: first the file that people keep, then the state of the deployment.
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
	is_own(id)
	count(stated) > 0
	not id in {place.id | some place in stated}
	place := stated[0]
	segments := split(place.uri, "/")
	args := {"property": property, "id": id, "expected": place.id, "other": segments[count(segments) - 1]}
	related := {"message": "stated here", "path": place.path, "resource": place.resource}
}

# An id that is not a GUID yet, or still the one of a template, is to come.
default is_own(_) := false

is_own(id) if {
	text.is_guid(id)
	not text.placeholders.ids[id]
}

# What the first authority that states anything states.
stated := groups[0]

groups := [places |
	some kind in authorities[input.kind]
	places := [place |
		some place in known.blueprint_ids(input.origin.directory)
		place.kind == kind
		is_own(place.id)
	]
	count(places) > 0
]
