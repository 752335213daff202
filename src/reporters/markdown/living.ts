import type { Report } from '../../findings/report.ts';
import { noticeTitle } from '../notices.ts';
import { positionSuffix } from '../text.ts';
import { table, type Block } from './block.ts';
import { code, ruleName, sentence } from './inline.ts';

/** Suppressions that somebody has to look at. */
export function noticesTable({ suppressions, rules }: Report, most?: number): Block[] {
  const known = new Map(rules.map((rule) => [rule.id, rule]));
  const rows = suppressions.notices.map((notice) => {
    const { rule, object, message, expires, location } = notice;
    return [
      noticeTitle(notice),
      rule === '' ? '' : ruleName(rule, known.get(rule)),
      object === '' ? '' : code(object),
      sentence(message),
      expires === null ? 'no end' : code(expires),
      location === null ? '' : code(`${location.uri}${positionSuffix(location.range)}`),
    ];
  });
  const columns = ['what', 'rule', 'object', 'why', 'until', 'place'];
  return table('Suppressions to look at', columns, rows, most);
}

/** Principals that no rule is about, and how much that leaves out. */
export function exemptTable({ exemptPrincipals }: Report, most?: number): Block[] {
  const rows = exemptPrincipals.map(({ id, reason, findings }) => [
    code(id),
    sentence(reason),
    String(findings),
  ]);
  return table('Exempt principals', ['id', 'reason', 'findings not counted'], rows, most);
}
