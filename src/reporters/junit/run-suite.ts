import type { Report } from '../../findings/report.ts';
import type { SuppressionNotice } from '../../findings/suppression.ts';
import type { RuleOutcome } from '../../policy/types.ts';
import { noticeWords } from '../notices.ts';
import { previousNote } from '../previous-note.ts';
import { skipWords } from '../skip-words.ts';
import { suppressedWords } from '../suppressed.ts';
import { suppressionFacts } from '../suppression-facts.ts';
import { budgetWords, incompleteNotice, verdictLines } from '../tally.ts';
import { count, positionSuffix } from '../text.ts';
import { problemCase } from './problem-case.ts';
import type { Detail, Together } from './resource-suites.ts';
import { PASSED, type TestCase, type TestSuite } from './suite.ts';

/** Exit codes that have cases of their own: findings, and what could not be judged. */
const TOLD_ELSEWHERE: ReadonlySet<number> = new Set([1, 4]);
const INCOMPLETE = 4;

/** The suite of the run as a whole: whether everything was judged, what went wrong, and what was judged by what. */
export function runSuite(report: Report, detail: Detail, together: Together): TestSuite {
  return {
    name: 'agentid-lint',
    properties: propertiesOf(report, detail),
    cases: [
      completeness(report),
      ...report.exitReasons.filter(({ code }) => !TOLD_ELSEWHERE.has(code)).map(exitCase),
      ...report.problems.filter(({ uri }) => uri === null).map(problemCase),
      ...report.outcomes.flatMap(failedRule),
      ...skippedRules(report),
      ...Array.from(together.values(), togetherCase),
    ],
  };
}

/** Not to be the whole answer is an error, unless the run was told to let it pass. */
function completeness(report: Report): TestCase {
  const [subject, name] = ['agentid-lint', 'everything was judged'];
  const notice = incompleteNotice(report);
  if (notice === null) return { subject, name, result: PASSED };
  return report.exitReasons.some(({ code }) => code === INCOMPLETE)
    ? { subject, name, result: { kind: 'error', type: 'incomplete', message: notice, body: [] } }
    : { subject, name, result: { kind: 'skipped', message: notice } };
}

function exitCase({ code, reason }: Report['exitReasons'][number]): TestCase {
  const result = { kind: 'error', type: `exit ${code}`, message: reason, body: [] } as const;
  return { subject: 'agentid-lint', name: `exit ${code}`, result };
}

function failedRule(outcome: RuleOutcome): TestCase[] {
  if (outcome.status !== 'failed') return [];
  const { rule, error } = outcome;
  return [
    {
      subject: rule,
      name: `${rule}: the rule failed`,
      result: { kind: 'error', type: 'rule failed', message: error, body: [] },
    },
  ];
}

/** Rules that judged nothing of what they apply to, unless the cases of resources say so. */
function skippedRules({ outcomes, rules, checks, tenant }: Report): TestCase[] {
  const what = tenant === null ? 'files' : 'tenants';
  const told = new Set([
    ...rules.filter(({ judges }) => !judges.includes(what)).map(({ id }) => id),
    ...checks.flatMap(({ skipped }) => skipped.map(({ rule }) => rule)),
  ]);
  return outcomes
    .filter(({ rule }) => !told.has(rule))
    .flatMap((outcome) => skipsOf(outcome).map((message) => skippedCase(outcome.rule, message)));
}

function skipsOf(outcome: RuleOutcome): string[] {
  switch (outcome.status) {
    case 'skipped':
      return outcome.reason === 'not-applicable' ? [] : [skipWords(outcome)];
    case 'evaluated':
      return (outcome.skipped ?? []).map(skipWords);
    case 'failed':
      return [];
  }
}

function skippedCase(rule: string, message: string): TestCase {
  return { subject: rule, name: `${rule}: skipped`, result: { kind: 'skipped', message } };
}

function togetherCase({ rule, skipped, resources }: NonNullable<ReturnType<Together['get']>>): TestCase {
  const number = count(resources, 'resource');
  return skipped === null
    ? { subject: rule, name: `${rule}: ${number} passed`, result: PASSED }
    : { subject: rule, name: `${rule}: ${number} skipped`, result: { kind: 'skipped', message: skipped } };
}

function propertiesOf(report: Report, detail: Detail): (readonly [string, string])[] {
  const { tool, tenant, ledger, unlisted, change, config, failOn, exitCode } = report;
  const suppressed = suppressedWords(report);
  const previous = previousNote(report);
  const budgets = budgetWords(report.maxFindings);
  return [
    ['tool', `${tool.name} ${tool.version}`],
    ['policies', tool.policyDigest],
    ['verdict', verdictLines(report).verdict],
    ['exit code', String(exitCode)],
    ['fail on', failOn],
    ...(budgets === null ? [] : [['budgets', budgets] as const]),
    ['judged', `${ledger.resources.judged} of ${count(ledger.resources.total, 'resource')}`],
    ...(suppressed.length === 0 ? [] : [['suppressed', suppressed.join(', ')] as const]),
    ...(unlisted === 0 ? [] : [['not listed', `${count(unlisted, 'resource')} without findings`] as const]),
    ...(tenant === null ? [] : [['tenant', tenant.id] as const, ['read at', tenant.startedAt] as const]),
    ...(change === null ? [] : [['change', changeWords(change)] as const]),
    ...(previous === null ? [] : [['compared', previous] as const]),
    ...config.files.map((file) => ['config', file] as const),
    ...suppressionFacts(report),
    ...report.suppressions.notices.map(noticeProperty),
    ...(detail.skipped === 'together' ? [['cases', TOGETHER] as const] : []),
  ];
}

/** A suppression that somebody has to look at, and where it is written. */
function noticeProperty(notice: SuppressionNotice): readonly [string, string] {
  const { location } = notice;
  const where = location === null ? '' : `${location.uri}${positionSuffix(location.range)}: `;
  return [`${notice.concern} suppression`, `${where}${noticeWords(notice)}`];
}

const TOGETHER = 'too many to list: passed and skipped ones are put together, one for each rule';

function changeWords({ since, files, leftOut }: NonNullable<Report['change']>): string {
  const what = `${count(files, 'file')} changed since ${since}`;
  return `${what}; ${count(leftOut, 'finding')} elsewhere left out, and every case that has none`;
}
