import type { Report } from '../../findings/report.ts';
import type { RuleOutcome, SkipReason } from '../../policy/types.ts';
import { unreadLines } from '../collections.ts';
import { skipWords } from '../skip-words.ts';
import { skippedRules } from '../skipped-rules.ts';
import { count, positionSuffix } from '../text.ts';
import { lines, table, type Block } from './block.ts';
import { code, ruleName, sentence } from './inline.ts';
import { resourceCell } from './place.ts';

const MOST_NAMES = 10;

/** What could not be read. */
export function problemsTable({ problems }: Report, most?: number): Block[] {
  const rows = problems.map(({ code: id, message, hint, uri, range }) => [
    uri === null ? '' : code(`${uri}${positionSuffix(range)}`),
    code(id),
    code(message),
    hint === undefined ? '' : code(hint),
  ]);
  return table('Problems', ['place', 'problem', 'message', 'help'], rows, most);
}

/** What was not judged, and why: resources, rules, facts of a tenant, files. */
export function notJudged(report: Report): Block[] {
  const { outcomes, rules, resources, tenant } = report;
  const known = new Map(rules.map((rule) => [rule.id, rule]));
  const broken = resources.flatMap((resource) =>
    resource.broken === null ? [] : [[resourceCell(resource), code(resource.broken)]],
  );
  const blind = outcomes.flatMap((outcome) =>
    gapsOfRule(outcome).map((why) => [ruleName(outcome.rule, known.get(outcome.rule)), why]),
  );
  const unread = tenant === null ? [] : unreadLines(tenant).map((line) => [sentence(line)]);
  return [
    ...table('Resources that could not be judged', ['resource', 'why'], broken),
    ...table('Rules that could not judge everything', ['rule', 'why'], blind),
    ...table('Facts that were not read', ['facts'], unread),
    ...leftAside(report),
  ];
}

/** Reasons that somebody can do something about. */
function gapsOfRule(outcome: RuleOutcome): string[] {
  switch (outcome.status) {
    case 'failed':
      return [`failed: ${code(outcome.error)}`];
    case 'skipped':
      return lacksFacts(outcome) ? [skipWords(outcome)] : [];
    case 'evaluated':
      return (outcome.skipped ?? []).filter(lacksFacts).map((skip) => {
        const some = skip.subjects === 0 ? '' : `, for ${count(skip.subjects, 'resource')}`;
        return `${skipWords(skip)}${some}`;
      });
  }
}

function lacksFacts({ reason }: { readonly reason: SkipReason }): boolean {
  return reason === 'facts-missing' || reason === 'not-asked';
}

/** Rules and files that were left aside on purpose, in numbers. */
function leftAside(report: Report): Block[] {
  const { excluded, ignored, unmarked } = report.ledger.inputs;
  const all = [
    ...skippedRules(report).map((line) => `- Skipped: ${line}`),
    ...excluded.map(({ by, files }) => `- Excluded: ${count(files, 'file')} by ${code(by)}`),
    ...(ignored === 0 ? [] : [`- Ignored: ${count(ignored, 'file')} with nothing to judge`]),
    ...(unmarked.length === 0 ? [] : [`- Unmarked: ${count(unmarked.length, 'file')}: ${names(unmarked)}`]),
  ];
  return all.length === 0 ? [] : [lines(['', '### Left aside', '', ...all])];
}

function names(all: readonly string[]): string {
  const shown = all
    .slice(0, MOST_NAMES)
    .map((name) => code(name))
    .join(', ');
  return all.length > MOST_NAMES ? `${shown} and ${all.length - MOST_NAMES} more` : shown;
}
