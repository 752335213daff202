import { hash } from 'node:crypto';
import type { Problem } from '../documents/problem.ts';
import type { Range } from '../documents/range.ts';
import type { Finding, Location } from '../findings/finding.ts';
import type { Report } from '../findings/report.ts';
import type { SuppressionNotice } from '../findings/suppression.ts';
import type { Severity } from '../model/vocabulary.ts';
import { cut } from '../util/cut.ts';
import { visible, visibleJson } from './escape.ts';
import { noticeWords } from './notices.ts';
import type { Reporter } from './reporter.ts';
import { repositoryPath } from './repository-path.ts';
import { incompleteNotice, verdictLines } from './tally.ts';
import { toldMessage } from './told-message.ts';

/** GitLab's severities (https://docs.gitlab.com/ci/testing/code_quality/#code-quality-report-format). */
const SEVERITIES = {
  critical: 'blocker',
  high: 'critical',
  medium: 'major',
  low: 'minor',
  info: 'info',
} as const satisfies Record<Severity, string>;

type Entry = {
  readonly check_name: string;
  readonly description: string;
  readonly fingerprint: string;
  readonly severity: string;
  readonly location: {
    readonly path: string;
    readonly lines: { readonly begin: number; readonly end?: number };
  };
};

const MOST = 2000;

/**
 * A Code Quality report of GitLab: the findings that count, worst first as they come, and an entry each for what could not
 * be read, for suppressions that somebody has to look at and for a run that is not the whole answer, so that an empty list always means that nothing is wrong.
 * GitLab asks for a line: where none is known it is 1, and the description says that the whole file is meant.
 */
export const gitlabCodeQuality: Reporter = (report) =>
  `${visibleJson(JSON.stringify(withUniqueFingerprints(entriesOf(report)), null, 2))}\n`;

function entriesOf(report: Report): readonly Entry[] {
  const { findings, problems, suppressions, base } = report;
  return [
    ...ofRun(report),
    ...problems.map((problem) => ofProblem(problem, report)),
    ...findings.filter(({ suppressed }) => suppressed === null).map((finding) => ofFinding(finding, base)),
    ...suppressions.notices.map((notice) => ofNotice(notice, report)),
  ];
}

function ofFinding(finding: Finding, base: string): Entry {
  const { rule, severity, remediation, location, fingerprint } = finding;
  return {
    check_name: text(rule),
    description: sentences([toldMessage(finding), placeWords(location), remediation]),
    fingerprint: text(fingerprint.replace(/^v1:/, '')),
    severity: SEVERITIES[severity],
    location: { path: pathOf(location, base), lines: linesOf(location.range) },
  };
}

/** What else has to be known of a place that is no line of a file. */
function placeWords({ kind, uri, range }: Location): string {
  if (kind === 'tenant') return `It is about ${uri} of the tenant`;
  return range === null ? WHOLE_FILE : '';
}

const WHOLE_FILE = 'The whole file is meant, as the line is not known';

/** An object of a tenant has a path that no file has; it is the same in every run. */
function pathOf(location: Location, base: string): string {
  return location.kind === 'file'
    ? path(base, location.uri)
    : path(`entra/tenants/${location.tenantId.replaceAll('/', '-')}`, location.uri);
}

function ofProblem({ code, message, hint, uri, range }: Problem, report: Report): Entry {
  const nowhere = uri === null;
  return {
    check_name: text(`problem/${code}`),
    description: sentences([
      hint === undefined ? message : `${message}; ${hint}`,
      nowhere || range !== null ? '' : WHOLE_FILE,
    ]),
    fingerprint: fingerprint([code, uri]),
    severity: SEVERITIES.high,
    location: {
      path: nowhere ? pathOfRun(report) : path(report.base, uri),
      lines: linesOf(range),
    },
  };
}

const CONCERNS = { stale: 'low', expired: 'low', expiring: 'info' } as const satisfies Record<
  SuppressionNotice['concern'],
  Severity
>;

/** A suppression that somebody has to look at, where it is written. */
function ofNotice(notice: SuppressionNotice, report: Report): Entry {
  const { concern, kind, rule, object, expires, location } = notice;
  return {
    check_name: text(`suppression/${concern}`),
    description: sentences([
      noticeWords(notice),
      location === null || location.range !== null ? '' : WHOLE_FILE,
    ]),
    fingerprint: fingerprint([concern, kind, rule, object, expires]),
    severity: SEVERITIES[CONCERNS[concern]],
    location: {
      path: location === null ? pathOfRun(report) : path(report.base, location.uri),
      lines: linesOf(location?.range ?? null),
    },
  };
}

/** Why the answer is not whole, or there is none. */
function ofRun(report: Report): readonly Entry[] {
  const notice = incompleteNotice(report);
  if (notice === null && report.verdict !== 'error') return [];
  const { verdict, also } = verdictLines(report);
  return [
    {
      check_name: notice === null ? 'error' : 'incomplete',
      description: sentences([[...(notice === null ? [] : [notice]), verdict, ...also].join('; ')]),
      fingerprint: fingerprint([notice === null ? 'error' : 'incomplete', report.tenant?.id ?? null]),
      severity: SEVERITIES.high,
      location: { path: pathOfRun(report), lines: linesOf(null) },
    },
  ];
}

/** What is about no file is shown at the config file, or at the folder. */
function pathOfRun({ base, config }: Report): string {
  return path(base, config.files[0] ?? '.');
}

function linesOf(range: Range | null): Entry['location']['lines'] {
  return range === null ? { begin: 1 } : { begin: range.start.line, end: range.end.line };
}

function path(base: string, uri: string): string {
  return visible(repositoryPath(base, uri));
}

function text(value: string): string {
  return visible(cut(value, MOST));
}

function sentences(parts: readonly string[]): string {
  return parts
    .filter((part) => part !== '')
    .map(text)
    .map((part) => (/[.!?…]$/.test(part) ? part : `${part}.`))
    .join(' ');
}

function fingerprint(parts: readonly (string | null)[]): string {
  return hash('sha256', JSON.stringify(parts)).slice(0, 32);
}

/** GitLab keeps one entry of each fingerprint. */
function withUniqueFingerprints(entries: readonly Entry[]): readonly Entry[] {
  const seen = new Map<string, number>();
  return entries.map((entry) => {
    const before = seen.get(entry.fingerprint) ?? 0;
    seen.set(entry.fingerprint, before + 1);
    return before === 0 ? entry : { ...entry, fingerprint: fingerprint([entry.fingerprint, String(before)]) };
  });
}
