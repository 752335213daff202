import type { Problem } from '../../src/documents/problem.ts';

/** Files of a folder of rules, by their paths in it. */
export type RuleFiles = { readonly [path: string]: string };

/** A rule that is whole: it compiles, and keeps to the house rules. */
export const TEAM_TAG = `# METADATA
# title: Team tag is missing
# description: Every agent belongs to a team that can be asked about it.
# custom:
#   severity: low
#   applies_to: [blueprint]
#   message: 'blueprint "{name}" has no team tag[, such as {wanted}]'
#   remediation: Add a tag that names the team.
#   options:
#     tags:
#       type: array
#       items: { type: string }
#       description: Tags that name a team, exact or with a trailing star.
#       default: ["team:*"]
package agentid.ownership.team_tag

import data.agentid.lib.finding
import data.agentid.lib.options
import data.agentid.lib.tags

findings contains finding.at(["tags"], {"name": input.name, "wanted": wanted}) if {
	wanted := options.of("ownership/team-tag").tags
	not tags.any_in(object.get(input.properties, "tags", null), wanted)
}
`;

export const TEAM_TAG_TEST = `package agentid.ownership.team_tag_test

import data.agentid.lib.testing
import data.agentid.ownership.team_tag

judged(properties) := result if {
	result := team_tag.findings with input as testing.blueprint({"properties": properties})
		with data.agentid.options as testing.options("ownership/team-tag", {"tags": ["team:*"]})
}

test_fails_without_a_team_tag if {
	judged({}) == {{"path": ["tags"], "args": {"name": "test", "wanted": ["team:*"]}}}
}

test_passes_with_a_team_tag if {
	judged({"tags": ["TEAM:claims"]}) == set()
}
`;

export const TEAM_TAG_EXAMPLES = `- name: No tags at all
  expect: fail
  file: claims.blueprint.yaml
  source: |
    kind: agentIdentityBlueprint
    displayName: claims-triage
  findings:
    - path: [tags]
      args: { name: claims-triage, wanted: ['team:*'] }
  fixed: |
    kind: agentIdentityBlueprint
    displayName: claims-triage
    tags: [team:claims]
- name: A team tag
  expect: pass
  file: claims.blueprint.yaml
  source: |
    kind: agentIdentityBlueprint
    displayName: claims-triage
    tags: [team:claims]
`;

/** The rule with everything that belongs to it. */
export const WHOLE: RuleFiles = {
  'ownership/team_tag.rego': TEAM_TAG,
  'ownership/team_tag_test.rego': TEAM_TAG_TEST,
  'ownership/team_tag.examples.yaml': TEAM_TAG_EXAMPLES,
};

/** A rule with this body of `findings`, which reports at \`notes\`; \`imports\` are lines. */
export function ruleWith(body: string, imports = ''): string {
  return `# METADATA
# title: Notes are set
# description: Notes are no place for anything that matters.
# custom:
#   severity: low
#   applies_to: [blueprint]
#   message: 'blueprint "{name}" has notes'
#   remediation: Remove the notes.
package agentid.acme.notes

import data.agentid.lib.finding
${imports}
findings contains finding.at(["notes"], {"name": input.name}) if {
${body}
}
`;
}

/** Examples of `ruleWith`, for a body that holds where notes are text. */
export const NOTES_EXAMPLES = `- name: Notes
  expect: fail
  file: invoice.blueprint.yaml
  source: |
    kind: agentIdentityBlueprint
    displayName: invoice-bot
    notes: draft
  findings:
    - path: [notes]
      args: { name: invoice-bot }
  fixed: |
    kind: agentIdentityBlueprint
    displayName: invoice-bot
- name: No notes
  expect: pass
  file: invoice.blueprint.yaml
  source: |
    kind: agentIdentityBlueprint
    displayName: invoice-bot
`;

/** `path:line:column-column code message | hint`, one for each problem. */
export function brief(problems: readonly Problem[]): readonly string[] {
  return problems.map(({ uri, range, code, message, hint }) => {
    const place = range === null ? '' : `:${range.start.line}:${range.start.column}-${range.end.column}`;
    return `${uri ?? ''}${place} ${code}: ${message}${hint === undefined ? '' : ` | ${hint}`}`;
  });
}
