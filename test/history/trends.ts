import { trendOf, type Trend } from '../../src/history/trend.ts';
import type { Finding } from '../../src/findings/finding.ts';
import { SEVERITIES } from '../../src/model/vocabulary.ts';
import { aRun, found, historyOf, suppressedBy, withRun } from './builders.ts';

const OPTIONS = { version: '0.1.0', source: 'files', since: null };
const TORN = {
  verdict: 'incomplete',
  exitCode: 4,
  problems: [{ code: 'yaml-syntax', message: 'not YAML', uri: 'b.yaml', range: null }],
  ledger: { inputs: { failed: 1 } },
} as const;

/** So many runs, two a week, of a team that adopts, waives, fixes, and breaks a file. */
export function aTrend(runs: number): Trend {
  const first = Date.parse('2026-08-03T06:00:00Z');
  const letters = 'abcdefgh';
  const reports = Array.from({ length: runs }, (_, index) => {
    const now = new Date(first + index * 3.5 * 86_400_000).toISOString().replace('.000Z', 'Z');
    const findings = Array.from(letters).flatMap((letter, place): Finding[] => {
      const severity = SEVERITIES[place % SEVERITIES.length] ?? 'info';
      if (index < place / 2 || index > runs - place * 2) return [];
      const kind = place % 2 === 0 ? 'waiver' : 'baseline';
      const isSuppressed = place > 3 && index % 9 < 5;
      const suppressed = isSuppressed ? suppressedBy(kind) : null;
      const expired = place > 3 && index % 9 === 5 ? suppressedBy(kind) : null;
      return [found(letter, { severity, suppressed, expired })];
    });
    const isTorn = index % 11 === 6;
    return isTorn
      ? aRun(
          now,
          letters.replace('b', ''),
          findings.filter(({ resource }) => resource.name !== 'b'),
          TORN,
        )
      : aRun(
          now,
          letters,
          findings,
          findings.some(({ suppressed }) => suppressed === null) ? { verdict: 'fail', exitCode: 1 } : {},
        );
  });
  const files = historyOf(reports);
  const last = new Date(first + runs * 3.5 * 86_400_000).toISOString().replace('.000Z', 'Z');
  return trendOf(
    withRun(files, aRun(last, 'a', [found('a', { severity: 'critical' })]), {
      partial: true,
      covers: () => false,
    }),
    OPTIONS,
  );
}

export const TRENDS: Readonly<Record<string, () => Trend>> = {
  empty: () => trendOf([], { ...OPTIONS, source: null }),
  one: () => trendOf(historyOf([aRun('2026-11-23T12:00:00Z', 'a', [found('a')])]), OPTIONS),
  few: () => aTrend(8),
  many: () => aTrend(34),
};

/** A trend whose every text is this one. */
export function trendOfText(text: string): Trend {
  const trend = aTrend(8);
  return {
    ...trend,
    source: text,
    tool: { ...trend.tool, version: text },
    runs: trend.runs.map((run) => ({ ...run, tool: text })),
    oldest: trend.oldest.map((each) => ({
      ...each,
      fingerprint: text,
      rule: text,
      resource: text,
      file: text,
    })),
  };
}
