/** What can be wrong with a folder of own rules, from its layout to its house rules; a part of `SOURCE_PROBLEMS`. */
export const RULE_PROBLEMS = {
  // Layout of a folder of rules.
  'rules-none': {
    title: 'The folder yields no rule.',
    hint: 'A rule is <domain>/<rule>.rego in the folder. "agentid-lint rules new <domain>/<rule-name>" writes one.',
  },
  'rules-misplaced-file': {
    title: 'The file stands where no rule is looked for.',
    hint: 'Rules are <domain>/<rule>.rego, helpers lib/<name>.rego. Move it, or keep it outside of the folder.',
  },
  'rules-invalid-name': {
    title: 'The name cannot be used.',
    hint: 'Ids and packages are made from file names. Rename it.',
  },
  'rules-reserved-domain': {
    title: 'The name of the domain is reserved.',
    hint: 'Not a domain: lib, main, data, bundle, tables, options, known, run.',
  },
  'rules-too-many-files': {
    title: 'The folder holds too many files to be a folder of rules.',
    hint: 'Name the folder that the domains are in.',
  },
  'rules-link': {
    title: 'The link is not followed.',
    hint: 'Copy what it leads to into the folder of rules.',
  },
  'rules-wrong-package': {
    title: 'The package is not the one that the path says.',
    hint: 'The file <domain>/<rule>.rego is package agentid.<domain>.<rule>. Change one of the two.',
  },
  'rules-duplicate-package': {
    title: 'Two files are the same package.',
    hint: 'A rule is one file. Helpers that rules share stand in lib/<name>.rego.',
  },
  'rules-name-taken': {
    title: 'The name exists already.',
    hint: 'Choose another name; built-in rules are changed in the config, not replaced.',
  },

  // METADATA of a rule.
  'rules-no-metadata': {
    title: 'The rule has no METADATA.',
    hint: 'Begin the file with "# METADATA" and, below it, title, description and custom, directly above the package.',
  },
  'rules-metadata-unknown-key': { title: 'METADATA has no such key.', hint: 'Remove it.' },
  'rules-metadata-missing-key': { title: 'A key of METADATA is missing.', hint: 'Add it.' },
  'rules-metadata-invalid-value': {
    title: 'The value is not possible here.',
    hint: 'schemas/rule-metadata.schema.json says what is.',
  },

  // What the compiler finds.
  'rules-compiler-missing': {
    title: 'Rego is compiled by the package @agentid-lint/opa-compiler, which is not there.',
    hint: 'Install it with "npm install @agentid-lint/opa-compiler", or name an opa executable with --opa.',
  },
  'rules-compiler-stopped': {
    title: 'The compiler stopped.',
    hint: 'Run again. If it happens again, name an opa executable with --opa.',
  },
  'rules-syntax': {
    title: 'This is not valid Rego.',
    hint: 'https://www.openpolicyagent.org/docs/policy-language',
  },
  'rules-type': { title: 'The types do not fit.', hint: 'Compare what is there with what is expected.' },
  'rules-compile': { title: 'The rule does not compile.', hint: 'Put it right and run again.' },
  'rules-unknown-field': {
    title: 'The input has no such field.',
    hint: 'schemas/facts.schema.json has every field; object.get(…) reads what may be there.',
  },
  'rules-unknown-function': {
    title: 'There is no such function.',
    hint: 'Check the spelling, and that its package is imported.',
  },
  'rules-unavailable-function': {
    title: 'The function is not available to rules.',
    hint: 'policies/capabilities.json lists the built-in functions that are.',
  },
  'rules-unknown-import': {
    title: 'There is no such package or table.',
    hint: 'Rules import data.agentid.lib.<name> and what stands in their own folder.',
  },
  'rules-no-findings': {
    title: 'The rule has no set of findings.',
    hint: 'Write: findings contains finding.at(path, args) if { … }',
  },

  // Completeness and house rules ("rules check").
  'rules-no-test': {
    title: 'The rule has no unit test.',
    hint: 'Write <rule>_test.rego beside it; "agentid-lint rules test" runs it.',
  },
  'rules-no-examples': {
    title: 'The rule has no examples.',
    hint: 'Write <rule>.examples.yaml beside it, with manifests that fail and that pass.',
  },
  'rules-stray-file': {
    title: 'The file belongs to a rule that is not there.',
    hint: 'Rename it after its rule, or remove it.',
  },
  'rules-examples-unknown-key': { title: 'An example has no such key.', hint: 'Remove it.' },
  'rules-examples-missing-key': { title: 'A key of the example is missing.', hint: 'Add it.' },
  'rules-examples-invalid-value': {
    title: 'The value is not possible here.',
    hint: 'schemas/rule-examples.schema.json says what is.',
  },
  'rules-example-broken': {
    title: 'The example could not be judged.',
    hint: 'Its manifest must be one that the rule applies to, without problems of its own.',
  },
  'rules-example-differs': {
    title: 'The rule does not find what the example says.',
    hint: 'Correct the rule or the example.',
  },
  'rules-message-argument': {
    title: 'The message and the arguments of the findings do not fit.',
    hint: 'Every {placeholder} of the message is a key of the arguments of every finding.',
  },
  'rules-forbidden-call': { title: 'Rules do not call this function.', hint: 'Remove the call.' },
  'rules-direct-data': {
    title: 'Rules do not read this part of data directly.',
    hint: 'Use the helpers in data.agentid.lib.',
  },
  'rules-built-by-hand': {
    title: 'A finding is built by hand.',
    hint: 'Use finding.at(path, args) or finding.at_with_related(path, args, related).',
  },
  'rules-missing-requires': {
    title: 'The rule reads facts that may be unknown.',
    hint: 'Name the fact group in custom.requires; where it is unknown the rule is skipped, visibly.',
  },
  'rules-unknown-option': {
    title: 'The rule has no such option.',
    hint: 'Options are declared in custom.options of the METADATA.',
  },
  'rules-not-formatted': {
    title: 'The file is not formatted.',
    hint: '"agentid-lint rules check --fix" formats it.',
  },
  'rules-not-written': {
    title: 'The file cannot be written.',
    hint: 'Check its permissions and those of its folder.',
  },
} as const;
