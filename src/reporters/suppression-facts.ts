import type { Report, ReportedExemption, ReportedSuppressions } from '../findings/report.ts';
import { count } from './text.ts';

/** A run fact for people: what it is about, and its words, which may hold untrusted text. */
type RunFact = readonly [label: 'waivers' | 'baseline' | 'inline' | 'exempt', text: string];

/** Which files were looked at to tell what counts, and which principals are exempt. Nothing of a run without any. */
export function suppressionFacts(
  report: Pick<Report, 'suppressions' | 'exemptPrincipals'>,
): readonly RunFact[] {
  const { waivers, baseline, inline } = report.suppressions;
  return [
    ...used('waivers', waivers),
    ...used('baseline', baseline),
    ...(inline ? [] : [['inline', 'what stands beside findings to suppress them is ignored'] as const]),
    ...report.exemptPrincipals.map((each) => ['exempt', exemptionWords(each)] as const),
  ];
}

function used(label: 'waivers' | 'baseline', file: ReportedSuppressions['waivers']): readonly RunFact[] {
  return file === null ? [] : [[label, `${count(file.entries, 'entry', 'entries')} in ${file.file}`]];
}

/** `11111111-…: break glass (2 findings do not count)`. Holds untrusted text. */
function exemptionWords({ id, reason, findings }: ReportedExemption): string {
  const number = findings === 1 ? '1 finding does' : `${findings} findings do`;
  return `${id}: ${reason} (${number} not count)`;
}
