import type { Problem } from '../documents/problem.ts';
import type { Range } from '../documents/range.ts';
import type { Finding } from '../findings/finding.ts';
import type { Report, ReportedExemption, ReportedResource, ReportedRule } from '../findings/report.ts';
import type { SuppressionNotice } from '../findings/suppression.ts';
import type { RuleOutcome } from '../policy/types.ts';
import { csvRow, type Cell } from './csv/cell.ts';
import { noticeTitle } from './notices.ts';
import { previousNote } from './previous-note.ts';
import type { Reporter } from './reporter.ts';
import { SKIP_WORDS } from './skipped-rules.ts';
import { incompleteNotice, verdictLines } from './tally.ts';
import { count } from './text.ts';
import { expiredWords } from './told-message.ts';

/** In the words of the JSON report. Only added to, at the end. */
const COLUMNS = [
  'type',
  'rule',
  'severity',
  'message',
  'resourceKind',
  'resourceName',
  'resourceRef',
  'id',
  'appId',
  'blueprint',
  'uri',
  'line',
  'column',
  'pointer',
  'portalUrl',
  'suppressed',
  'reason',
  'approvedBy',
  'ticket',
  'expires',
  'fingerprint',
  'remediation',
  'ruleUrl',
  'expired',
] as const;

type Row = { readonly type: RowType } & { readonly [column in (typeof COLUMNS)[number]]?: Cell };
type RowType = 'verdict' | 'problem' | 'rule-not-judged' | 'finding' | 'notice' | 'exempt';

type Known = {
  readonly rules: ReadonlyMap<string, ReportedRule>;
  readonly resources: ReadonlyMap<string, ReportedResource>;
};

/**
 * A table for spreadsheets: a row for the verdict, for each problem and each rule that could not judge everything, so that
 * a table without findings never passes for a clean one, for each finding, each suppression that somebody has to look at and
 * each exempt principal. `type` says which.
 */
export const csv: Reporter = (report) => {
  const known: Known = {
    rules: new Map(report.rules.map((rule) => [rule.id, rule])),
    resources: resourcesOf(report),
  };
  const rows = [
    verdictRow(report),
    ...report.problems.map(problemRow),
    ...report.outcomes.flatMap((outcome) => notJudgedRows(outcome, known)),
    ...report.findings.map((finding) => findingRow(finding, known)),
    ...report.suppressions.notices.map((notice) => noticeRow(notice, known)),
    ...report.exemptPrincipals.map(exemptRow),
  ];
  return [COLUMNS, ...rows.map((row) => COLUMNS.map((column) => row[column] ?? null))].map(csvRow).join('');
};

function verdictRow(report: Report): Row {
  const { verdict, also } = verdictLines(report);
  const { change } = report;
  const notice = report.verdict === 'incomplete' ? null : incompleteNotice(report);
  const leftOut =
    change === null
      ? []
      : [`only what changed since ${change.since}: ${count(change.leftOut, 'finding')} elsewhere left out`];
  const told = [notice, previousNote(report)].filter((each) => each !== null);
  return { type: 'verdict', message: [verdict, ...also, ...told, ...leftOut].join('; ') };
}

function problemRow({ code, message, hint, uri, range }: Problem): Row {
  return {
    type: 'problem',
    message: `${code}: ${message}`,
    uri,
    ...placeIn(range),
    remediation: hint ?? null,
  };
}

function notJudgedRows(outcome: RuleOutcome, { rules }: Known): readonly Row[] {
  const { rule } = outcome;
  const known = rules.get(rule);
  return reasonsOf(outcome).map((message) => ({
    type: 'rule-not-judged',
    rule,
    severity: known?.severity ?? null,
    message,
    ruleUrl: known?.url ?? null,
  }));
}

/** Why a rule did not judge all that it is for. What was turned off, or is for nothing here, is not missed. */
function reasonsOf(outcome: RuleOutcome): readonly string[] {
  switch (outcome.status) {
    case 'failed':
      return [`failed: ${outcome.error}`];
    case 'skipped':
      return reasonOf('not judged', outcome);
    case 'evaluated':
      return (outcome.skipped ?? []).flatMap((skipped) =>
        reasonOf(
          skipped.subjects === 0
            ? 'not judged for some resources'
            : `not judged for ${count(skipped.subjects, 'resource')}`,
          skipped,
        ),
      );
  }
}

type Skipped = { readonly reason: keyof typeof SKIP_WORDS; readonly missing?: readonly string[] };

function reasonOf(what: string, { reason, missing = [] }: Skipped): readonly string[] {
  if (reason === 'off' || reason === 'not-applicable') return [];
  const groups = missing.length === 0 ? '' : ` (${missing.join(', ')})`;
  return [`${what}: ${SKIP_WORDS[reason]}${groups}`];
}

function findingRow(finding: Finding, { rules, resources }: Known): Row {
  const { rule, severity, message, resource, location, suppressed, fingerprint } = finding;
  const { remediation, expired } = finding;
  const known = resources.get(placeKey(resource.ref, location.uri)) ?? resources.get(resource.ref);
  return {
    ...{ type: 'finding', rule, severity, message },
    resourceKind: resource.kind,
    resourceName: resource.name,
    resourceRef: resource.ref,
    id: known?.id ?? null,
    appId: known?.appId ?? null,
    blueprint: known?.blueprint?.name ?? null,
    uri: location.uri,
    ...placeIn(location.range),
    pointer: location.pointer,
    portalUrl: location.kind === 'tenant' ? location.portalUrl : null,
    suppressed: suppressed?.kind ?? null,
    reason: suppressed?.reason ?? null,
    approvedBy: suppressed?.approvedBy ?? null,
    ticket: suppressed?.ticket ?? null,
    expires: suppressed?.expires ?? null,
    fingerprint,
    remediation,
    ruleUrl: rules.get(rule)?.url ?? null,
    expired: expired === null ? null : expiredWords(expired),
  };
}

function noticeRow(notice: SuppressionNotice, { rules }: Known): Row {
  const { concern, rule, object, message, expires, location } = notice;
  return {
    type: 'notice',
    rule: rule === '' ? null : rule,
    severity: rules.get(rule)?.severity ?? null,
    message: `${noticeTitle(notice)}: ${message}`,
    resourceName: object === '' ? null : object,
    uri: location?.uri ?? null,
    ...placeIn(location?.range ?? null),
    reason: concern,
    expires,
    ruleUrl: rules.get(rule)?.url ?? null,
  };
}

function exemptRow({ id, reason, findings }: ReportedExemption): Row {
  return { type: 'exempt', message: `${count(findings, 'finding')} not counted`, id, reason };
}

function placeIn(range: Range | null): Pick<Row, 'line' | 'column'> {
  return range === null ? {} : { line: range.start.line, column: range.start.column };
}

/** Two files may mean the same resource: the one that a finding is in goes first. */
function resourcesOf({ resources }: Report): ReadonlyMap<string, ReportedResource> {
  return new Map(
    resources.flatMap((each) => [
      [each.ref, each] as const,
      [placeKey(each.ref, each.location.uri), each] as const,
    ]),
  );
}

function placeKey(ref: string, uri: string): string {
  return JSON.stringify([ref, uri]);
}
