import type { Problem } from '../documents/problem.ts';
import type { Range } from '../documents/range.ts';
import type { Finding } from '../findings/finding.ts';
import type { Report, ReportedRule } from '../findings/report.ts';
import type { SuppressionNotice } from '../findings/suppression.ts';
import type { Severity } from '../model/vocabulary.ts';
import { cut } from '../util/cut.ts';
import { visible } from './escape.ts';
import { noticeTitle } from './notices.ts';
import { repositoryPath } from './repository-path.ts';
import { countBySeverity, incompleteNotice, verdictLines } from './tally.ts';
import { count } from './text.ts';
import { KIND_WORDS } from './tenant-words.ts';
import { toldMessage } from './told-message.ts';
import { worstFirst } from './worst-first.ts';

/** What a CI system shows beside the code. All texts are safe for a log already; lines are joined by line breaks. */
export type Annotation = {
  readonly level: 'error' | 'warning' | 'notice';
  readonly title: string;
  readonly message: string;
  /** Rule or problem; `null` when it is about the run. */
  readonly code: string | null;
  /** From the root of the repository; `null` when no file is meant. */
  readonly place: { readonly path: string; readonly range: Range | null } | null;
};

/** What a CI system makes of severities, and how many annotations of each level it is given. */
export type AnnotationRules = {
  readonly levels: Readonly<Record<Severity, Annotation['level']>>;
  /** Of suppressions that somebody has to look at. */
  readonly concerns: Readonly<Record<SuppressionNotice['concern'], Annotation['level']>>;
  readonly most: Readonly<Record<Annotation['level'], number>>;
};

/** Of one line: runners cut a whole message at 4,096 (actions/runner, `_maxIssueMessageLength`). */
const MOST_OF_A_LINE = 1000;

/**
 * What the report has to say, worst first, and what of it there was no room for, in words. First comes what is about the
 * run: that it went wrong, or is not the whole answer; last come suppressions that somebody has to look at.
 */
export function annotationsOf(
  report: Report,
  { levels, concerns, most }: AnnotationRules,
): { readonly shown: readonly Annotation[]; readonly leftOut: string | null } {
  const rules = new Map(report.rules.map((rule) => [rule.id, rule]));
  const findings = worstFirst(report.findings);
  const { notices } = report.suppressions;
  const about = [...aboutTheRun(report), ...report.problems.map((problem) => ofProblem(problem, report))];
  const all = [
    ...about,
    ...findings.map((finding) => ({
      ...ofFinding(finding, rules.get(finding.rule), report),
      level: levels[finding.severity],
    })),
    ...notices.map((notice) => ofNotice(notice, concerns[notice.concern], report)),
  ];
  const kept = all.map(roomFor(most));
  const rest = findings.filter((_finding, index) => kept[about.length + index] === false);
  const problems = kept.slice(0, about.length).filter((isKept) => !isKept).length;
  const concerned = kept.slice(about.length + findings.length).filter((isKept) => !isKept).length;
  const leftOut = leftOutWords(rest, problems, concerned);
  return { shown: all.filter((_annotation, index) => kept[index]), leftOut };
}

/** Whether there is room for one more of its level; asked of each annotation in turn. */
function roomFor(most: AnnotationRules['most']): (annotation: Annotation) => boolean {
  const room = { ...most };
  return ({ level }) => {
    room[level] -= 1;
    return room[level] >= 0;
  };
}

/** `12 more findings (2 critical, 10 high) and 1 more problem`. */
function leftOutWords(findings: readonly Finding[], problems: number, notices: number): string | null {
  const severities = Object.entries(countBySeverity(findings)).filter(([, number]) => number > 0);
  const bySeverity = severities.map(([severity, number]) => `${number} ${severity}`).join(', ');
  const parts = [
    ...(findings.length === 0 ? [] : [`${count(findings.length, 'more finding')} (${bySeverity})`]),
    ...(problems === 0 ? [] : [count(problems, 'more problem')]),
    ...(notices === 0 ? [] : [count(notices, 'more suppression to look at', 'more suppressions to look at')]),
  ];
  return parts.length === 0 ? null : parts.join(' and ');
}

function aboutTheRun(report: Report): Annotation[] {
  const notice = incompleteNotice(report);
  return [
    ...(report.verdict === 'error' ? [ofRun('error', verdictLines(report).verdict)] : []),
    ...(notice === null ? [] : [ofRun('warning', notice)]),
  ];
}

function ofRun(level: 'error' | 'warning', message: string): Annotation {
  return { level, title: 'agentid-lint', message: shown(message), code: null, place: null };
}

function ofProblem({ code, message, hint, uri, range }: Problem, { base }: Report): Annotation {
  return {
    level: 'error',
    title: `error: ${shown(code)}`,
    message: [message, ...(hint === undefined ? [] : [`Help: ${hint}`])].map(shown).join('\n'),
    code: shown(code),
    place: uri === null ? null : { path: pathOf(base, uri), range },
  };
}

/** Where it is written, so that somebody looks at it there. */
function ofNotice(notice: SuppressionNotice, level: Annotation['level'], { base }: Report): Annotation {
  const { rule, message, location } = notice;
  return {
    level,
    title: noticeTitle(notice),
    message: [message, ...(rule === '' ? [] : [`Rule: ${rule}`])].map(shown).join('\n'),
    code: noticeTitle(notice),
    place: location === null ? null : { path: pathOf(base, location.uri), range: location.range },
  };
}

/** The message, how to fix it, and the address that tells more. */
function ofFinding(
  finding: Finding,
  rule: ReportedRule | undefined,
  { base }: Report,
): Omit<Annotation, 'level'> {
  const { severity, remediation, location, resource } = finding;
  const isFile = location.kind === 'file';
  const url = rule?.url ?? null;
  const lines = [
    toldMessage(finding),
    ...(isFile ? [] : [`In: ${KIND_WORDS[resource.kind][0]} "${resource.name}", ${location.uri}`]),
    ...(isFile || location.portalUrl === null ? [] : [`Portal: ${location.portalUrl}`]),
    ...(remediation === '' ? [] : [`Fix: ${remediation}`]),
    ...(url === null ? [] : [`Rule: ${url}`]),
  ];
  return {
    title: `${severity}: ${shown(finding.rule)}`,
    message: lines.map(shown).join('\n'),
    code: shown(finding.rule),
    place: isFile ? { path: pathOf(base, location.uri), range: location.range } : null,
  };
}

function pathOf(base: string, uri: string): string {
  return visible(repositoryPath(base, uri));
}

function shown(text: string): string {
  return cut(visible(text), MOST_OF_A_LINE);
}
