import type { Path } from '../documents/pointer.ts';
import type { Finding } from '../findings/finding.ts';
import { fingerprinter } from '../findings/fingerprint.ts';
import { locate } from '../findings/locate.ts';
import { readable, renderMessage } from '../findings/message.ts';
import { sortFindings } from '../findings/sort.ts';
import type { Severity } from '../model/vocabulary.ts';
import type { RawFinding, RuleMetadata } from '../policy/types.ts';
import type { Subject } from '../policy/subject.ts';
import type { PlacedResource } from './inputs.ts';
import type { SourcedRule } from './policies.ts';
import type { Prepared, SubjectSettings } from './subjects.ts';

/** Gives raw findings their words, severity, place and fingerprint, and puts them in order. */
export function toFindings(
  raw: readonly RawFinding[],
  resources: readonly PlacedResource[],
  { subjects, settings }: Prepared,
  sourced: readonly SourcedRule[],
): readonly Finding[] {
  const rules = new Map(sourced.map(({ rule }) => [rule.id, rule]));
  const placed: Placed[] = [];
  // Findings come resource by resource; what each needs is made once and let go of before the next.
  let current: Current | null = null;
  for (const finding of raw) {
    const rule = rules.get(finding.rule);
    const owner = resources[finding.resource];
    const subject = subjects[finding.resource];
    const setting = settings[finding.resource];
    if (rule === undefined || owner === undefined || subject === undefined || setting === undefined) continue;
    if (current === null || current.index !== finding.resource) {
      // A document may hold thousands of resources, and reading it again for each would take for ever.
      if (current !== null && current.owner.document !== owner.document) current.owner.document.forget();
      current = { index: finding.resource, owner, properties: propertiesOf(subject) };
    }
    const severity = severityOf(rule, setting);
    const value = offendingValue(current.properties, finding.path);
    placed.push({ ...place(finding, { rule, owner, severity, resources }), value });
  }
  current?.owner.document.forget();
  const fingerprint = fingerprinter();
  return sortFindings(placed).map(({ value, ...finding }) => ({
    ...finding,
    fingerprint: fingerprint({ rule: finding.rule, ref: finding.resource.ref, path: finding.path, value }),
  }));
}

type Current = { readonly index: number; readonly owner: PlacedResource; readonly properties: unknown };

type Placed = Omit<Finding, 'fingerprint'> & { readonly value: unknown };

type Context = {
  readonly rule: RuleMetadata;
  readonly owner: PlacedResource;
  readonly severity: Severity;
  readonly resources: readonly PlacedResource[];
};

function place(raw: RawFinding, { rule, owner, severity, resources }: Context): Omit<Placed, 'value'> {
  const { kind, ref, name, origin, document } = owner;
  return {
    rule: rule.id,
    severity,
    message: renderMessage(rule.message, raw.args),
    remediation: rule.remediation,
    resource: { kind, ref, name },
    owner: raw.resource,
    location: locate(document, origin, raw.path),
    path: raw.path,
    args: raw.args,
    related: raw.related.flatMap(({ message, path, resource: index }) => {
      const other = index === undefined ? owner : resources[index];
      if (other === undefined) return [];
      return [{ message: readable(message), location: locate(other.document, other.origin, path) }];
    }),
  };
}

/** The properties that the policy saw, in which secrets are taken out. */
function propertiesOf({ facts }: Subject): unknown {
  const { properties } = JSON.parse(facts) as { readonly properties: unknown };
  return properties;
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
