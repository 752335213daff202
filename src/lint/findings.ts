import type { Path } from '../documents/pointer.ts';
import type { Finding, Location } from '../findings/finding.ts';
import { fingerprinter } from '../findings/fingerprint.ts';
import { readable, renderMessage } from '../findings/message.ts';
import { sortFindings } from '../findings/sort.ts';
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
  readonly settings: SubjectSettings;
};

/** Where findings are put. Resources are known by their places among those of the run. */
export type Places = {
  /** Asked once for all findings of a resource that stand together; `null` when there is none. */
  readonly owner: (index: number) => Owner | null;
  /** `null` when there is no such resource. */
  readonly locate: (index: number, path: Path) => Location | null;
};

/** Gives raw findings their words, severity, place and fingerprint, and puts them in order. No text has half characters. */
export function toFindings(
  raw: readonly RawFinding[],
  places: Places,
  sourced: readonly SourcedRule[],
): readonly Finding[] {
  const rules = new Map(sourced.map(({ rule }) => [rule.id, rule]));
  const placed: Placed[] = [];
  // Findings come resource by resource; what each needs is made once and let go of before the next.
  let current: Current | null = null;
  for (const finding of raw) {
    const rule = rules.get(finding.rule);
    if (rule === undefined) continue;
    if (current === null || current.index !== finding.resource)
      current = { index: finding.resource, owner: places.owner(finding.resource) };
    const one = current.owner === null ? null : place(finding, { rule, owner: current.owner, places });
    if (one !== null) placed.push(one);
  }
  const fingerprint = fingerprinter();
  return sortFindings(placed).map((one) => withFingerprint(one, fingerprint));
}

type Current = { readonly index: number; readonly owner: Owner | null };

type Placed = Omit<Finding, 'fingerprint' | 'formerFingerprints' | 'expired'> & { readonly value: unknown };

/** Written out: a copy with one property left out takes several times the memory. */
function withFingerprint(placed: Placed, fingerprint: ReturnType<typeof fingerprinter>): Finding {
  const { rule, severity, message, remediation, resource, owner } = placed;
  const { location, path, args, related, suppressed, value } = placed;
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
    fingerprint: fingerprint({ rule, ref: resource.ref, path, value }),
    formerFingerprints: [],
    suppressed,
    expired: null,
  };
}

type Context = { readonly rule: RuleMetadata; readonly owner: Owner; readonly places: Places };

function place(raw: RawFinding, { rule, owner, places }: Context): Placed | null {
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
    suppressed: null,
    value: offendingValue(owner.properties, raw.path),
  };
}

/** A resource as a whole is no value: any edit of its file would make a new finding. */
function offendingValue(properties: unknown, path: Path): unknown {
  if (path.length === 0) return null;
  let value = properties;
  for (const step of path) {
    if (typeof value !== 'object' || value === null || !Object.hasOwn(value, step)) return null;
    value = (value as Record<string | number, unknown>)[step];
  }
  return value;
}

/** The severity of a rule's findings in a resource. */
export function severityOf(rule: RuleMetadata, { effective, production }: SubjectSettings): Severity {
  const setting = effective.rules[rule.id];
  const severity = (production ? setting?.severityInProduction : null) ?? setting?.severity ?? rule.severity;
  // A rule that is off has no findings left at this point.
  return severity === 'off' ? rule.severity : severity;
}
