import type { Report, ReportedChange, ReportedComparison, ReportedTenant } from '../../findings/report.ts';
import { readLine } from '../collections.ts';
import { previousWords } from '../previous-note.ts';
import { suppressedWords } from '../suppressed.ts';
import { countBySeverity, gapsOf, incompleteNotice, passWords, VERDICT_WORDS } from '../tally.ts';
import { count } from '../text.ts';
import { row } from './block.ts';
import { code, sentence } from './inline.ts';

/** Exit codes besides the one used; a run seldom has more than two. */
const MOST_REASONS = 10;

/** What nobody may miss: the verdict, whether the answer is whole, what was judged, and how much was found. */
export function verdictLinesOf(report: Report, notes: readonly string[]): string[] {
  const incomplete = incompleteWords(report);
  return [
    `## agentid-lint: ${VERDICT_WORDS[report.verdict]}`,
    '',
    ...reasonLines(report),
    ...(incomplete === null ? [] : ['', `> **Incomplete:** ${incomplete}; this is not the whole answer.`]),
    ...(notes.length === 0 ? [] : ['', ...notes.map((note) => `- Note: ${sentence(note)}`)]),
    '',
    judged(report),
    ...(report.change === null ? [] : ['', changeLine(report.change)]),
    ...(report.previous === null ? [] : ['', previousLine(report.previous)]),
    '',
    ...countLines(report),
    ...notCounted(report),
  ];
}

/** Every exit code that applies, with its reason; the one used first. */
function reasonLines(report: Report): string[] {
  const { exitReasons, exitCode } = report;
  const told = exitReasons
    .slice(0, MOST_REASONS)
    .map(({ code: exit, reason }) => [`exit ${exit}`, code(reason)]);
  const all = told.length === 0 ? [[`exit ${exitCode}`, passWords(report)]] : told;
  const more = exitReasons.length - told.length;
  return [
    ...all.map(([exit = '', reason = '']) => `- **${exit}:** ${reason}`),
    ...(more === 0 ? [] : [`- and ${count(more, 'more reason')}`]),
  ];
}

/** Why the report is not the whole answer; `null` when it is. */
function incompleteWords(report: Report): string | null {
  if (incompleteNotice(report) === null) return null;
  const gaps = gapsOf(report).map(({ words }) => words);
  return gaps.length === 0 ? 'not everything could be judged' : gaps.join(', ');
}

function countLines({ findings }: Report): string[] {
  const counts = countBySeverity(findings);
  const suppressed = findings.filter((finding) => finding.suppressed !== null).length;
  const columns = [...Object.keys(counts), 'suppressed'];
  return [
    row(columns),
    row(columns.map(() => '--:')),
    row([...Object.values(counts), suppressed].map((number) => String(number))),
  ];
}

function judged({ ledger, outcomes, tenant }: Report): string {
  const { inputs, resources } = ledger;
  const rules = outcomes.filter(({ status }) => status === 'evaluated').length;
  const total = count(resources.total, 'resource');
  const some = resources.judged === resources.total ? total : `${resources.judged} of ${total}`;
  const where = tenant === null ? `in ${count(inputs.read, 'file')}` : `of ${tenantWords(tenant)}`;
  return `**Judged:** ${some} ${where}, by ${count(rules, 'rule')}.`;
}

function tenantWords(tenant: ReportedTenant): string {
  const { id, displayName, cloud, startedAt } = tenant;
  const name = displayName === null ? '' : `${code(displayName)} `;
  return `the tenant ${name}${code(id)} (${code(cloud)} cloud, read at ${code(startedAt)}, ${readLine(tenant)})`;
}

function changeLine({ since, files, leftOut }: ReportedChange): string {
  const what = `${count(files, 'file')} changed since ${code(since)}`;
  const others = leftOut === 0 ? 'none are left out' : `${count(leftOut, 'finding')} elsewhere left out`;
  return `**Only a change is reported:** ${what}, ${others}.`;
}

function previousLine(previous: ReportedComparison): string {
  const { file, now } = previous;
  return `**Since ${code(file)} of ${code(now)}:** ${previousWords(previous)}.`;
}

/** What keeps findings from counting, below their number. */
function notCounted(report: Report): string[] {
  const words = suppressedWords(report);
  return words.length === 0 ? [] : ['', `Suppressed: ${words.join(', ')}.`];
}
