import type { Problem } from '../documents/problem.ts';
import type { Range } from '../documents/range.ts';
import type { Finding, Location } from '../findings/finding.ts';
import type { Suppression, SuppressionNotice } from '../findings/suppression.ts';
import type {
  JsonFinding,
  JsonFindingLocation,
  JsonProblem,
  JsonRange,
  JsonSuppression,
  JsonSuppressionNotice,
} from '../reporters/json-v1.ts';

/** The finding that was saved. */
export function findingOf(saved: JsonFinding): Finding {
  const { rule, severity, message, remediation, path, args, fingerprint, suppressed } = saved;
  const { index, ...resource } = saved.resource;
  return {
    ...{ rule, severity, message, remediation, resource },
    owner: index,
    location: locationOf(saved.location),
    path,
    args,
    related: saved.related.map((place) => ({
      message: place.message,
      location: locationOf(place.location),
    })),
    fingerprint,
    formerFingerprints: saved.formerFingerprints,
    suppressed: suppressed === null ? null : suppressionOf(suppressed),
    expired: saved.expired === null ? null : suppressionOf(saved.expired),
  };
}

function locationOf(saved: JsonFindingLocation): Location {
  return saved.kind === 'tenant' ? { ...saved, snippet: [] } : { ...saved, range: rangeOf(saved.range) };
}

function suppressionOf({ location, ...saved }: JsonSuppression): Suppression {
  return { ...saved, location: placeOf(location) };
}

/** The notice that was saved. */
export function noticeOf(saved: JsonSuppressionNotice): SuppressionNotice {
  return { ...saved, location: placeOf(saved.location) };
}

function placeOf(location: JsonSuppression['location']): Suppression['location'] {
  return location === null ? null : { uri: location.uri, range: rangeOf(location.range) };
}

/** The problem that was saved. */
export function problemOf({ code, message, hint, location, related }: JsonProblem): Problem {
  return {
    code,
    message,
    ...(hint === null ? {} : { hint }),
    uri: location === null ? null : location.uri,
    range: location === null ? null : rangeOf(location.range),
    ...(related.length === 0
      ? {}
      : { related: related.map((place) => ({ message: place.message, range: rangeOf(place.range) })) }),
  };
}

function rangeOf(saved: JsonRange): Range;
function rangeOf(saved: JsonRange | null): Range | null;
function rangeOf(saved: JsonRange | null): Range | null {
  if (saved === null) return null;
  const { start, end } = saved;
  return { start: positionOf(start), end: positionOf(end) };
}

function positionOf({ line, column }: JsonRange['start']): Range['start'] {
  return { line, column, offset: 0 };
}
