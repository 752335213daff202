import type { ExemptPrincipal } from '../config/config.ts';
import type { Path } from '../documents/pointer.ts';
import type { Finding, Location } from '../findings/finding.ts';
import { fingerprintsOf, identityOf, occurrenceCounter, offendingValue } from '../findings/fingerprint.ts';
import { readable, renderMessage } from '../findings/message.ts';
import { sortFindings } from '../findings/sort.ts';
import { exemptionsOf, type ExemptionOf } from './exemptions.ts';
import { wellFormed } from '../findings/well-formed.ts';
import type { Severity } from '../model/vocabulary.ts';
import type { RawFinding, RuleMetadata } from '../policy/types.ts';
import type { SourcedRule } from './policies.ts';
import type { SubjectSettings } from './subjects.ts';

/** The resource that findings are about. */
type Owner = {
  readonly resource: Finding['resource'];
  /** Its properties as the policy saw them, without secrets. */
  readonly properties: unknown;
  /** Object id, where it is not among the properties. */
  readonly id?: string;
  readonly settings: SubjectSettings;
};

/** Where findings are put. Resources are known by their places among those of the run. */
export type Places = {
  /** Asked once for all findings of a resource that stand together; `null` when there is none. */
  readonly owner: (index: number) => Owner | null;
  /** `null` when there is no such resource. */
  readonly locate: (index: number, path: Path) => Location | null;
  /** The folder that files are relative to, seen from the root of its repository; empty when absent. */
  readonly base?: string;
  /** Principals that no finding counts about; nobody when absent. */
  readonly exempt?: readonly ExemptPrincipal[];
  /** Is told of offending values; `null` or absent when nobody asks. */
  readonly values?: ValueWatch | null;
};

/** Somebody who asks for the offending values of findings. */
export type ValueWatch = {
  /** What a value is known by; `null` when it is of no interest. */
  readonly keyOf: (rule: string, value: () => unknown) => string | null;
  readonly note: (finding: Finding, key: string) => void;
};

/** Gives raw findings their words, severity, place and fingerprint, and puts them in order. No text has half characters. */
export function toFindings(
  raw: readonly RawFinding[],
  places: Places,
  sourced: readonly SourcedRule[],
): readonly Finding[] {
  const rules = new Map(sourced.map(({ rule }) => [rule.id, rule]));
  const exemptionOf = exemptionsOf(places.exempt ?? []);
  const placed: Placed[] = [];
  // Findings come resource by resource; what each needs is made once and let go of before the next.
  let current: Current | null = null;
  for (const finding of raw) {
    const rule = rules.get(finding.rule);
    if (rule === undefined) continue;
    if (current === null || current.index !== finding.resource)
      current = { index: finding.resource, owner: places.owner(finding.resource) };
    const { owner } = current;
    const one = owner === null ? null : place(finding, { rule, owner, places, exemptionOf });
    if (one !== null) placed.push(one);
  }
  const tellApart = occurrenceCounter();
  return sortFindings(placed).map((one) => {
    const finding = withFingerprint(one, tellApart(one.fingerprints));
    if (one.value !== null) places.values?.note(finding, one.value);
    return finding;
  });
}

type Current = { readonly index: number; readonly owner: Owner | null };

type Placed = Omit<Finding, 'fingerprint' | 'formerFingerprints' | 'expired'> & {
  readonly fingerprints: readonly string[];
  /** What the offending value is known by, if anybody asks for it. */
  readonly value: string | null;
};

/** Written out: a copy with one property left out takes several times the memory. */
function withFingerprint(
  placed: Placed,
  [fingerprint = '', ...formerFingerprints]: readonly string[],
): Finding {
  const { rule, severity, message, remediation, resource, owner } = placed;
  const { location, path, args, related, suppressed } = placed;
  return {
    rule,
    severity,
    message,
    remediation,
    resource,
    owner,
    location,
    path,
    args,
    related,
    fingerprint,
    formerFingerprints,
    suppressed,
    expired: null,
  };
}

type Context = {
  readonly rule: RuleMetadata;
  readonly owner: Owner;
  readonly places: Places;
  readonly exemptionOf: ExemptionOf;
};

function place(raw: RawFinding, { rule, owner, places, exemptionOf }: Context): Placed | null {
  const location = places.locate(raw.resource, raw.path);
  if (location === null) return null;
  // Here, as looking for half characters in all findings of a run once more would take its time.
  const told = wellFormed({
    message: renderMessage(rule.message, raw.args),
    remediation: rule.remediation,
    resource: owner.resource,
    location,
    path: raw.path,
    args: raw.args,
    related: raw.related.flatMap(({ message, path, resource = raw.resource }) => {
      const there = places.locate(resource, path);
      return there === null ? [] : [{ message: readable(message), location: there }];
    }),
  });
  const identified = {
    resource: {
      identity: identityOf(owner.resource.ref, places.base ?? ''),
      name: owner.resource.name,
      properties: owner.properties,
    },
    path: raw.path,
    args: raw.args,
  };
  return {
    rule: rule.id,
    severity: severityOf(rule, owner.settings),
    message: told.message,
    remediation: told.remediation,
    resource: told.resource,
    owner: raw.resource,
    location: told.location,
    path: told.path,
    args: told.args,
    related: told.related,
    suppressed: exemptionOf(raw, owner),
    fingerprints: fingerprintsOf({ rule: rule.id, aliases: rule.aliases, ...identified }),
    value: places.values?.keyOf(rule.id, () => offendingValue(identified)) ?? null,
  };
}

/** The severity of a rule's findings in a resource. */
export function severityOf(rule: RuleMetadata, { effective, production }: SubjectSettings): Severity {
  const setting = effective.rules[rule.id];
  const severity = (production ? setting?.severityInProduction : null) ?? setting?.severity ?? rule.severity;
  // A rule that is off has no findings left at this point.
  return severity === 'off' ? rule.severity : severity;
}
