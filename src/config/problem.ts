import type { Problem } from '../documents/problem.ts';

type CodeText = {
  /** The sentence used when the place knows nothing more exact to say. */
  readonly title: string;
  readonly hint: string;
};

/** Every problem of a config or of the flags over it. Codes are stable: they are documented and written into reports. */
export const CONFIG_PROBLEMS = {
  'config-not-found': {
    title: 'There is no such config file.',
    hint: 'Paths given to --config are relative to the working directory.',
  },
  'config-unknown-format': {
    title: 'A config file ends in .yaml, .yml or .json.',
    hint: 'Rename it.',
  },
  'config-several-files': { title: 'One folder has several configs.', hint: 'Keep one of them.' },
  'config-several-documents': { title: 'A config is one document.', hint: 'Remove the line "---".' },

  'config-unknown-key': { title: 'There is no such key.', hint: 'Remove it.' },
  'config-unknown-option': { title: 'The rule has no such option.', hint: 'Remove it.' },
  'config-unknown-rule': {
    title: 'There is no such rule.',
    hint: '"agentid-lint rules list" shows every rule.',
  },
  'config-missing-key': { title: 'A key is missing.', hint: 'Add it.' },
  'config-invalid-value': {
    title: 'The value is not possible here.',
    hint: '"agentid-lint config schema" prints what is.',
  },
  'config-invalid-glob': {
    title: 'The pattern cannot be used.',
    hint: 'Use *, **, ?, [a-z] and {a,b} only.',
  },
  'config-duplicate-rule': {
    title: 'The same rule twice, once under its old name.',
    hint: 'Keep its new name.',
  },
  'config-contradiction': {
    title: 'A rule that is off has no severity in production.',
    hint: 'Off means nowhere. Set severity to info, or remove severityInProduction.',
  },

  'config-not-in-override': {
    title: 'Which rules there are cannot differ from file to file.',
    hint: 'Set it under "rules" at the top of the config.',
  },
  'config-no-rules': {
    title: 'There is nothing to judge by: the built-in rules are off, and no source of own rules is named.',
    hint: 'Name a source of own rules, or leave the built-in rules on.',
  },
  'config-key-not-found': {
    title: 'There is no such file of a key.',
    hint: 'The path is relative to this file.',
  },
  'config-duplicate-key': {
    title: 'Two keys have the same id.',
    hint: 'Signatures name their key by its id. Give each its own.',
  },

  'config-not-for-part': {
    title: 'A threshold holds for a whole run, so that only an override by tenant alone can have one.',
    hint: 'Leave "tenant" as the only key of "match", or set "failOn" at the top of the config.',
  },
  'config-unknown-tenant': {
    title: 'There is no such tenant in this config.',
    hint: 'Name it under "tenants", or write its GUID.',
  },
  'config-invalid-principal': {
    title: 'This is neither an object id nor an application id.',
    hint: 'It is a GUID; the page of the principal in the Entra admin center shows it.',
  },
  'config-duplicate-principal': {
    title: 'A principal is exempt twice.',
    hint: 'Keep one of them.',
  },
  'config-outside': {
    title: 'The file is outside of the repository.',
    hint: 'Put it into the repository. Outside of one, put it beside or below this file.',
  },

  'config-invalid-tenant': {
    title: 'This cannot be a tenant, its application or its address.',
    hint: 'docs/configuration.md has an example.',
  },

  'config-unknown-profile': {
    title: 'This is no built-in profile, no path that starts with ./ or ../, and no name of an npm package.',
    hint: 'Write a path with ./ in front.',
  },
  'config-extends-not-found': {
    title: 'There is no such file to extend.',
    hint: 'The path is relative to this file.',
  },
  'config-package-not-found': {
    title: 'The npm package to extend is not installed.',
    hint: 'Install it with npm.',
  },
  'config-package-without-config': {
    title: 'The npm package has no config.',
    hint: 'A package holds one in agentid-lint.config.yaml, .yml or .json, or in its package.json under "agentid-lint".',
  },
  'config-extends-outside': {
    title: 'The file to extend is outside of the repository.',
    hint: 'Copy it into the repository. Outside of one, put it beside or below this file.',
  },
  'config-extends-cycle': {
    title: 'Configs extend each other in a circle.',
    hint: 'Remove one of these links.',
  },
  'config-extends-too-deep': {
    title: 'Configs extend each other more than 8 files deep.',
    hint: 'Merge some of them.',
  },
  'config-extends-too-many': {
    title: 'A config is made of more than 64 files.',
    hint: 'Merge some of them.',
  },

  // Warnings.
  'config-rule-renamed': { title: 'The rule has a new name.', hint: 'Write the new name.' },
  'config-no-effect': {
    title: 'The options have no effect, because the rule is off.',
    hint: 'Set a severity, or remove them.',
  },

  'flag-unknown-rule': {
    title: 'The pattern names no rule.',
    hint: '"agentid-lint rules list" shows every rule.',
  },
  'flag-invalid-glob': { title: 'The pattern cannot be used.', hint: 'Use *, **, ?, [a-z] and {a,b} only.' },
} as const satisfies { readonly [code: string]: CodeText };

export type ConfigProblemCode = keyof typeof CONFIG_PROBLEMS;

export type ProblemPlace = Pick<Problem, 'uri' | 'range'>;

/** The part of a problem that says what is wrong and what to do. */
export type ProblemWords = {
  readonly code: ConfigProblemCode;
  readonly message?: string;
  readonly hint?: string | null;
};

export function configProblem(
  words: ProblemWords,
  place: ProblemPlace,
  related?: Problem['related'],
): Problem {
  const { title, hint } = CONFIG_PROBLEMS[words.code];
  const problem = { code: words.code, message: words.message ?? title, hint: words.hint ?? hint, ...place };
  return related === undefined ? problem : { ...problem, related };
}

/** A name that an author wrote, in a message: short, and marked as not ours. */
export function quoted(name: string): string {
  return `"${name.length > 60 ? `${name.slice(0, 60)}…` : name}"`;
}
