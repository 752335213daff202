import type { Comparison } from '../../findings/compare.ts';
import type { Diff } from '../../findings/diff.ts';
import type { Finding, Location } from '../../findings/finding.ts';
import { suppressionSentence } from '../suppression-words.ts';
import { VERDICT_WORDS } from '../tally.ts';
import { positionSuffix } from '../text.ts';

/** A finding in a list, and what is to be said of it there. Texts are untrusted. */
export type Entry = {
  readonly finding: Finding;
  readonly before: Finding['severity'] | null;
  readonly note: string | null;
};

export type Group = { readonly title: string; readonly entries: readonly Entry[] };

/** What differs, what has to be looked at first. Groups may be empty. */
export function groupsOf({ added, unsuppressed, severityChanged, unknown, suppressed, fixed }: Comparison): {
  readonly worse: readonly Group[];
  readonly unknown: Group;
  readonly better: readonly Group[];
} {
  return {
    worse: [
      { title: 'Added', entries: added.map(plain) },
      {
        title: 'Came back',
        entries: unsuppressed.map(({ finding, was, hasExpired }) => ({
          ...plain(finding),
          note: `was ${suppressionSentence(was)}; ${hasExpired ? 'that has expired' : 'that is there no more'}`,
        })),
      },
      {
        title: 'Severity changed',
        entries: severityChanged.map(({ before, after }) => ({ ...plain(after), before: before.severity })),
      },
    ],
    unknown: { title: 'Cannot be told: not read, or the rule not asked', entries: unknown.map(plain) },
    better: [
      {
        title: 'Newly suppressed',
        entries: suppressed.map((finding) => ({
          ...plain(finding),
          note: finding.suppressed === null ? null : suppressionSentence(finding.suppressed),
        })),
      },
      { title: 'Fixed', entries: fixed.map(plain) },
    ],
  };
}

function plain(finding: Finding): Entry {
  return { finding, before: null, note: null };
}

/** `2 new, 1 fixed, 7 unchanged`, on one line. */
export function countsLine({ comparison, unread }: Pick<Diff, 'comparison' | 'unread'>): string {
  const { added, unsuppressed, severityChanged, unknown, suppressed, fixed, unchanged } = comparison;
  const rest = [
    [unsuppressed.length, 'came back'],
    [severityChanged.length, 'with another severity'],
    [unknown.length, 'cannot be told'],
    [unread.length, unread.length === 1 ? 'new problem' : 'new problems'],
    [suppressed.length, 'newly suppressed'],
  ] as const;
  return [
    `${added.length} added`,
    ...rest.flatMap(([number, words]) => (number === 0 ? [] : [`${number} ${words}`])),
    `${fixed.length} fixed`,
    `${unchanged.length} unchanged`,
  ].join(', ');
}

/** The verdict with the reason for the exit code, then every other one that applies. */
export function endingLines({ verdict, exitCode, exitReasons, failOn, failOnNew }: Diff): readonly string[] {
  const [used, ...others] = exitReasons;
  const nothing = failOnNew
    ? 'nothing counts that did not before'
    : failOn === 'none'
      ? 'findings do not fail this comparison'
      : `nothing at or above "${failOn}" counts that did not before`;
  return [
    `${VERDICT_WORDS[verdict]}: ${used?.reason ?? nothing} (exit ${exitCode})`,
    ...others.map(({ code, reason }) => `also: ${reason} (exit ${code})`),
  ];
}

/** Where a finding is, on one line. Untrusted text. */
export function placeOf(location: Location): string {
  return location.kind === 'tenant'
    ? `tenant:${location.uri}`
    : `${location.uri}${positionSuffix(location.range)}`;
}
