import type { Report } from '../../findings/report.ts';
import { SUPPRESSION_WORDS } from '../suppression-words.ts';
import { table, type Block } from './block.ts';
import { code, ruleName } from './inline.ts';
import { placeCell, resourceCell } from './place.ts';

const COLUMNS = [
  'severity',
  'rule',
  'resource',
  'place',
  'why it does not count',
  'reason',
  'approved by',
  'until',
];

/** Findings that do not count, who let them be, and for how long. */
export function suppressedTable({ findings, rules }: Report, most?: number): Block[] {
  const known = new Map(rules.map((rule) => [rule.id, rule]));
  const rows = findings.flatMap(({ suppressed, severity, rule, resource, location }) => {
    if (suppressed === null) return [];
    const { kind, reason, approvedBy, ticket, expires } = suppressed;
    const who = [approvedBy, ticket].filter((part) => part !== null).map((part) => code(part));
    return [
      [
        severity,
        ruleName(rule, known.get(rule)),
        resourceCell(resource),
        placeCell(location),
        SUPPRESSION_WORDS[kind],
        code(reason),
        who.join(', '),
        expires === null ? 'no end' : code(expires),
      ],
    ];
  });
  return table('Suppressed findings', COLUMNS, rows, most);
}
