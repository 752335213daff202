import type { Problem } from '../../documents/problem.ts';
import type { Report } from '../../findings/report.ts';
import type { SuppressionNotice } from '../../findings/suppression.ts';
import type { Collection } from '../../model/collection.ts';
import type { RuleOutcome, SkipReason } from '../../policy/types.ts';
import { changeNote } from '../change-note.ts';
import { noticeWords } from '../notices.ts';
import { previousNote } from '../previous-note.ts';
import { GROUP_WORDS, KIND_WORDS, LISTS, STATUS_WORDS } from '../tenant-words.ts';
import { count } from '../text.ts';
import type { Placer } from './places.ts';
import { inMessage, plain, sentence } from './words.ts';

/** More help nobody; how many there are is said. */
const MOST = 1000;
const MOST_NAMES = 10;

type Level = 'error' | 'warning' | 'note';

type Surroundings = { readonly placer: Placer; readonly indexOfRule: (id: string) => number };

/** Why a rule did not judge everything that it applies to. Rules that are off, or have nothing to judge, are told of elsewhere. */
const SKIPS = {
  'facts-missing': { level: 'warning', words: 'facts are missing' },
  'not-asked': { level: 'note', words: 'facts were not asked for' },
  'not-visible': { level: 'note', words: 'Microsoft Graph does not tell' },
  'declared-elsewhere': { level: 'note', words: 'relationships are kept elsewhere' },
  off: null,
  'not-applicable': null,
} as const satisfies Record<SkipReason, { readonly level: Level; readonly words: string } | null>;

/** What kept the run from being the whole answer, and what else its reader has to know; `cuts` is what this log leaves out. */
export function executionNotifications(
  report: Report,
  cuts: readonly string[],
  surroundings: Surroundings,
): readonly object[] {
  const { problems, outcomes, tenant, ledger } = report;
  const left = changeNote(report);
  const previous = previousNote(report);
  const { unmarked } = ledger.inputs;
  const notifications = [
    ...report.exitReasons
      .filter(({ code }) => code !== 1)
      .map(({ code, reason }) => note('error', `exit-${code}`, reason)),
    ...problems.map((problem) => ofProblem(problem, surroundings.placer)),
    ...outcomes.flatMap((outcome) => ofOutcome(outcome, surroundings.indexOfRule)),
    ...(tenant?.collections ?? []).flatMap(ofCollection),
    ...(unmarked.length === 0
      ? []
      : [
          note(
            'note',
            'not-judged',
            `${count(unmarked.length, 'file')} without a marker: ${named(unmarked)}`,
          ),
        ]),
    ...report.suppressions.notices.map((notice) => ofNotice(notice, surroundings)),
    ...(left === null ? [] : [note('note', 'change-only', left)]),
    ...(previous === null ? [] : [note('note', 'compared', previous)]),
    ...cuts.map((cut) => note('warning', 'left-out', cut)),
  ];
  const more = notifications.length - MOST;
  return more <= 0
    ? notifications
    : [...notifications.slice(0, MOST), note('warning', 'left-out', `${more} more notifications`)];
}

/** What the settings took out of the run. */
export function configurationNotifications({ ledger }: Report): readonly object[] {
  return ledger.inputs.excluded
    .slice(0, MOST)
    .map(({ by, files }) =>
      note('note', 'excluded', `${count(files, 'file')} left out by the pattern ${by}`),
    );
}

function note(level: Level, id: string, text: string): object {
  return { level, descriptor: { id }, message: { text: sentence(inMessage(text)) } };
}

function ofProblem({ code, message, hint, uri, range, related }: Problem, placer: Placer): object {
  const others = (related ?? []).map((each) => `${each.message} (line ${each.range.start.line})`);
  const text = [message, ...others, ...(hint === undefined ? [] : [hint])].map(inMessage);
  return {
    level: 'error',
    descriptor: { id: plain(code) },
    message: { text: sentence(text.join('; ')) },
    ...(uri === null ? {} : { locations: [{ physicalLocation: placer.ofFile(uri, range) }] }),
  };
}

const CONCERNS = { stale: 'warning', expired: 'warning', expiring: 'note' } as const satisfies Record<
  SuppressionNotice['concern'],
  Level
>;

/** A suppression that somebody has to look at, where it is written. */
function ofNotice(notice: SuppressionNotice, { placer, indexOfRule }: Surroundings): object {
  const { concern, rule, location } = notice;
  const index = indexOfRule(rule);
  return {
    ...note(CONCERNS[concern], `suppression-${concern}`, noticeWords(notice)),
    ...(index === -1 ? {} : { associatedRule: { id: plain(rule), index } }),
    ...(location === null
      ? {}
      : { locations: [{ physicalLocation: placer.ofFile(location.uri, location.range) }] }),
  };
}

function ofOutcome(outcome: RuleOutcome, indexOfRule: (id: string) => number): readonly object[] {
  const index = indexOfRule(outcome.rule);
  const associatedRule = { id: plain(outcome.rule), ...(index === -1 ? {} : { index }) };
  const about = (level: Level, id: string, words: string) => ({ ...note(level, id, words), associatedRule });
  const skipped = (reason: SkipReason, what: string, missing: readonly string[]) => {
    const skip = SKIPS[reason];
    const groups = missing.length === 0 ? '' : ` (${missing.join(', ')})`;
    return skip === null
      ? []
      : [about(skip.level, reason, `rule ${outcome.rule} ${what}: ${skip.words}${groups}`)];
  };
  switch (outcome.status) {
    case 'failed':
      return [about('error', 'rule-failed', `rule ${outcome.rule} failed: ${outcome.error}`)];
    case 'skipped':
      return skipped(outcome.reason, 'judged nothing', outcome.missing ?? []);
    case 'evaluated':
      return (outcome.skipped ?? []).flatMap(({ reason, subjects, missing }) =>
        skipped(reason, unjudged(subjects), missing ?? []),
      );
  }
}

/** Nobody knows how many there are when their list could not be read. */
function unjudged(subjects: number): string {
  return `did not judge ${subjects === 0 ? 'every resource' : count(subjects, 'resource')}`;
}

/** Facts of a tenant that are not known in full. What no rule needed is not missed. */
function ofCollection(collection: Collection): readonly object[] {
  const { group, of, status, reason, permissions, evidence, unread, by } = collection;
  if (status === 'complete' || (status === 'notAsked' && by !== 'user')) return [];
  const [, kinds] = KIND_WORDS[of];
  const needs = status === 'forbidden' ? `; needs ${permissions.join(', ')}` : '';
  const counted = unread === 0 ? '' : `, unknown for ${unread}`;
  const answer =
    evidence === null
      ? ''
      : ` (${[evidence.status, evidence.code, evidence.request].filter((each) => each !== null).join(' ')})`;
  const why = reason === null ? '' : `, ${reason.replace(/\.$/, '')}`;
  const what = `${GROUP_WORDS[group]}${LISTS.has(group) ? '' : ` of ${kinds}`}`;
  const text = `${what}: ${STATUS_WORDS[status]}${counted}${why}${needs}${answer}`;
  return [note(status === 'notAsked' ? 'note' : 'warning', `facts-${status}`, text)];
}

function named(names: readonly string[]): string {
  const more = names.length - MOST_NAMES;
  return `${names.slice(0, MOST_NAMES).join(', ')}${more > 0 ? ` and ${more} more` : ''}`;
}
