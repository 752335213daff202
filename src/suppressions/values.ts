import type { Finding } from '../findings/finding.ts';
import { valueText } from '../findings/fingerprint.ts';
import { canonical } from '../model/canonical.ts';
import type { Waiver, WaiversFile } from './types.ts';

/** A value as policies see it, as one text: neither the order of keys and lists nor the case of GUIDs matters, and no secret is in it. */
export function waivedText(value: unknown): string {
  return valueText(canonical(value).value);
}

/** Knows which findings have a value that a waiver names. Of others nothing is kept. */
export class WaivedValues {
  /** Texts of waived values, by rule. */
  readonly #waived = new Map<string, Set<string>>();
  readonly #texts = new Map<Waiver, string>();
  readonly #found = new Map<Finding, string>();

  constructor({ entries }: Pick<WaiversFile, 'entries'>) {
    for (const waiver of entries) {
      if (waiver.value === null) continue;
      const text = waivedText(waiver.value.json);
      this.#texts.set(waiver, text);
      this.#waived.set(waiver.rule, (this.#waived.get(waiver.rule) ?? new Set()).add(text));
    }
  }

  /** What an offending value is known by; `null` when no waiver of the rule names it. */
  keyOf(rule: string, value: () => unknown): string | null {
    const waived = this.#waived.get(rule);
    if (waived === undefined) return null;
    const text = waivedText(value());
    return waived.has(text) ? text : null;
  }

  /** Takes note of a finding whose value has a key. */
  note(finding: Finding, key: string): void {
    this.#found.set(finding, key);
  }

  /** Whether a finding has the value of a waiver; one without a value is about any. */
  fits(finding: Finding, waiver: Waiver): boolean {
    return waiver.value === null || this.#found.get(finding) === this.#texts.get(waiver);
  }
}
