import type { SourceDocument } from '../documents/document.ts';
import type { Problem } from '../documents/problem.ts';
import { EXIT_CODES, FINDINGS_CODE, reaches, verdictOf } from '../findings/gate.ts';
import { SEVERITIES } from '../model/vocabulary.ts';
import type { JsonReport } from '../reporters/json-v1.ts';
import { when, type Contradiction } from './contradiction.ts';
import { inControls } from './control-contradictions.ts';
import { resultsProblem, runAgain } from './problem.ts';
import { inSuppressions } from './suppression-contradictions.ts';

/**
 * Where parts of a report say different things. A run never writes such a report, so somebody has changed it; what
 * auditors are sent must not say "passed" above findings that fail.
 */
export function contradictions(report: JsonReport, document: SourceDocument): readonly Problem[] {
  return [
    ...inSummary(report),
    ...inVerdict(report),
    ...inReceipt(report),
    ...inSuppressions(report),
    ...inControls(report),
  ].map(({ path, message }) =>
    resultsProblem(document, path, { code: 'results-contradictory', message, hint: runAgain(document) }),
  );
}

function inSummary({ summary, findings, ledger }: JsonReport): readonly Contradiction[] {
  const counting = findings.filter(({ suppressed }) => suppressed === null);
  const rows = [
    ...SEVERITIES.map((name) => [name, counting.filter(({ severity }) => severity === name).length] as const),
    ['suppressed', findings.length - counting.length],
    ['resources', ledger.resources.total],
    ['files', ledger.inputs.read],
  ] as const;
  return rows.flatMap(([name, there]) =>
    when(
      summary[name] !== there,
      ['summary', name],
      `The summary says ${summary[name]} for "${name}", and the report has ${there}.`,
    ),
  );
}

function inVerdict(report: JsonReport): readonly Contradiction[] {
  const { verdict, exitCode, exitReasons } = report;
  const codes = exitReasons.map(({ code }) => code);
  const fitting = verdictOf(exitCode);
  const failing = failures(report);
  const told = codes.includes(FINDINGS_CODE);
  return [
    when(
      verdict !== fitting,
      ['verdict'],
      `The verdict is ${verdict}, and exit code ${exitCode} says ${fitting}.`,
    ),
    when(
      exitCode !== (codes[0] ?? 0),
      ['exitCode'],
      `The exit code is ${exitCode}, and the first of its reasons has ${codes[0] ?? 0}.`,
    ),
    when(
      !isWorstFirst(codes),
      ['exitReasons'],
      'The reasons for the exit code are not known, or not worst first.',
    ),
    ...(told
      ? []
      : failing.flatMap((what) =>
          when(true, ['exitReasons'], `There are ${what}, and no reason for the exit code says so.`),
        )),
    when(
      told && failing.length === 0,
      ['exitReasons'],
      `A reason for the exit code is ${asked(report)}, and there are none.`,
    ),
  ].flat();
}

/** What is there that fails a run, by what it was asked to fail on. */
function failures({
  failOn,
  maxFindings,
  failOnNew,
  findings,
  suppressions,
  previous,
}: JsonReport): readonly string[] {
  const counting = findings.filter(({ suppressed }) => suppressed === null);
  const isOver = SEVERITIES.filter((name) => {
    const most = maxFindings[name];
    return most !== undefined && counting.filter(({ severity }) => severity === name).length > most;
  });
  const reached = counting.some(
    ({ severity }) => maxFindings[severity] === undefined && reaches(severity, failOn),
  );
  const isNew = suppressions.baseline === null ? (previous?.added ?? 0) > 0 : counting.length > 0;
  return [
    ...(reached ? [`findings at or above "${failOn}"`] : []),
    ...isOver.map((name) => `more findings of severity ${name} than are allowed`),
    ...(failOnNew && isNew ? ['new findings'] : []),
  ];
}

/** What a run was asked to fail on. */
function asked({ failOn, maxFindings, failOnNew }: JsonReport): string {
  const others = [
    ...(Object.keys(maxFindings).length > 0 ? ['more findings than are allowed'] : []),
    ...(failOnNew ? ['new findings'] : []),
  ];
  return [`findings at or above "${failOn}"`, ...others].join(', or ');
}

function isWorstFirst(codes: readonly number[]): boolean {
  const ranks = codes.map((code) => EXIT_CODES.findIndex((entry) => entry.code === code && code !== 0));
  return ranks.every((rank, index) => rank !== -1 && (ranks[index - 1] ?? 0) <= rank);
}

function inReceipt({ ledger, resources, checks }: JsonReport): readonly Contradiction[] {
  const { pairs, evaluated, failed, notApplicable, skipped } = ledger.evaluations;
  const stray = resources.findIndex((resource) => resource.checks >= checks.length);
  return [
    when(
      pairs !== evaluated + failed + notApplicable + skipped,
      ['ledger', 'evaluations', 'pairs'],
      'The evaluations of the ledger do not add up.',
    ),
    when(
      stray !== -1,
      ['resources', stray, 'checks'],
      'What was asked of this resource is not in the report.',
    ),
  ].flat();
}
