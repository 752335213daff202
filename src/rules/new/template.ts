import { RESOURCE_KINDS, type DocumentKind, type Severity } from '../../model/vocabulary.ts';
import { rulePackage } from '../../sources/layout.ts';
import { KIND_SAMPLES } from './kinds.ts';
import { fileNamesOf, type RuleName } from './names.ts';

/** What is known of a rule before it is written. */
export type RuleDraft = RuleName & {
  readonly title: string;
  readonly severity: Severity;
  /** At least one, each once. */
  readonly kinds: readonly DocumentKind[];
};

/**
 * The three files of a rule by their names in the folder of its domain. They pass every check and every test, those that
 * built-in rules are held to as well.
 */
export function ruleFiles(draft: RuleDraft): ReadonlyMap<string, string> {
  const names = fileNamesOf(draft);
  return new Map([
    [names.rule, rule(draft)],
    [names.test, unitTest(draft)],
    [names.examples, examples(draft)],
  ]);
}

function rule({ domain, name, title, severity, kinds }: RuleDraft): string {
  const surfaces = new Set(kinds.map((kind) => RESOURCE_KINDS[kind].surface));
  const bodies = propertiesOf(kinds).map(
    (property) => `
findings contains finding.at(["${property}"], {"property": "${property}", "name": input.name, "value": value}) if {
	value := object.get(input.properties, "${property}", null)
	is_string(value)
	value != ""
}
`,
  );
  return `# METADATA
# title: ${yamlText(title)}
# description: |
#   What the rule finds, why it matters to somebody who has never heard of it, and what it does not say.
# related_resources:
#   - ref: https://learn.microsoft.com/entra/agent-id/best-practices-agent-id
#     description: Best practices for Microsoft Entra Agent ID
# custom:
#   severity: ${severity}
#   wave: 1
#   applies_to: [${kinds.join(', ')}]
#   requires: []
#   sources: [${[...surfaces].join(', ')}]
#   message: '{property} of "{name}" says "{value}"'
#   remediation: Remove the property that the message names.
#   controls:
#     nist-800-53: [CM-6]
#   options: {}
#   since: 0.1.0
#   aliases: []
package ${rulePackage(domain, name)}

import data.agentid.lib.finding
${bodies.join('')}`;
}

/** Names that have another meaning in the unit test. */
const NAMES_IN_TESTS: readonly string[] = [
  ...['data', 'found', 'input', 'judged', 'kind', 'properties', 'property', 'result', 'testing', 'value'],
];

function unitTest({ domain, name, kinds }: RuleDraft): string {
  const alias = NAMES_IN_TESTS.includes(name) ? 'rule' : name;
  const itself = `data.${rulePackage(domain, name)}${alias === name ? '' : ` as ${alias}`}`;
  // The formatter sorts imports.
  const imports = [itself, 'data.agentid.lib.testing'].sort();
  const judged = (kind: DocumentKind, value: string) =>
    `judged("${kind}", ${value === '' ? '{}' : `{"${KIND_SAMPLES[kind].property}": ${value}}`})`;
  const failing = kinds.map(
    (kind) => `\t${judged(kind, '"draft"')} == found("${KIND_SAMPLES[kind].property}")\n`,
  );
  const passing = kinds.map((kind) => `\t\t${judged(kind, 'value')} == set()\n`);
  const absent = kinds.map((kind) => `\t${judged(kind, '')} == set()\n`);
  return `package ${rulePackage(domain, name)}_test

${imports.map((path) => `import ${path}`).join('\n')}

judged(kind, properties) := result if {
	result := ${alias}.findings with input as testing.resource(kind, {"properties": properties})
}

found(property) := {{"path": [property], "args": {"property": property, "name": "test", "value": "draft"}}}

test_fails_with_a_text if {
${failing.join('')}}

test_passes_without_a_text if {
${absent.join('')}	every value in [null, "", 1] {
${passing.join('')}	}
}
`;
}

function examples({ kinds }: RuleDraft): string {
  return kinds
    .flatMap((kind) => [
      failing(kind, 'draft'),
      failing(kind, 'later'),
      passing(kind, 'without', undefined),
      passing(kind, 'with empty', null),
    ])
    .join('');
}

function failing(kind: DocumentKind, text: string): string {
  const { property, name, source } = KIND_SAMPLES[kind];
  return `${exampleHead(kind, 'fail', `with ${text} in`, source(text))}  findings:
    - path: [${property}]
      args: { property: ${property}, name: ${name}, value: ${text} }
  fixed: |
${indented(source(undefined))}`;
}

function passing(kind: DocumentKind, what: string, value: null | undefined): string {
  return exampleHead(kind, 'pass', what, KIND_SAMPLES[kind].source(value));
}

function exampleHead(kind: DocumentKind, expect: 'fail' | 'pass', what: string, source: string): string {
  const { label } = RESOURCE_KINDS[kind];
  return `- name: ${label.charAt(0).toUpperCase()}${label.slice(1)} ${what} ${KIND_SAMPLES[kind].property}
  expect: ${expect}
  file: ${KIND_SAMPLES[kind].file}
  source: |
${indented(source)}`;
}

function indented(text: string): string {
  return text.replaceAll(/^(?=.)/gm, '    ');
}

function propertiesOf(kinds: readonly DocumentKind[]): readonly string[] {
  return [...new Set(kinds.map((kind) => KIND_SAMPLES[kind].property))];
}

/** Text that means itself in YAML without quotes. */
const PLAIN = /^[A-Za-z][A-Za-z0-9]*(?:[ ,./()-]+[A-Za-z0-9]+)+[)]?$/;

function yamlText(text: string): string {
  return PLAIN.test(text) ? text : JSON.stringify(text);
}
