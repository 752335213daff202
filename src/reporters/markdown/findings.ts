import type { Finding } from '../../findings/finding.ts';
import type { Report, ReportedRule } from '../../findings/report.ts';
import { count, shortFingerprint } from '../text.ts';
import { expiredWords } from '../told-message.ts';
import { worstFirst } from '../worst-first.ts';
import { table, type Block } from './block.ts';
import { code, ruleName, sentence } from './inline.ts';
import { placeCell, resourceCell } from './place.ts';

const MOST_RELATED = 20;

/** Findings that count, worst first. */
export function findingsTable({ findings, rules }: Report, most?: number): Block[] {
  const known = byId(rules);
  const rows = worstFirst(findings).map((finding) => [
    finding.severity,
    ruleName(finding.rule, known.get(finding.rule)),
    resourceCell(finding.resource),
    placeCell(finding.location),
    messageCell(finding),
    code(shortFingerprint(finding)),
  ]);
  return table('Findings', ['severity', 'rule', 'resource', 'place', 'message', 'id'], rows, most);
}

function messageCell({ message, expired }: Finding): string {
  return expired === null ? code(message) : `${code(message)}; ${sentence(expiredWords(expired))}`;
}

/** What to do about the findings: each rule once, the one with the worst finding first. */
export function ruleDetails({ findings, rules }: Report): Block[] {
  const known = byId(rules);
  const byRule = new Map<string, Finding[]>();
  for (const finding of worstFirst(findings)) {
    const these = byRule.get(finding.rule);
    if (these === undefined) byRule.set(finding.rule, [finding]);
    else these.push(finding);
  }
  const rows = Array.from(byRule, ([id, these]) => detailsOf(id, known.get(id), these));
  return rows.length === 0 ? [] : [{ head: ['', '### What to do'], rows, foot: [], more: 0 }];
}

function detailsOf(id: string, rule: ReportedRule | undefined, findings: readonly Finding[]): string[] {
  const fixes = new Set(findings.map(({ remediation }) => remediation).filter((text) => text !== ''));
  return [
    '',
    `#### ${ruleName(id, rule)}`,
    '',
    `- **Found:** ${count(findings.length, 'time')}`,
    ...(rule === undefined ? [] : [`- **Rule:** ${code(rule.title)}`]),
    ...[...fixes].slice(0, MOST_RELATED).map((fix) => `- **Fix:** ${sentence(fix)}`),
    ...(rule === undefined || rule.controls.length === 0 ? [] : [`- **Controls:** ${controls(rule)}`]),
    ...related(findings),
  ];
}

function controls({ controls: all }: ReportedRule): string {
  return all.map(({ framework, id }) => code(`${framework} ${id}`)).join(', ');
}

/** Places that belong to the findings, besides their own. */
function related(findings: readonly Finding[]): string[] {
  const all = findings.flatMap((finding) => finding.related.map((other) => ({ finding, other })));
  const shown = all.slice(0, MOST_RELATED).map(({ finding, other }) => {
    const of = code(shortFingerprint(finding));
    return `- **See also** for ${of}: ${placeCell(other.location)} ${code(other.message)}`;
  });
  const more = all.length - shown.length;
  return more === 0 ? shown : [...shown, `- and ${count(more, 'more place')}`];
}

function byId(rules: readonly ReportedRule[]): ReadonlyMap<string, ReportedRule> {
  return new Map(rules.map((rule) => [rule.id, rule]));
}
