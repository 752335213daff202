import type { Finding } from '../../findings/finding.ts';
import { suppressionSentence } from '../suppression-words.ts';
import { count, positionSuffix } from '../text.ts';
import { toldMessage } from '../told-message.ts';
import { worstFirst } from '../worst-first.ts';
import { PASSED, type CaseResult } from './suite.ts';

/** What the findings of one rule in one resource make of its case: skipped when none of them counts. */
export function findingResult(findings: readonly Finding[], url: string | null): CaseResult {
  const counted = worstFirst(findings);
  const [worst, ...others] = counted;
  const suppressions = findings.flatMap(({ suppressed, message }) =>
    suppressed === null ? [] : [{ message, sentence: suppressionSentence(suppressed) }],
  );
  if (worst === undefined) {
    const sentences = [...new Set(suppressions.map(({ sentence }) => sentence))];
    return sentences.length === 0 ? PASSED : { kind: 'skipped', message: sentences.join('; ') };
  }
  const more = others.length === 0 ? '' : ` (and ${count(others.length, 'more finding')})`;
  return {
    kind: 'failure',
    type: worst.severity,
    message: `${toldMessage(worst)}${more}`,
    body: [
      ...counted.flatMap(findingLines),
      ...suppressions.map(({ message, sentence }) => `Not counted: ${message} (${sentence})`),
      ...(worst.remediation === '' ? [] : [`Fix: ${worst.remediation}`]),
      ...(url === null ? [] : [`Rule: ${url}`]),
    ],
  };
}

function findingLines(finding: Finding): string[] {
  const { severity, location, related, fingerprint } = finding;
  const portal = location.kind === 'tenant' ? location.portalUrl : null;
  return [
    `${severity}: ${toldMessage(finding)}`,
    `At: ${location.uri}${positionSuffix(location.range)}${location.pointer === '' ? '' : ` ${location.pointer}`}`,
    ...related.map((other) => {
      const place = `${other.location.uri}${positionSuffix(other.location.range)}`;
      return `See: ${place} ${other.message}`;
    }),
    ...(portal === null ? [] : [`Portal: ${portal}`]),
    `Fingerprint: ${fingerprint}`,
  ];
}
