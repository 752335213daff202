import type { Report, ReportedRule } from '../../findings/report.ts';
import type { Control } from '../../policy/types.ts';
import type { Severity } from '../../model/vocabulary.ts';
import { webAddress } from '../web-address.ts';
import { markdownText } from './markdown.ts';
import { LEVELS, severityOfRules } from './severity.ts';
import { plain, prose, sentence } from './words.ts';

/** A rule with more is refused by GitHub. */
export const MOST_TAGS = 20;

/** The rules as SARIF reporting descriptors, in their order. */
export function toDescriptors(report: Report, rules: readonly ReportedRule[]): readonly object[] {
  const severityOf = severityOfRules(report);
  return rules.map((rule) => toDescriptor(rule, severityOf(rule)));
}

function toDescriptor(rule: ReportedRule, severity: Severity): object {
  const { level, problem, score } = LEVELS[severity];
  const helpUri = webAddress(rule.url);
  const name = pascalCase(rule.id);
  return {
    id: plain(rule.id),
    ...(name === '' ? {} : { name }),
    shortDescription: { text: sentence(prose(rule.title)) },
    fullDescription: { text: sentence(prose(rule.description)) },
    help: { text: helpText(rule, helpUri), markdown: helpMarkdown(rule, helpUri) },
    ...(helpUri === null ? {} : { helpUri }),
    defaultConfiguration: { level },
    properties: {
      tags: tagsOf(rule).slice(0, MOST_TAGS),
      precision: 'high',
      'problem.severity': problem,
      ...(score === null ? {} : { 'security-severity': score }),
      severity,
      source: plain(rule.source),
    },
  };
}

/** `accountability/no-sponsor` as `AccountabilityNoSponsor`. */
function pascalCase(id: string): string {
  const words = id.slice(0, 255).match(/[A-Za-z0-9]+/g) ?? [];
  return words.map((word) => word.slice(0, 1).toUpperCase() + word.slice(1)).join('');
}

/** What alerts can be filtered by, the most telling first; GitHub takes 20 and shows 10. */
export function tagsOf({ id, source, controls }: ReportedRule): readonly string[] {
  const [domain = ''] = id.split('/');
  const tags = [
    'security',
    'agent-identity',
    domain,
    ...(source === 'built-in' ? [] : [`source/${source}`]),
    ...controls.map(({ framework, id: control }) => `external/${framework}/${control}`),
  ];
  return [...new Set(tags.map((tag) => plain(tag.toLowerCase().replaceAll(/\s+/g, '-'))))].filter(
    (tag) => tag !== '',
  );
}

function helpText({ description, remediation, controls, source }: ReportedRule, url: string | null): string {
  return [
    sentence(prose(description)),
    `How to fix: ${sentence(prose(remediation))}`,
    ...byFramework(controls).map(([framework, ids]) => `${prose(framework)}: ${ids.map(prose).join(', ')}.`),
    ...(source === 'built-in' ? [] : [`Rule of ${plain(source)}.`]),
    ...(url === null ? [] : [url]),
  ].join('\n');
}

function helpMarkdown(rule: ReportedRule, url: string | null): string {
  const { id, description, remediation, controls, source } = rule;
  const list = byFramework(controls).map(
    ([framework, ids]) => `- ${markdownText(framework)}: ${ids.map(markdownText).join(', ')}`,
  );
  return [
    sentence(markdownText(description)),
    '## How to fix',
    sentence(markdownText(remediation)),
    ...(list.length === 0 ? [] : ['## Controls', list.join('\n')]),
    ...(source === 'built-in' ? [] : [`Rule of ${markdownText(source)}.`]),
    ...(url === null ? [] : [`[${markdownText(id)}](${url})`]),
  ].join('\n\n');
}

/** Controls of one framework together, in the order in which the frameworks come. */
function byFramework(controls: readonly Control[]): readonly (readonly [string, readonly string[]])[] {
  const ids = new Map<string, string[]>();
  for (const { framework, id } of controls) ids.set(framework, [...(ids.get(framework) ?? []), id]);
  return [...ids];
}
