import type { Finding } from '../../findings/finding.ts';
import { suppressedWords } from '../suppressed.ts';
import { countBySeverity } from '../tally.ts';
import { compareCodePoints } from '../../util/code-points.ts';
import { bar } from './bars.ts';
import { grouped } from './grouped.ts';
import { notCounted } from './living.ts';
import { numberCell, table } from './parts.ts';
import { markup, type Content, type Markup } from './markup.ts';
import { SEVERITIES } from '../severity-order.ts';
import type { View } from './view.ts';

/** How many findings there are, by severity and by domain. */
export function countsBody({ report }: View): Content {
  const { findings } = report;
  const counts = countBySeverity(findings);
  return [
    markup`<ul class="tiles">${SEVERITIES.map((severity) => markup`<li class="tile ${severity}${counts[severity] === 0 ? ' none' : ''}"><b>${counts[severity]}</b> ${severity}</li>`)}</ul>`,
    notCounted(suppressedWords(report)),
    domains(findings),
  ];
}

/** The first part of a rule's id. */
export function domainOf(rule: string): string {
  return rule.split('/')[0] ?? rule;
}

function domains(findings: readonly Finding[]): Markup | null {
  const counted = findings.filter(({ suppressed }) => suppressed === null);
  const byDomain = grouped(counted, ({ rule }) => domainOf(rule));
  if (byDomain.size === 0) return null;
  const most = Math.max(...Array.from(byDomain.values(), ({ length }) => length));
  const rows = [...byDomain]
    .sort(([a, first], [b, second]) => second.length - first.length || compareCodePoints(a, b))
    .map(([domain, these]) => {
      const counts = countBySeverity(these);
      const stretches = SEVERITIES.map((severity) => ({ tone: severity, size: counts[severity] }));
      return markup`<tr><th scope="row">${domain}</th><td class="number">${these.length}</td>${SEVERITIES.map((severity) => numberCell(counts[severity]))}<td class="drawn">${bar(stretches, most)}</td></tr>`;
    });
  return table(
    {
      caption: 'Findings by domain',
      head: ['Domain', 'All', ...SEVERITIES, markup`<span class="unseen">Drawn</span>`],
      shape: 'domains',
    },
    rows,
  );
}
