import type { Finding } from '../findings/finding.ts';
import type { Ledger, Report, ReportedPolicies, ReportedTenant } from '../findings/report.ts';
import type { RuleOutcome } from '../policy/types.ts';
import { readLine, unreadLines } from './collections.ts';
import { changeNote } from './change-note.ts';
import { previousNote } from './previous-note.ts';
import { visible } from './escape.ts';
import { skippedRules } from './skipped-rules.ts';
import type { Style, Tone } from './style.ts';
import { countedFindings, suppressedWords } from './suppressed.ts';
import { suppressionFacts } from './suppression-facts.ts';
import { countBySeverity, gapsOf, verdictLines } from './tally.ts';
import { count, shortFingerprint } from './text.ts';

/** Names shown before "and 7 more". */
const MAX_NAMES = 10;
const ALWAYS_COUNTED = ['critical', 'high', 'medium'] as const;
const COUNTED_WHEN_ANY = ['low', 'info'] as const;
const VERDICT_TONES = {
  pass: 'good',
  fail: 'problem',
  incomplete: 'medium',
  error: 'problem',
} as const satisfies Record<Report['verdict'], Tone>;

/** One label and its lines; without lines it is left out. */
type Row = { readonly label: string; readonly texts: readonly string[] };

/** The end of the screen: what was found, what was judged, what was not and why, and the verdict. */
export function summaryLines(report: Report, style: Style): string[] {
  const rows = rowsOf(report).filter(({ texts }) => texts.length > 0);
  const width = Math.max(...rows.map(({ label }) => label.length));
  const { verdict, also } = verdictLines(report);
  return [
    headline(report, style),
    ...rows.flatMap(({ label, texts }) =>
      texts.map(
        (text, index) => `  ${style.paint('dim', (index === 0 ? label : '').padEnd(width))}  ${text}`,
      ),
    ),
    style.paint(VERDICT_TONES[report.verdict], visible(verdict)),
    ...also.map((line) => `  ${visible(line)}`),
  ];
}

function headline(report: Report, style: Style): string {
  const gaps = gapsOf(report).reduce((sum, gap) => sum + gap.things, 0);
  const incomplete = `${gaps} incomplete`;
  const suppressed = suppressedWords(report).join(', ');
  return [
    [judgedThings(report), ...rulesBySource(report)].join(', '),
    findingCounts(report, style),
    ...(suppressed === '' ? [] : [suppressed]),
    gaps === 0 ? incomplete : style.paint('medium', incomplete),
  ].join(' · ');
}

function judgedThings({ tenant, ledger }: Report): string {
  return tenant === null ? count(ledger.inputs.read, 'manifest') : count(ledger.resources.total, 'object');
}

/** Rules that were evaluated: a number, or `39 built-in rules`, `3 from ./rules` when there are others besides ours. */
function rulesBySource({ tool, rules, outcomes }: Report): string[] {
  const evaluated = outcomes.filter(({ status }) => status === 'evaluated');
  const isOurs = ({ source }: ReportedPolicies) => source.kind === 'built-in';
  if (tool.policies.every(isOurs)) return [count(evaluated.length, 'rule')];
  const sources = new Map(rules.map(({ id, source }) => [id, source]));
  return tool.policies.map((policies, index) => {
    const { name } = policies.source;
    const number = evaluated.filter(({ rule }) => sources.get(rule) === name).length;
    if (isOurs(policies)) return count(number, 'built-in rule');
    return `${index === 0 ? count(number, 'rule') : number} from ${visible(name)}`;
  });
}

/** The three worst severities always, the others when there are any. */
function findingCounts(report: Report, style: Style): string {
  const findings = countedFindings(report);
  if (findings.length === 0) {
    return 'no findings';
  }
  const counts = countBySeverity(findings);
  return [...ALWAYS_COUNTED, ...COUNTED_WHEN_ANY.filter((severity) => counts[severity] > 0)]
    .map((severity) => {
      const text = `${counts[severity]} ${severity}`;
      return counts[severity] === 0 ? text : style.paint(severity, text);
    })
    .join(', ');
}

function rowsOf(report: Report): Row[] {
  const { ledger, outcomes, tenant } = report;
  const { inputs, resources } = ledger;
  const change = changeNote(report);
  const previous = previousNote(report);
  return [
    { label: 'tenant', texts: tenant === null ? [] : [tenantLine(tenant)] },
    { label: 'read', texts: tenant === null ? [] : [readLine(tenant)] },
    { label: 'not read', texts: tenant === null ? [] : unreadLines(tenant) },
    { label: 'judged', texts: [judged(ledger)] },
    { label: 'change', texts: change === null ? [] : [visible(change)] },
    { label: 'compared', texts: previous === null ? [] : [visible(previous)] },
    { label: 'unread', texts: seeAbove(inputs.failed, 'file') },
    { label: 'unjudged', texts: seeAbove(resources.failed, 'resource') },
    { label: 'failed', texts: outcomes.flatMap(failure) },
    { label: 'skipped', texts: skippedRules(report) },
    {
      label: 'excluded',
      texts: inputs.excluded.map(({ by, files }) => `${count(files, 'file')} by "${visible(by)}"`),
    },
    {
      label: 'ignored',
      texts: inputs.ignored === 0 ? [] : [`${count(inputs.ignored, 'file')} with nothing to judge`],
    },
    { label: 'unmarked', texts: unmarked(inputs.unmarked) },
    ...suppressionFacts(report).map(([label, text]) => ({ label, texts: [visible(text)] })),
    { label: 'explain', texts: tenant === null ? countedFindings(report).slice(0, 1).map(howToExplain) : [] },
  ];
}

function tenantLine({ id, displayName, cloud, startedAt }: ReportedTenant): string {
  const name = displayName === null ? visible(id) : `${visible(displayName)} (${visible(id)})`;
  return `${name}, ${visible(cloud)} cloud, read at ${visible(startedAt)}`;
}

/** By the example of the first finding. */
function howToExplain(finding: Finding): string {
  return `why a finding is there: agentid-lint explain ${shortFingerprint(finding)}`;
}

function judged({ resources, evaluations }: Ledger): string {
  const total = count(resources.total, 'resource');
  const some = resources.judged === resources.total ? total : `${resources.judged} of ${total}`;
  return `${some}, ${count(evaluations.evaluated, 'evaluation')}`;
}

function seeAbove(number: number, noun: string): string[] {
  return number === 0 ? [] : [`${count(number, noun)}, see the errors above`];
}

function failure(outcome: RuleOutcome): string[] {
  return outcome.status === 'failed' ? [`rule ${visible(outcome.rule)}: ${visible(outcome.error)}`] : [];
}

function unmarked(files: readonly string[]): string[] {
  return files.length === 0
    ? []
    : [
        `${count(files.length, 'file')}: ${names(files)}`,
        'application JSON without a marker; say what it is under "manifests" in the config to have it judged',
      ];
}

function names(all: readonly string[]): string {
  const shown = all.slice(0, MAX_NAMES).map(visible).join(', ');
  return all.length > MAX_NAMES ? `${shown} and ${all.length - MAX_NAMES} more` : shown;
}
