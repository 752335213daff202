import type { Range } from '../documents/range.ts';
import type { Finding } from '../findings/finding.ts';
import { identityOf } from '../findings/fingerprint.ts';
import type { Suppression } from '../findings/suppression.ts';
import { ruleNames } from './rule-names.ts';
import type { Baseline, BaselineEntry, NamedResource, SuppressibleRule } from './types.ts';

/** An entry of a baseline that a finding has. */
export type Known = {
  readonly entry: BaselineEntry;
  /** `null` when findings of the rule are never suppressed there. */
  readonly suppression: Suppression | null;
};

type Matching = {
  readonly findings: readonly Finding[];
  readonly sources: { readonly baseline: Baseline | null };
  readonly rules: readonly SuppressibleRule[];
  readonly resources: ReadonlyMap<number, NamedResource>;
  readonly base: string;
};

/**
 * Finds the entry of a finding: of its fingerprint, or of one that it had before, with its rule and its resource. An entry is
 * that of one finding, so that no other one hides behind it.
 */
export class BaselineMatcher {
  readonly #known = new Map<Finding, Known>();

  constructor({ findings, sources: { baseline }, rules, resources, base }: Matching) {
    if (baseline === null) return;
    const names = ruleNames(rules);
    const taken = new Set<BaselineEntry>();
    const take = (finding: Finding, fingerprint: string): void => {
      const entry = baseline.entries.get(fingerprint);
      const resource = resources.get(finding.owner);
      if (entry === undefined || resource === undefined || taken.has(entry)) return;
      if (this.#known.has(finding) || names.idOf(entry.rule) !== finding.rule) return;
      if (!isSameResource(entry.resource, finding.resource.ref, base)) return;
      taken.add(entry);
      const suppression =
        resource.settings.rules[finding.rule]?.waivable === false ? null : recorded(baseline, entry);
      this.#known.set(finding, { entry, suppression });
    };
    for (const finding of findings) take(finding, finding.fingerprint);
    for (const finding of findings)
      for (const fingerprint of finding.formerFingerprints) take(finding, fingerprint);
  }

  for(finding: Finding): Known | null {
    return this.#known.get(finding) ?? null;
  }
}

/** Whether an entry is about a resource; a file may be written in another language now. */
function isSameResource(entry: string, ref: string, base: string): boolean {
  return entry === ref || identityOf(entry, base) === identityOf(ref, base);
}

function recorded({ uri }: Baseline, { line }: BaselineEntry): Suppression {
  return {
    kind: 'baseline',
    reason: 'It was there when the baseline was made.',
    approvedBy: null,
    ticket: null,
    created: null,
    expires: null,
    location: { uri, range: lineRange(line) },
  };
}

/** A line of a baseline. Nobody asks where it stands in the text as a whole. */
export function lineRange(line: number): Range {
  const start = { line, column: 1, offset: 0 };
  return { start, end: start };
}
