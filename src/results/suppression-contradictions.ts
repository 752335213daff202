import type { JsonReport } from '../reporters/json-v1.ts';
import { when, type Contradiction } from './contradiction.ts';

/** Where findings are said not to count for a reason that the run did not look at, or numbers are more than there is. */
export function inSuppressions(report: JsonReport): readonly Contradiction[] {
  return [...unfounded(report), ...beyond(report)];
}

function unfounded({ findings, suppressions, exemptPrincipals }: JsonReport): readonly Contradiction[] {
  const known = {
    waiver: suppressions.waivers !== null,
    baseline: suppressions.baseline !== null,
    inline: suppressions.inline,
    exemption: exemptPrincipals.length > 0,
  } as const;
  return findings.flatMap(({ suppressed }, index) =>
    when(
      suppressed !== null && !known[suppressed.kind],
      ['findings', index, 'suppressed', 'kind'],
      `The finding is suppressed by ${NAMES[suppressed?.kind ?? 'waiver']}, and the run looked at none.`,
    ),
  );
}

const NAMES = {
  waiver: 'a waiver',
  baseline: 'a baseline',
  inline: 'what is written beside it',
  exemption: 'an exempt principal',
} as const;

function beyond({ findings, previous }: JsonReport): readonly Contradiction[] {
  if (previous === null) return [];
  const { added, severityChanged, unsuppressed, suppressed } = previous;
  const counting = findings.filter((finding) => finding.suppressed === null).length;
  return [
    when(
      added + severityChanged + unsuppressed > counting,
      ['previous', 'added'],
      `More findings are new or changed than the ${counting} that count.`,
    ),
    when(
      suppressed > findings.length - counting,
      ['previous', 'suppressed'],
      `More findings are newly suppressed than the ${findings.length - counting} that are suppressed.`,
    ),
  ].flat();
}
