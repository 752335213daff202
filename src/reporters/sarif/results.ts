import type { Finding, RelatedLocation } from '../../findings/finding.ts';
import type { Suppression } from '../../findings/suppression.ts';
import { toldMessage } from '../told-message.ts';
import { webAddress } from '../web-address.ts';
import { anchorOf, logicalLocations, type Placer } from './places.ts';
import { LEVELS } from './severity.ts';
import { inMessage, plain, sentence } from './words.ts';

/** GitHub shows this many locations of an alert. */
const MOST_RELATED = 100;
/** Links to related places in a message: GitHub shows a related place only when there is one. */
const MOST_LINKS = 5;

type Surroundings = {
  readonly placer: Placer;
  readonly indexOfRule: (id: string) => number;
  /** When one result says whether it is suppressed, each has to (SARIF 2.1.0, 3.27.23). */
  readonly anySuppressed: boolean;
};

export function toResult(finding: Finding, { placer, indexOfRule, anySuppressed }: Surroundings): object {
  const { rule, severity, suppressed } = finding;
  const related = finding.related.slice(0, MOST_RELATED);
  const ruleIndex = indexOfRule(rule);
  const location = anchorOf(finding) ?? finding.location;
  return {
    ruleId: plain(rule),
    ...(ruleIndex === -1 ? {} : { ruleIndex }),
    level: LEVELS[severity].level,
    message: { text: messageOf(finding, related) },
    locations: [{ physicalLocation: placer.physical(location), logicalLocations: logicalLocations(finding) }],
    ...(related.length === 0
      ? {}
      : { relatedLocations: related.map((each, index) => toRelated(each, index + 1, placer)) }),
    ...fingerprintsOf(finding),
    ...(anySuppressed
      ? { suppressions: suppressed === null ? [] : [toSuppression(suppressed, placer)] }
      : {}),
    properties: propertiesOf(finding),
  };
}

/**
 * GitHub tracks an alert by rule, file and `primaryLocationLineHash` and knows no other fingerprint. It would else hash the
 * text of the lines, which two findings on one line share and an object of a tenant does not have. Ours does not change
 * when lines move or other things are renamed; it has the form that hashes of lines have.
 */
function fingerprintsOf({ fingerprint }: Finding): object {
  const hash = plain(fingerprint.replace(/^v1:/, ''));
  return {
    fingerprints: { 'agentid-lint/v1': hash },
    partialFingerprints: { 'agentid-lint/v1': hash, primaryLocationLineHash: `${hash}:1` },
  };
}

function messageOf(finding: Finding, related: readonly RelatedLocation[]): string {
  const { location } = finding;
  const links = related
    .slice(0, MOST_LINKS)
    .map((each, index) => `[${linkText(each.message)}](${index + 1})`);
  const more = related.length - links.length;
  const portal = location.kind === 'tenant' ? webAddress(location.portalUrl) : null;
  return [
    sentence(inMessage(toldMessage(finding))),
    ...(links.length === 0 ? [] : [`See ${links.join(', ')}${more > 0 ? ` and ${more} more` : ''}.`]),
    ...(portal === null ? [] : [`Shown in the [portal](${portal}).`]),
  ].join(' ');
}

/** Brackets in the words of a link are escaped (SARIF 2.1.0, 3.11.6). */
function linkText(text: string): string {
  const words = inMessage(text);
  return words === '' ? 'here' : words.replaceAll(/[\\[\]]/g, String.raw`\$&`);
}

function toRelated({ message, location }: RelatedLocation, id: number, placer: Placer): object {
  return {
    id,
    physicalLocation: placer.physical(location),
    ...(message === '' ? {} : { message: { text: sentence(inMessage(message)) } }),
  };
}

function toSuppression(suppression: Suppression, placer: Placer): object {
  const { kind, reason, location } = suppression;
  return {
    kind: kind === 'inline' ? 'inSource' : 'external',
    status: 'accepted',
    justification: plain(reason),
    ...(location === null
      ? {}
      : { location: { physicalLocation: placer.ofFile(location.uri, location.range) } }),
    properties: { kind, ...toldOf(suppression) },
  };
}

function toldOf({ approvedBy, ticket, created, expires }: Suppression): object {
  return Object.fromEntries(
    Object.entries({ approvedBy, ticket, created, expires }).flatMap(([name, value]) =>
      value === null ? [] : [[name, plain(value)] as const],
    ),
  );
}

function propertiesOf(finding: Finding): object {
  const { severity, resource, location, args, expired, formerFingerprints } = finding;
  return {
    severity,
    resource: { kind: resource.kind, ref: plain(resource.ref), name: plain(resource.name) },
    pointer: plain(location.pointer),
    args: Object.fromEntries(
      Object.entries(args).map(([name, value]) => [
        plain(name),
        typeof value === 'string' ? plain(value) : value,
      ]),
    ),
    ...(expired === null
      ? {}
      : { expired: { kind: expired.kind, reason: plain(expired.reason), ...toldOf(expired) } }),
    ...(formerFingerprints.length === 0 ? {} : { formerFingerprints: formerFingerprints.map(plain) }),
    ...(location.kind === 'tenant'
      ? {
          tenant: plain(location.tenantId),
          object: plain(location.uri),
          ...(location.portalUrl === null ? {} : { portalUrl: plain(location.portalUrl) }),
        }
      : {}),
  };
}
