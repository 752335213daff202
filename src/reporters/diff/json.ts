import type { Diff } from '../../findings/diff.ts';
import { visibleJson } from '../escape.ts';
import { toJsonFinding, toJsonProblem, toJsonSuppression } from '../json/finding.ts';
import type { DiffReporter } from './reporter.ts';

/** For programs, as `schemas/diff.schema.json` has it. */
export const diffJson: DiffReporter = (diff, { version }) => {
  const { older, newer, comparison, unread, failOn, failOnNew, verdict, exitCode, exitReasons } = diff;
  const { added, unsuppressed, severityChanged, unknown, suppressed, fixed, unchanged } = comparison;
  const document = {
    format: 'diff-v1',
    tool: { name: 'agentid-lint', version },
    older: named(older),
    newer: named(newer),
    ...{ verdict, exitCode, exitReasons, failOn, failOnNew },
    summary: {
      added: added.length,
      unsuppressed: unsuppressed.length,
      severityChanged: severityChanged.length,
      unknown: unknown.length,
      unread: unread.length,
      suppressed: suppressed.length,
      fixed: fixed.length,
      unchanged: unchanged.length,
    },
    added: added.map(toJsonFinding),
    unsuppressed: unsuppressed.map(({ finding, was, hasExpired }) => ({
      finding: toJsonFinding(finding),
      was: toJsonSuppression(was),
      hasExpired,
    })),
    severityChanged: severityChanged.map(({ before, after }) => ({
      finding: toJsonFinding(after),
      was: before.severity,
    })),
    unknown: unknown.map(toJsonFinding),
    unread: unread.map(toJsonProblem),
    suppressed: suppressed.map(toJsonFinding),
    fixed: fixed.map(toJsonFinding),
  };
  return `${visibleJson(JSON.stringify(document, null, 2))}\n`;
};

function named({ file, report }: Diff['older']) {
  const { now, verdict, exitCode, tool } = report;
  return { file, now, verdict, exitCode, version: tool.version };
}
