import type { Finding } from '../findings/finding.ts';
import type { Report } from '../findings/report.ts';
import { SUPPRESSION_WORDS } from './suppression-words.ts';

/** The findings that count: for formats that leave the others out. */
export function countedFindings({ findings }: Pick<Report, 'findings'>): readonly Finding[] {
  return findings.filter(({ suppressed }) => suppressed === null);
}

/** How many findings do not count, by what keeps them from it: `2 waived`. */
export function suppressedWords({ findings }: Pick<Report, 'findings'>): readonly string[] {
  return Object.entries(SUPPRESSION_WORDS).flatMap(([kind, words]) => {
    const number = findings.filter(({ suppressed }) => suppressed?.kind === kind).length;
    return number === 0 ? [] : [`${number} ${words}`];
  });
}
