import type { Path } from '../documents/pointer.ts';

/** A property that holds a secret. The value itself never becomes a fact. */
export type SecretFact = {
  readonly path: Path;
  /** `placeholder`: a stand-in or a reference to a secret store, not a usable value. */
  readonly form: 'value' | 'placeholder';
};

/** Enclosing marks of template languages and secret references: `<…>`, `${…}`, `$(…)`, `{{…}}`, `#{…}#`, `%…%`, `[…]`. */
const ENCLOSED =
  /^(?:<.*>|\$\{.*\}|\$\(.*\)|\{\{.*\}\}|#\{.*\}#?|%[^%]*%|\[.*\]|@Microsoft\.KeyVault\(.*\))$/s;
const PREFIXED =
  /^(?:\$?env[:.]|\$[A-Z_][A-Z0-9_]*$|secrets?[:.]|vault:|op:\/\/|https:\/\/[a-z0-9-]+\.vault\.azure\.net\/)/i;
const STAND_IN =
  /^(?:(.)\1*|your[-_ ]?(?:client[-_ ]?)?secret(?:[-_ ]?here)?|change[-_ ]?me|placeholder|redacted|none|null|n\/a|todo|tbd)$/i;

/** What a non-empty value of a secret property is; `null` when there is no value. */
export function secretForm(value: unknown): SecretFact['form'] | null {
  if (typeof value !== 'string') return null;
  const trimmed = value.trim();
  if (trimmed === '') return null;
  return ENCLOSED.test(trimmed) || PREFIXED.test(trimmed) || STAND_IN.test(trimmed) ? 'placeholder' : 'value';
}
