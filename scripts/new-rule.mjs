/**
 * Starts a rule that is whole from its first minute: `npm run new-rule -- <domain>/<rule-name>`. Writes the policy,
 * its unit test and its examples; they pass, and they are yours to change.
 */
import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { NOT_DOMAINS } from './lib/domains.mjs';
import { projectRoot } from './lib/opa.mjs';

const id = process.argv[2] ?? '';
const match = /^([a-z]+)\/([a-z][a-z0-9]*(?:-[a-z0-9]+)*)$/.exec(id);
if (!match || NOT_DOMAINS.has(match[1]))
  fail('usage: npm run new-rule -- <domain>/<rule-name>, in lower case, such as exposure/redirect-uri');

const [, domain, kebab] = match;
const name = kebab.replaceAll('-', '_');
const folder = join(projectRoot, 'policies', domain);
const files = {
  [`${name}.rego`]: policy(),
  [`${name}_test.rego`]: unitTest(),
  [`${name}.examples.yaml`]: examples(),
};
for (const file of Object.keys(files))
  if (existsSync(join(folder, file))) fail(`policies/${domain}/${file} exists already`);

mkdirSync(folder, { recursive: true });
for (const [file, text] of Object.entries(files)) writeFileSync(join(folder, file), text);
console.log(`wrote ${Object.keys(files)
  .map((file) => `policies/${domain}/${file}`)
  .join(', ')}
next:
  1. say what the rule finds: METADATA and body of policies/${domain}/${name}.rego
  2. npm run build:policies && npm run test:rule -- ${id}
  3. npx vitest run test/policies -t '${id}'
  4. npm run build:docs`);

function policy() {
  return `# METADATA
# title: ${kebab.replaceAll('-', ' ').replace(/^./, (letter) => letter.toUpperCase())} is set
# description: |
#   What the rule finds, why it matters to somebody who has never heard of it, and what it does not say.
# related_resources:
#   - ref: https://learn.microsoft.com/entra/agent-id/best-practices-agent-id
#     description: Best practices for Microsoft Entra Agent ID
# custom:
#   severity: low
#   wave: 1
#   applies_to: [blueprint]
#   requires: []
#   sources: [manifest, tenant]
#   message: 'notes say "{notes}"'
#   remediation: Remove \`notes\`.
#   controls:
#     nist-800-53: [CM-6]
#   options: {}
#   since: 0.1.0
#   aliases: []
package agentid.${domain}.${name}

import data.agentid.lib.finding

findings contains finding.at(["notes"], {"notes": notes}) if {
	notes := input.properties.notes
	is_string(notes)
	notes != ""
}
`;
}

function unitTest() {
  // opa fmt sorts imports.
  const imports = [`data.agentid.${domain}.${name}`, 'data.agentid.lib.testing'].sort();
  return `package agentid.${domain}.${name}_test

${imports.map((path) => `import ${path}`).join('\n')}

test_fails_with_notes if {
	found := ${name}.findings with input as testing.blueprint({"properties": {"notes": "x"}})
	found == {{"path": ["notes"], "args": {"notes": "x"}}}
}

test_passes_without_notes if {
	${name}.findings == set() with input as testing.blueprint({})
	${name}.findings == set() with input as testing.blueprint({"properties": {"notes": null}})
	${name}.findings == set() with input as testing.blueprint({"properties": {"notes": 1}})
}
`;
}

function examples() {
  const example = (outcome, text, extra) => `- name: ${text}
  expect: ${outcome}
  file: agent.blueprint.yaml
  source: |
    kind: agentIdentityBlueprint
    displayName: invoice-bot
${extra}`;
  const fixed = `  fixed: |
    kind: agentIdentityBlueprint
    displayName: invoice-bot
`;
  const failing = (notes) => `    notes: ${notes}
  findings:
    - path: [notes]
      args: { notes: ${notes} }
${fixed}`;
  return [
    example('fail', 'Notes', failing('draft')),
    example('fail', 'Other notes', failing('todo')),
    example('pass', 'No notes', ''),
    example('pass', 'Empty notes', '    notes: null\n'),
  ].join('');
}

function fail(message) {
  console.error(message);
  process.exit(2);
}
