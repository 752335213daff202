import * as core from '@actions/core';
import type { Comparison } from '../findings/compare.ts';
import type { Finding } from '../findings/finding.ts';
import type { Report } from '../findings/report.ts';
import { countBySeverity, gapsOf, incompleteNotice } from '../reporters/tally.ts';
import type { ReportFile } from './argv.ts';

/** The end of a run. */
export type Outcome = {
  /** With the verdict of the step: `fail-on-new` may have changed it. */
  readonly report: Report;
  /** `null` when nothing was compared with a base. */
  readonly comparison: Comparison | null;
  /** Findings that a change suppresses beside them. */
  readonly beside: readonly Finding[];
  /** What was written. */
  readonly files: readonly ReportFile[];
  /** Absolute folder of the reports. */
  readonly folder: string;
};

/** The end of a run that has judged nothing: its exit code. */
export type Failure = { readonly exitCode: number };

/**
 * Every output that `action.yml` declares. Only words of ours, numbers and paths of ours are among them, never a text of
 * what was judged.
 */
export function outputsOf(end: Outcome | Failure) {
  if (!('report' in end)) return { ...NOTHING, 'exit-code': end.exitCode };
  const { report, comparison, files, folder } = end;
  const counts = countBySeverity(report.findings);
  const fileOf = (format: string) => files.find((file) => file.format === format)?.path ?? '';
  return {
    result: report.verdict,
    'exit-code': report.exitCode,
    findings: Object.values(counts).reduce((sum, number) => sum + number, 0),
    critical: counts.critical,
    high: counts.high,
    medium: counts.medium,
    low: counts.low,
    new: newFindings(end) ?? '',
    fixed: comparison?.fixed.length ?? report.previous?.fixed ?? '',
    waived: report.findings.filter(({ suppressed }) => suppressed !== null).length,
    incomplete: incompleteThings(report),
    'sarif-file': fileOf('sarif'),
    'json-file': fileOf('json'),
    'html-file': fileOf('html'),
    'report-dir': folder,
  };
}

/** Writes the outputs to the file that the runner reads, each between delimiters that nobody can guess. */
export function writeOutputs(end: Outcome | Failure): void {
  for (const [name, value] of Object.entries(outputsOf(end))) core.setOutput(name, value);
}

const NOTHING = {
  result: 'error',
  'exit-code': '',
  findings: '',
  critical: '',
  high: '',
  medium: '',
  low: '',
  new: '',
  fixed: '',
  waived: '',
  incomplete: '',
  'sarif-file': '',
  'json-file': '',
  'html-file': '',
  'report-dir': '',
};

/** Of the base, else of an earlier report, else of the baseline; `null` when there is none of them. */
function newFindings({ report, comparison }: Outcome): number | null {
  const { previous, suppressions, findings } = report;
  if (comparison !== null) return comparison.added.length + comparison.unsuppressed.length;
  if (previous !== null) return previous.added + previous.unsuppressed;
  if (suppressions.baseline === null) return null;
  return findings.filter(({ suppressed }) => suppressed === null).length;
}

/** How many things could not be read or judged. */
function incompleteThings(report: Report): number {
  const things = gapsOf(report).reduce((sum, gap) => sum + gap.things, 0);
  return incompleteNotice(report) === null ? 0 : Math.max(1, things);
}
