import type { SourceDocument } from '../documents/document.ts';
import type { Path } from '../documents/pointer.ts';
import type { Problem } from '../documents/problem.ts';
import { EXIT_CODES, FINDINGS_CODE, reaches, verdictOf } from '../findings/gate.ts';
import { SEVERITIES } from '../model/vocabulary.ts';
import type { JsonReport } from '../reporters/json-v1.ts';
import { resultsProblem, runAgain } from './problem.ts';

type Contradiction = { readonly path: Path; readonly message: string };

/**
 * Where parts of a report say different things. A run never writes such a report, so somebody has changed it; what
 * auditors are sent must not say "passed" above findings that fail.
 */
export function contradictions(report: JsonReport, document: SourceDocument): readonly Problem[] {
  return [...inSummary(report), ...inVerdict(report), ...inReceipt(report)].map(({ path, message }) =>
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
  const { verdict, exitCode, exitReasons, failOn, findings } = report;
  const codes = exitReasons.map(({ code }) => code);
  const fitting = verdictOf(exitCode);
  const fails = findings.some(({ severity, suppressed }) => suppressed === null && reaches(severity, failOn));
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
    when(
      fails && !told,
      ['exitReasons'],
      `There are findings at or above "${failOn}", and no reason for the exit code says so.`,
    ),
    when(
      told && !fails,
      ['exitReasons'],
      `A reason for the exit code is findings at or above "${failOn}", and there are none.`,
    ),
  ].flat();
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

function when(holds: boolean, path: Path, message: string): readonly Contradiction[] {
  return holds ? [{ path, message }] : [];
}
