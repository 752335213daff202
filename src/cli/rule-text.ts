import { ruleUrl } from '../lint/request.ts';
import { RESOURCE_KINDS, SEVERITIES } from '../model/vocabulary.ts';
import type { RuleExample, RuleMetadata } from '../policy/types.ts';
import { joinLines, visible } from '../reporters/escape.ts';
import { styleFor, type Style } from '../reporters/style.ts';
import { wrapWords } from '../reporters/text.ts';

type Look = { readonly color: boolean };

const TEXT_WIDTH = 96;
const SEVERITY_WIDTH = Math.max(...SEVERITIES.map((severity) => severity.length));

/** One line a rule, grouped by domain. */
export function ruleList(rules: readonly RuleMetadata[], look: Look): string {
  const style = styleFor(look);
  const width = Math.max(...rules.map(({ id }) => id.length));
  const lines: string[] = [];
  let last = '';
  for (const { id, severity, title } of rules) {
    const domain = id.slice(0, id.indexOf('/'));
    if (domain !== last && last !== '') lines.push('');
    last = domain;
    lines.push(`${style.paint(severity, severity.padEnd(SEVERITY_WIDTH))}  ${id.padEnd(width)}  ${title}`);
  }
  const counts = SEVERITIES.map(
    (severity) => `${rules.filter((rule) => rule.severity === severity).length} ${severity}`,
  );
  return joinLines([...lines, '', `${rules.length} rules: ${counts.join(', ')}`]);
}

/** Everything a rule's METADATA and examples say. */
export function rulePage(rule: RuleMetadata, examples: readonly RuleExample[], look: Look): string {
  const style = styleFor(look);
  const sections: readonly (readonly [title: string, lines: readonly string[]])[] = [
    ['Applies to', [rule.appliesTo.map((kind) => RESOURCE_KINDS[kind].label).join(', ')]],
    ['Needs', rule.requires.length === 0 ? [] : [rule.requires.join(', ')]],
    ['Fix', wrapped(rule.remediation)],
    ['Options', optionLines(rule)],
    ['Controls', controlLines(rule)],
    ['Links', linkLines(rule, style)],
    ...examples.map((example) => [exampleTitle(example), exampleLines(example)] as const),
  ];
  return joinLines([
    `${style.paint('bold', rule.id)}  ${style.paint(rule.severity, rule.severity)}`,
    rule.title,
    '',
    ...wrapped(rule.description),
    ...sections
      .filter(([, lines]) => lines.length > 0)
      .flatMap(([title, lines]) => ['', style.paint('bold', title), ...lines.map(indented)]),
  ]);
}

function exampleTitle({ expect, name, file }: RuleExample): string {
  return `${expect === 'fail' ? 'Fails' : 'Passes'}: ${name} (${file})`;
}

function exampleLines({ source, config, relationships, companions = [] }: RuleExample): string[] {
  return [
    ...(config === undefined ? [] : [`with the options ${JSON.stringify(config)}`]),
    ...(relationships === 'elsewhere' ? ['with relationships kept elsewhere'] : []),
    ...source.trimEnd().split('\n'),
    ...companions.flatMap((other) => ['', `beside ${other.file}:`, ...other.source.trimEnd().split('\n')]),
  ].map(visible);
}

function optionLines({ options }: RuleMetadata): string[] {
  const own = Object.entries(options).flatMap(([name, { type, description, default: value }]) => [
    `${name} (${type}, default ${JSON.stringify(value)})`,
    ...wrapped(description).map(indented),
  ]);
  return ['severity (every rule): off, critical, high, medium, low or info', ...own];
}

function controlLines({ controls }: RuleMetadata): string[] {
  const frameworks = new Map<string, string[]>();
  for (const { framework, id } of controls)
    frameworks.set(framework, [...(frameworks.get(framework) ?? []), id]);
  return Array.from(frameworks, ([framework, ids]) => `${framework}: ${ids.join(', ')}`);
}

function linkLines({ id, references }: RuleMetadata, style: Style): string[] {
  return [...references, { title: 'This rule', url: ruleUrl(id) }].map(
    ({ title, url }) => `${title}: ${style.link(url)}`,
  );
}

function wrapped(text: string): string[] {
  return text
    .trimEnd()
    .split('\n')
    .flatMap((paragraph) => (paragraph === '' ? [''] : wrapWords(paragraph.split(' '), TEXT_WIDTH)));
}

function indented(line: string): string {
  return line === '' ? '' : `  ${line}`;
}
