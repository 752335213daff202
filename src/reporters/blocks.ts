import type { Problem } from '../documents/problem.ts';
import type { Finding } from '../findings/finding.ts';
import type { ReportedResource, ReportedRule } from '../findings/report.ts';
import { codeFrame } from './code-frame.ts';
import { visible } from './escape.ts';
import { advice, note, noteLine, relatedPlace } from './note.ts';
import type { Style, Tone } from './style.ts';
import { suppressionSentence } from './suppression-words.ts';
import { objectLine, objectNotes } from './tenant-place.ts';
import { shortFingerprint } from './text.ts';
import { expiredWords } from './told-message.ts';

/** Stands before the notes of what has no place. */
const NO_MARGIN = '   ';

/** A problem of an input, with its place. */
export function problemBlock(problem: Problem, style: Style): string[] {
  const { uri, range, related = [], hint } = problem;
  const frame = uri === null ? null : codeFrame({ uri, range, snippet: [] }, 'problem', style);
  const margin = frame?.margin ?? NO_MARGIN;
  return [
    heading({ tone: 'problem', label: 'error', id: problem.code, message: problem.message }, style),
    ...(frame?.lines ?? []),
    ...related.map((place) => relatedPlace({ uri: uri ?? '', ...place }, margin, style)),
    ...(hint === undefined ? [] : note('help', hint, margin, style)),
  ];
}

/**
 * A finding with its source underlined, or the object of the tenant that it is in. `rule` is given when its advice is to be
 * told, `resource` for what is known of the object.
 */
export function findingBlock(
  finding: Finding,
  rule: ReportedRule | undefined,
  style: Style,
  resource?: ReportedResource,
): string[] {
  const { location } = finding;
  const isQuiet = finding.suppressed !== null;
  const tone = isQuiet ? 'dim' : finding.severity;
  const label = isQuiet ? `suppressed ${finding.severity}` : finding.severity;
  const title = heading({ tone, label, id: finding.rule, message: finding.message, isQuiet }, style);
  if (location.kind === 'tenant') {
    return [
      title,
      `${objectLine(finding, NO_MARGIN, style)}  ${style.paint('dim', shortFingerprint(finding))}`,
      ...relatedPlaces(finding, NO_MARGIN, style),
      ...objectNotes(finding, location, resource, { margin: NO_MARGIN, style }),
      ...suppressionNotes(finding, NO_MARGIN, style),
      ...(rule === undefined ? [] : advice(finding.remediation, rule, NO_MARGIN, style)),
    ];
  }
  const { margin, lines } = codeFrame(location, tone, style);
  const [place = '', ...source] = lines;
  return [
    title,
    `${place}  ${style.paint('dim', shortFingerprint(finding))}`,
    ...source,
    ...relatedPlaces(finding, margin, style),
    ...(location.range === null && location.pointer !== ''
      ? [noteLine('at', visible(location.pointer), margin, style)]
      : []),
    ...suppressionNotes(finding, margin, style),
    ...(rule === undefined ? [] : advice(finding.remediation, rule, margin, style)),
  ];
}

/** Why it does not count, or counts again. */
function suppressionNotes({ suppressed, expired }: Finding, margin: string, style: Style): string[] {
  return [
    ...(suppressed === null ? [] : note('not counted', suppressionSentence(suppressed), margin, style)),
    ...(expired === null ? [] : note(expired.kind, expiredWords(expired), margin, style)),
  ];
}

function relatedPlaces({ related }: Finding, margin: string, style: Style): string[] {
  return related.map(({ message, location }) => relatedPlace({ ...location, message }, margin, style));
}

type Heading = {
  readonly tone: Tone;
  readonly label: string;
  readonly id: string;
  readonly message: string;
  readonly isQuiet?: boolean;
};

function heading({ tone, label, id, message, isQuiet = false }: Heading, style: Style): string {
  return `${style.paint(tone, `${label}[${visible(id)}]`)} ${style.paint(isQuiet ? 'dim' : 'bold', visible(message))}`;
}
