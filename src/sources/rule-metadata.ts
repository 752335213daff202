import { FACT_GROUPS, RESOURCE_KINDS, SEVERITIES } from '../model/vocabulary.ts';
import type { RuleMetadata } from '../policy/types.ts';
import { DOMAIN_NAME, isReserved } from './layout.ts';
import { problemsOfOptions } from './option-schema.ts';
import { list, matching, oneOf, record, text, type Check } from './shape.ts';

const RULE_NAME = /^[a-z][a-z0-9]*(?:-[a-z0-9]+)*$/;
const LONGEST_ID = 100;
const MOST_PROBLEMS = 20;

/** Every field of a rule's metadata. */
const FIELDS: { readonly [field in Exclude<keyof RuleMetadata, 'offUnless' | 'waivable'>]: Check } = {
  id: ruleId,
  title: text(3, 120),
  description: text(10, 10_000),
  severity: oneOf(SEVERITIES),
  wave: oneOf([1, 2]),
  appliesTo: list(oneOf(Object.keys(RESOURCE_KINDS)), 1),
  requires: list(oneOf(FACT_GROUPS), 0),
  surfaces: list(oneOf(['manifest', 'repository', 'tenant', 'drift']), 1),
  message: text(10, 2000),
  remediation: text(10, 4000),
  controls: list(record({ framework: matching(/^[A-Za-z0-9][A-Za-z0-9._-]*$/), id: text(1, 60) }), 0),
  references: list(record({ title: text(1, 2000), url: webAddress }), 0),
  // Their problems name their place from the rule on.
  options: (value) => problemsOfOptions(value).map((problem) => problem.slice('options'.length)),
  since: matching(/^\d{1,6}\.\d{1,6}\.\d{1,6}$/),
  aliases: list(ruleId, 0),
};

const check = record(FIELDS, {
  offUnless: matching(/^[a-z][A-Za-z0-9]*$/),
  waivable: oneOf([true, false]),
});

/**
 * What is wrong with a value that should be the `RuleMetadata` of an own rule, made from METADATA or read from a
 * bundle; empty when it is one. Each problem begins with its place, such as `message: ` or `options.maxDays.default: `.
 */
export function problemsOfRule(value: unknown): string[] {
  return check(value)
    .slice(0, MOST_PROBLEMS)
    .map((problem) => problem.replace(/^\./, '').replace(/^: /, 'the rule: '));
}

function ruleId(value: unknown): readonly string[] {
  const written = typeof value === 'string' && value.length <= LONGEST_ID ? value : '';
  const [domain = '', name = '', ...more] = written.split('/');
  if (more.length > 0 || !DOMAIN_NAME.test(domain) || !RULE_NAME.test(name)) {
    return [': must be <domain>/<rule-name> in lower case'];
  }
  return isReserved(domain) ? [`: "${domain}" is a reserved name`] : [];
}

function webAddress(value: unknown): readonly string[] {
  const problems = text(8, 2000)(value);
  if (problems.length > 0 || typeof value !== 'string') return problems;
  return /^https?:\/\/[^\s<>"'`\\]+$/.test(value) && URL.canParse(value) ? [] : [': must be a web address'];
}
