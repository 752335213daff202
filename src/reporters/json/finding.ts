import type { Problem } from '../../documents/problem.ts';
import type { Range } from '../../documents/range.ts';
import type { Finding, Location } from '../../findings/finding.ts';
import type { Suppression } from '../../findings/suppression.ts';
import type {
  JsonFinding,
  JsonFindingLocation,
  JsonProblem,
  JsonRange,
  JsonSuppression,
} from '../json-v1.ts';

/** A finding as programs read it. */
export function toJsonFinding(finding: Finding): JsonFinding {
  const { rule, severity, message, remediation, path, args, fingerprint, suppressed } = finding;
  const { kind, ref, name } = finding.resource;
  return {
    rule,
    severity,
    message,
    remediation,
    resource: { kind, ref, name, index: finding.owner },
    location: toJsonLocation(finding.location),
    path,
    args,
    related: finding.related.map((place) => ({
      message: place.message,
      location: toJsonLocation(place.location),
    })),
    fingerprint,
    formerFingerprints: finding.formerFingerprints,
    suppressed: suppressed === null ? null : toJsonSuppression(suppressed),
    expired: finding.expired === null ? null : toJsonSuppression(finding.expired),
  };
}

function toJsonLocation(location: Location): JsonFindingLocation {
  const { uri, pointer } = location;
  if (location.kind === 'tenant') {
    const { kind, portalUrl, tenantId } = location;
    return { kind, uri, pointer, range: null, portalUrl, tenantId };
  }
  const { kind, range, snippet } = location;
  return {
    kind,
    uri,
    pointer,
    range: toJsonRange(range),
    snippet: snippet.map(({ number, text, cut }) =>
      cut === undefined ? { number, text } : { number, text, cut },
    ),
  };
}

/** What keeps a finding from counting, as programs read it. */
export function toJsonSuppression(suppression: Suppression): JsonSuppression {
  const { kind, reason, approvedBy, ticket, created, expires, location } = suppression;
  return { ...{ kind, reason, approvedBy, ticket, created, expires }, location: toJsonPlace(location) };
}

/** Where a suppression is written, as programs read it. */
export function toJsonPlace(location: Suppression['location']): JsonSuppression['location'] {
  return location === null ? null : { kind: 'file', uri: location.uri, range: toJsonRange(location.range) };
}

/** A problem as programs read it. */
export function toJsonProblem({ code, message, hint, uri, range, related = [] }: Problem): JsonProblem {
  return {
    code,
    message,
    hint: hint ?? null,
    location: uri === null ? null : { kind: 'file', uri, range: toJsonRange(range) },
    related: related.map((place) => ({ message: place.message, range: toJsonRange(place.range) })),
  };
}

/** A range as programs read it: without offsets, which are of no use without the text. */
export function toJsonRange(range: Range): JsonRange;
export function toJsonRange(range: Range | null): JsonRange | null;
export function toJsonRange(range: Range | null): JsonRange | null {
  if (range === null) return null;
  const { start, end } = range;
  return { start: { line: start.line, column: start.column }, end: { line: end.line, column: end.column } };
}
