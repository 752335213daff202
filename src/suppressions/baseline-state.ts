import { answersOf } from '../findings/answers.ts';
import type { Finding } from '../findings/finding.ts';
import type { Report } from '../findings/report.ts';
import { ruleNames } from './rule-names.ts';
import { fileOf } from './rooted-ref.ts';
import type { Baseline, BaselineEntry, SuppressibleRule } from './types.ts';

/** What a run says of the entries of a baseline. Each entry is in one of the lists, in the order of the file. */
export type BaselineState = {
  /** Found again, whether it is what keeps the finding from counting or not. */
  readonly known: readonly BaselineEntry[];
  /** Their object was judged by their rule, which finds them no more; or their file is not there any more. */
  readonly stale: readonly BaselineEntry[];
  /** The run has no such object, though everything that it looked at could be read. It may be elsewhere. */
  readonly absent: readonly BaselineEntry[];
  /** Nobody can tell: something could not be read, or the rule was not asked. */
  readonly unjudged: readonly BaselineEntry[];
};

/**
 * Tells which entries of a baseline are still needed. `report` is of a run with this baseline; `isGone` tells whether a
 * file, named relative to the working directory, is certainly not there.
 */
export function baselineState(
  { uri, entries }: Baseline,
  report: Report,
  {
    rules,
    isGone,
  }: { readonly rules: readonly SuppressibleRule[]; readonly isGone: (uri: string) => boolean },
): BaselineState {
  const found = new Set(report.findings.flatMap(fingerprintsOf));
  const noticed = staleLines(report, uri);
  const names = ruleNames(rules);
  const answerTo = answersOf(report);
  const state: { readonly [list in keyof BaselineState]: BaselineEntry[] } = {
    known: [],
    stale: [],
    absent: [],
    unjudged: [],
  };
  const listOf = (entry: BaselineEntry): keyof BaselineState => {
    if (found.has(entry.fingerprint)) return 'known';
    if (noticed.has(entry.line)) return 'stale';
    const file = fileOf(entry.resource);
    const rule = names.idOf(entry.rule) ?? entry.rule;
    const answer = answerTo({ rule, resource: entry.resource, file });
    if (answer === 'judged') return 'stale';
    if (answer !== 'gone') return 'unjudged';
    return file !== null && isGone(file) ? 'stale' : 'absent';
  };
  for (const entry of entries.values()) state[listOf(entry)].push(entry);
  return state;
}

function fingerprintsOf({ fingerprint, formerFingerprints }: Finding): readonly string[] {
  return [fingerprint, ...formerFingerprints];
}

/** The run itself knows of every object that it judged, and a report lists some. */
function staleLines({ suppressions }: Report, uri: string): ReadonlySet<number> {
  return new Set(
    suppressions.notices.flatMap(({ concern, kind, location }) =>
      concern === 'stale' && kind === 'baseline' && location?.uri === uri && location.range !== null
        ? [location.range.start.line]
        : [],
    ),
  );
}
