/** The controls of a framework, and which rules are about each. Texts of frameworks that users write are untrusted. */
export type Framework = {
  readonly id: string;
  readonly title: string;
  /** Where it is published; `null` when it is not. */
  readonly url: string | null;
  /** In the framework's order; no two have the same id. */
  readonly controls: readonly FrameworkControl[];
};

export type FrameworkControl = {
  readonly id: string;
  readonly title: string;
  readonly url: string | null;
  /** No rule twice. */
  readonly rules: readonly Mapping[];
};

/** That a rule is about a control. */
export type Mapping = {
  /** Id of the rule. */
  readonly rule: string;
  /** Where that is written: an address, or a sentence. */
  readonly source: string;
};

/** Frameworks that come along, by the names that the command line takes. */
export const FRAMEWORK_NAMES = ['owasp-nhi', 'owasp-asi', 'nist-800-53', 'zero-trust', 'cis-m365'] as const;
