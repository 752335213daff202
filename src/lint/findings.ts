import type { Path } from '../documents/pointer.ts';
import type { Finding } from '../findings/finding.ts';
import { fingerprinter } from '../findings/fingerprint.ts';
import { locate } from '../findings/locate.ts';
import { valueWithoutSecrets } from '../model/canonical.ts';
import { renderMessage } from '../findings/message.ts';
import { sortFindings } from '../findings/sort.ts';
import type { Resource } from '../model/resource.ts';
import type { Severity } from '../model/vocabulary.ts';
import type { Catalogue, RawFinding, RuleMetadata } from '../policy/types.ts';
import type { LocatedResource } from './inputs.ts';
import type { SubjectSettings } from './subjects.ts';

/** Gives raw findings their words, severity, place and fingerprint, and puts them in order. */
export function toFindings(
  raw: readonly RawFinding[],
  resources: readonly LocatedResource[],
  settings: readonly SubjectSettings[],
  catalogue: Catalogue,
): readonly Finding[] {
  const rules = new Map(catalogue.rules.map((rule) => [rule.id, rule]));
  let last: LocatedResource | undefined;
  const placed = raw.flatMap((finding) => {
    const rule = rules.get(finding.rule);
    const owner = resources[finding.resource];
    const setting = settings[finding.resource];
    if (rule === undefined || owner === undefined || setting === undefined) return [];
    // Findings come resource by resource, and the places of 10,000 documents would not fit in memory.
    if (last?.document !== owner.document) last?.document.forget();
    last = owner;
    return [toFinding(finding, { rule, owner, severity: severityOf(rule, setting), resources })];
  });
  last?.document.forget();
  const fingerprint = fingerprinter();
  return sortFindings(placed).map(({ value, ...finding }) => ({
    ...finding,
    fingerprint: fingerprint({ rule: finding.rule, ref: finding.resource.ref, path: finding.path, value }),
  }));
}

type Placed = Omit<Finding, 'fingerprint'> & { readonly value: unknown };

type Context = {
  readonly rule: RuleMetadata;
  readonly owner: LocatedResource;
  readonly severity: Severity;
  readonly resources: readonly LocatedResource[];
};

function toFinding(raw: RawFinding, { rule, owner, severity, resources }: Context): Placed {
  const { resource, document } = owner;
  return {
    rule: rule.id,
    severity,
    message: renderMessage(rule.message, raw.args),
    remediation: rule.remediation,
    resource: { kind: resource.kind, ref: resource.ref, name: resource.name },
    location: locate(document, resource.origin, raw.path),
    path: raw.path,
    args: raw.args,
    related: raw.related.flatMap(({ message, path, resource: index }) => {
      const other = index === undefined ? owner : resources[index];
      return other === undefined
        ? []
        : [{ message, location: locate(other.document, other.resource.origin, path) }];
    }),
    value: offendingValue(resource, raw.path),
  };
}

/** A resource as a whole is no value: any edit of its file would make a new finding. */
function offendingValue({ properties }: Resource, path: Path): unknown {
  return path.length === 0 ? null : valueWithoutSecrets(properties, path);
}

function severityOf(rule: RuleMetadata, { effective, production }: SubjectSettings): Severity {
  const setting = effective.rules[rule.id];
  const severity = (production ? setting?.severityInProduction : null) ?? setting?.severity ?? rule.severity;
  // A rule that is off has no findings left at this point.
  return severity === 'off' ? rule.severity : severity;
}
