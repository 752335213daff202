import type { Report } from '../../findings/report.ts';
import { changeNote } from '../change-note.ts';
import { noticeTitle } from '../notices.ts';
import { previousNote } from '../previous-note.ts';
import { repositoryPath } from '../repository-path.ts';
import { skippedRules } from '../skipped-rules.ts';
import { suppressedWords } from '../suppressed.ts';
import { budgetWords, countBySeverity, incompleteNotice, verdictLines } from '../tally.ts';
import { epoch, metadata, plain, runUid, SEVERITIES } from './common.ts';

const MOST_PROBLEMS = 1000;

/**
 * The run as a Scan Activity (class 6007): what was looked at, how many findings count, and whether that is the whole
 * answer. There is always one, so that a file without findings tells a clean run from one that could not read.
 */
export function scanActivity(report: Report): object {
  const { findings, ledger, now, tenant } = report;
  const notice = incompleteNotice(report);
  const whole = notice === null && report.problems.length === 0 && tenant?.complete !== false;
  const failed = !whole || report.verdict === 'error';
  const { verdict, also } = verdictLines(report);
  const words = [...(notice === null ? [] : [notice]), verdict, ...also].map(plain).join('; ');
  return {
    activity_id: 2,
    activity_name: 'Completed',
    category_uid: 6,
    category_name: 'Application Activity',
    class_uid: 6007,
    class_name: 'Scan Activity',
    type_uid: 600702,
    type_name: 'Scan Activity: Completed',
    time: epoch(now),
    ...(tenant === null ? {} : { start_time: epoch(tenant.startedAt), end_time: epoch(tenant.finishedAt) }),
    ...(failed ? SEVERITIES.high : SEVERITIES.info),
    status_id: failed ? 2 : 1,
    status: failed ? 'Failure' : 'Success',
    status_code: String(report.exitCode),
    status_detail: words,
    message: words,
    metadata: metadata(report, runUid(report)),
    scan: { uid: runUid(report), name: report.tool.name, type_id: 0, type: 'Unknown' },
    policy: { name: 'fail-on', data: report.failOn, version: plain(report.tool.policyDigest) },
    num_detections: findings.filter(({ suppressed }) => suppressed === null).length,
    num_files: ledger.inputs.read,
    num_skipped_items: ledger.inputs.failed + ledger.resources.failed,
    total: ledger.resources.total,
    unmapped: unmapped(report, whole),
  };
}

function unmapped(report: Report, whole: boolean): object {
  const { findings, problems, tenant } = report;
  const left = changeNote(report);
  const kept = suppressedWords(report);
  const previous = previousNote(report);
  const budgets = budgetWords(report.maxFindings);
  return {
    complete: whole,
    verdict: report.verdict,
    findings: countBySeverity(findings),
    suppressed: findings.filter(({ suppressed }) => suppressed !== null).length,
    ...(kept.length === 0 ? {} : { not_counted: kept }),
    skipped_rules: skippedRules(report).map(plain),
    failed_rules: report.outcomes.flatMap((outcome) =>
      outcome.status === 'failed' ? [plain(`${outcome.rule}: ${outcome.error}`)] : [],
    ),
    problems: problems.slice(0, MOST_PROBLEMS).map(({ code, message, uri, range }) => ({
      code: plain(code),
      message: plain(message),
      path: uri === null ? null : plain(repositoryPath(report.base, uri)),
      line: range?.start.line ?? null,
    })),
    unlisted_problems: Math.max(0, problems.length - MOST_PROBLEMS),
    unread: (tenant?.collections ?? [])
      .filter(({ status, by }) => status !== 'complete' && (status !== 'notAsked' || by === 'user'))
      .map(({ group, of, status }) => `${group} of ${of}: ${status}`),
    ...(left === null ? {} : { change: plain(left) }),
    ...(previous === null ? {} : { compared: plain(previous) }),
    ...(budgets === null ? {} : { budgets }),
    ...lists(report),
  };
}

/** What was looked at to tell which findings count; nothing of a run without any of it. */
function lists({ suppressions, exemptPrincipals, base }: Report): object {
  const { waivers, baseline, notices } = suppressions;
  const used = (file: NonNullable<typeof waivers>) => ({
    path: plain(repositoryPath(base, file.file)),
    entries: file.entries,
  });
  return {
    ...(waivers === null ? {} : { waivers: used(waivers) }),
    ...(baseline === null ? {} : { baseline: used(baseline) }),
    ...(notices.length === 0
      ? {}
      : {
          suppressions_to_look_at: notices.slice(0, MOST_PROBLEMS).map((notice) => ({
            title: noticeTitle(notice),
            rule: plain(notice.rule),
            object: plain(notice.object),
            message: plain(notice.message),
            expires: notice.expires === null ? null : plain(notice.expires),
            path: notice.location === null ? null : plain(repositoryPath(base, notice.location.uri)),
            line: notice.location?.range?.start.line ?? null,
          })),
        }),
    ...(exemptPrincipals.length === 0
      ? {}
      : {
          exempt_principals: exemptPrincipals.map(({ id, reason, findings }) => ({
            uid: plain(id),
            reason: plain(reason),
            findings,
          })),
        }),
  };
}
