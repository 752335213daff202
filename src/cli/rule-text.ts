import { ruleUrl } from '../lint/request.ts';
import { RESOURCE_KINDS, SEVERITIES } from '../model/vocabulary.ts';
import type { BundleSource } from '../policy/bundle.ts';
import type { FileExample, RuleExample, RuleMetadata, TenantExample } from '../policy/types.ts';
import { joinLines, visible } from '../reporters/escape.ts';
import { styleFor, type Style } from '../reporters/style.ts';
import { count, wrapWords } from '../reporters/text.ts';
import { placesOf } from '../rules/docs/facts.ts';
import { isTenantExample, type RuleSet } from '../rules.ts';
import { laidOutJson } from '../util/laid-out-json.ts';
import { indented } from './sections.ts';

type Look = { readonly color: boolean };

const TEXT_WIDTH = 96;
const SEVERITY_WIDTH = Math.max(...SEVERITIES.map((severity) => severity.length));

/** One line a rule, grouped by domain; own rules with where they come from. */
export function ruleList({ rules, bundles, sourceOf }: RuleSet, look: Look): string {
  const style = styleFor(look);
  const width = Math.max(...rules.map(({ id }) => id.length));
  const lines: string[] = [];
  let last = '';
  for (const rule of rules) {
    const { id, severity, title } = rule;
    const domain = id.slice(0, id.indexOf('/'));
    if (domain !== last && last !== '') lines.push('');
    last = domain;
    const { kind, name } = sourceOf(rule);
    const origin = kind === 'built-in' ? '' : `  ${style.paint('dim', `(${visible(name)})`)}`;
    const level = style.paint(severity, severity.padEnd(SEVERITY_WIDTH));
    lines.push(`${level}  ${id.padEnd(width)}  ${visible(title)}${origin}`);
  }
  const counts = SEVERITIES.map(
    (severity) => `${rules.filter((rule) => rule.severity === severity).length} ${severity}`,
  );
  const origins = bundles.map(({ source, catalogue }) =>
    source.kind === 'built-in'
      ? `${catalogue.rules.length} built-in`
      : `${catalogue.rules.length} from ${visible(source.name)}`,
  );
  const isMixed = bundles.some(({ source }) => source.kind !== 'built-in');
  return joinLines([
    ...lines,
    '',
    `${count(rules.length, 'rule')}: ${counts.join(', ')}`,
    ...(isMixed ? [origins.join(', ')] : []),
  ]);
}

/** Everything a rule's METADATA and examples say. */
export function rulePage(rule: RuleMetadata, set: RuleSet, look: Look): string {
  const style = styleFor(look);
  const source = set.sourceOf(rule);
  const sections: readonly (readonly [title: string, lines: readonly string[]])[] = [
    ['From', source.kind === 'built-in' ? [] : [`${visible(source.name)} (${source.kind})`]],
    ['Looks at', [placesOf(rule)]],
    ['Applies to', [rule.appliesTo.map((kind) => RESOURCE_KINDS[kind].label).join(', ')]],
    ['Needs', rule.requires.length === 0 ? [] : [rule.requires.join(', ')]],
    ['Fix', wrapped(rule.remediation)],
    ['Waivers', rule.waivable === false ? ['its findings cannot be waived, unless a config says so'] : []],
    ['Options', optionLines(rule)],
    ['Controls', controlLines(rule)],
    ['Links', linkLines(rule, source, style)],
    ...set.examplesOf(rule).map((example) => [exampleTitle(example), exampleLines(example)] as const),
  ];
  return joinLines([
    `${style.paint('bold', rule.id)}  ${style.paint(rule.severity, rule.severity)}`,
    visible(rule.title),
    '',
    ...wrapped(rule.description),
    ...sections
      .filter(([, lines]) => lines.length > 0)
      .flatMap(([title, lines]) => ['', style.paint('bold', title), ...lines.map(indented)]),
  ]);
}

const OUTCOMES = { fail: 'Fails', pass: 'Passes', unknown: 'Skipped' } as const;

function exampleTitle(example: RuleExample): string {
  const place = isTenantExample(example) ? 'a tenant' : visible(example.file);
  return `${OUTCOMES[example.expect]}: ${visible(example.name)} (${place})`;
}

function exampleLines(example: RuleExample): string[] {
  const { config } = example;
  const options = config === undefined ? [] : [`with the options ${JSON.stringify(config)}`];
  const lines = isTenantExample(example) ? tenantLines(example) : fileLines(example);
  return [...options, ...lines].map(visible);
}

function fileLines({ source, relationships, companions = [] }: FileExample): string[] {
  return [
    ...(relationships === 'elsewhere' ? ['with relationships kept elsewhere'] : []),
    ...source.trimEnd().split('\n'),
    ...companions.flatMap((other) => ['', `beside ${other.file}:`, ...other.source.trimEnd().split('\n')]),
  ];
}

function tenantLines({ tenant, missing = [] }: TenantExample): string[] {
  const unread = missing.map(
    ({ group, of, status }) => `not read: ${group} of each ${RESOURCE_KINDS[of].label} (${status})`,
  );
  return [...unread, ...laidOutJson(tenant, TEXT_WIDTH).split('\n')];
}

function optionLines({ options }: RuleMetadata): string[] {
  const own = Object.entries(options).flatMap(([name, { type, description, default: value }]) => [
    visible(`${name} (${type}, default ${JSON.stringify(value)})`),
    ...wrapped(description).map(indented),
  ]);
  return ['severity (every rule): off, critical, high, medium, low or info', ...own];
}

function controlLines({ controls }: RuleMetadata): string[] {
  const frameworks = new Map<string, string[]>();
  for (const { framework, id } of controls)
    frameworks.set(framework, [...(frameworks.get(framework) ?? []), id]);
  return Array.from(frameworks, ([framework, ids]) => visible(`${framework}: ${ids.join(', ')}`));
}

/** Built-in rules have a page of their own. */
function linkLines({ id, references }: RuleMetadata, { kind }: BundleSource, style: Style): string[] {
  const page = kind === 'built-in' ? [{ title: 'This rule', url: ruleUrl(id) }] : [];
  return [...references, ...page].map(({ title, url }) => `${visible(title)}: ${style.link(visible(url))}`);
}

function wrapped(text: string): string[] {
  return text
    .trimEnd()
    .split('\n')
    .flatMap((paragraph) => (paragraph === '' ? [''] : wrapWords(paragraph.split(' '), TEXT_WIDTH)))
    .map(visible);
}
