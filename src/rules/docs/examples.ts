import { RESOURCE_KINDS } from '../../model/vocabulary.ts';
import { isTenantExample } from '../../policy/example.ts';
import type { FileExample, MissingCollection, RuleExample, TenantExample } from '../../policy/types.ts';
import { laidOutJson } from '../../util/laid-out-json.ts';
import { code, codeBlock, prose } from './markdown.ts';

const MARKS = { fail: '❌', pass: '✅', unknown: '❔' } as const;

/** An example: what it shows, and its files or its tenant. */
export function exampleLines(example: RuleExample): readonly string[] {
  return isTenantExample(example) ? tenantLines(example) : fileLines(example);
}

/** Options as they stand in a config, such as `maxDays: 90`. */
export function settingsOf(config: NonNullable<RuleExample['config']>): readonly string[] {
  return Object.entries(config).map(([option, value]) => `${option}: ${JSON.stringify(value)}`);
}

function fileLines(example: FileExample): readonly string[] {
  const { file, source, config = {}, relationships, companions = [] } = example;
  const settings = [
    ...settingsOf(config),
    ...(relationships === undefined ? [] : [`relationships: ${relationships}`]),
  ];
  return [
    heading(example, [code(file), ...under(settings)]),
    '',
    ...manifest(file, source),
    ...companions.flatMap((other) => [
      `beside ${code(other.file)}`,
      '',
      ...manifest(other.file, other.source),
    ]),
  ];
}

function tenantLines(example: TenantExample): readonly string[] {
  const { tenant, missing = [], config = {} } = example;
  return [
    heading(example, ['in a tenant', ...under(settingsOf(config))]),
    '',
    ...(missing.length === 0 ? [] : [`not read: ${missing.map(unreadWords).join('; ')}`, '']),
    ...codeBlock('json', laidOutJson(tenant)),
  ];
}

/** What could not be read of which objects, and why. */
function unreadWords({ group, of, status }: MissingCollection): string {
  return `\`${group}\` of each ${RESOURCE_KINDS[of].label} (${status === 'notAsked' ? 'not asked for' : status})`;
}

function heading({ name, expect }: RuleExample, details: readonly string[]): string {
  return `${MARKS[expect]} ${prose(name)} (${details.join(', ')})`;
}

function under(settings: readonly string[]): readonly string[] {
  return settings.length > 0 ? [`with ${settings.map(code).join(', ')}`] : [];
}

function manifest(file: string, text: string): readonly string[] {
  return codeBlock(file.endsWith('.json') ? 'json' : 'yaml', text);
}
