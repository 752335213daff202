import type { Finding } from '../../findings/finding.ts';
import type { ReportedRule } from '../../findings/report.ts';
import type { Severity } from '../../model/vocabulary.ts';
import { SEVERITIES, severityRank } from '../severity-order.ts';
import { count } from '../text.ts';
import { compressedSizes } from './compressed-size.ts';
import { MOST_TAGS, tagsOf } from './rules.ts';

/**
 * What GitHub takes: a larger log is refused as a whole
 * (https://docs.github.com/en/code-security/reference/code-scanning/sarif-files/sarif-support).
 */
const MOST_RULES = 25_000;
const MOST_RESULTS = 25_000;
/** Of 10 MB compressed; the rest is for what is neither rule nor result. */
const MOST_BYTES = 9_000_000;

type Kept<Part> = { readonly kept: readonly Part[]; readonly cuts: readonly string[] };

/** The rules that fit, those with findings first when not all do. */
export function rulesWithinLimits(
  rules: readonly ReportedRule[],
  findings: readonly Finding[],
): Kept<ReportedRule> {
  const cuts = rules.filter((rule) => tagsOf(rule).length > MOST_TAGS).map(({ id }) => tagsCut(id));
  if (rules.length <= MOST_RULES) return { kept: rules, cuts };
  const needed = new Set(findings.map(({ rule }) => rule));
  const ordered = [...rules.filter(({ id }) => needed.has(id)), ...rules.filter(({ id }) => !needed.has(id))];
  const more = rules.length - MOST_RULES;
  return { kept: ordered.slice(0, MOST_RULES), cuts: [...cuts, `${count(more, 'rule')} left out`] };
}

function tagsCut(id: string): string {
  return `rule ${id} has more than ${MOST_TAGS} tags: the first are given, and all controls in its help`;
}

/**
 * The results that fit beside the rules, in their order. Left out are suppressed ones first, then the least severe,
 * then the last.
 */
export function resultsWithinLimits(
  results: readonly object[],
  findings: readonly Finding[],
  rules: readonly object[],
): Kept<object> {
  const order = findings.map((_, index) => index).sort(worstFirst(findings));
  const fitting = order.slice(0, howManyFit(order.slice(0, MOST_RESULTS), results, rules));
  if (fitting.length === results.length) return { kept: results, cuts: [] };
  const kept = new Set(fitting);
  return {
    kept: results.filter((_, index) => kept.has(index)),
    cuts: [cutOf(findings.filter((_, index) => !kept.has(index)))],
  };
}

function worstFirst(findings: readonly Finding[]) {
  const weights = findings.map(
    ({ severity, suppressed }) => severityRank(severity) + (suppressed === null ? 0 : 100),
  );
  return (a: number, b: number): number => (weights[a] ?? 0) - (weights[b] ?? 0) || a - b;
}

function howManyFit(order: readonly number[], results: readonly object[], rules: readonly object[]): number {
  const texts = order.map((index) => JSON.stringify(results[index], null, 2));
  const ofRules = JSON.stringify(rules);
  const size = [ofRules, ...texts].reduce((sum, text) => sum + Buffer.byteLength(text), 0);
  if (size <= MOST_BYTES) return texts.length;
  let sum = 0;
  const sizes = compressedSizes([ofRules, ...texts]);
  const over = sizes.findIndex((each) => (sum += each) > MOST_BYTES);
  return over === -1 ? texts.length : Math.max(0, over - 1);
}

/** `5000 results left out, as GitHub takes no more: 3 high, 4997 low; other formats have them all`. */
function cutOf(left: readonly Finding[]): string {
  const parts = SEVERITIES.map(
    (rank) => [rank, left.filter((finding) => counts(finding, rank)).length] as const,
  );
  const suppressed = left.filter((finding) => finding.suppressed !== null).length;
  const words = [...parts, ['suppressed', suppressed] as const]
    .filter(([, number]) => number > 0)
    .map(([word, number]) => `${number} ${word}`);
  return `${count(left.length, 'result')} left out, as GitHub takes no more: ${words.join(', ')}; other formats have them all`;
}

function counts({ severity, suppressed }: Finding, rank: Severity): boolean {
  return suppressed === null && severity === rank;
}
