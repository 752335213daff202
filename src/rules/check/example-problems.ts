import type { Problem } from '../../documents/problem.ts';
import { placeholders } from '../../findings/message.ts';
import type { FactGroup } from '../../model/vocabulary.ts';
import { isTenantExample } from '../../policy/example.ts';
import type { RuleMetadata } from '../../policy/types.ts';
import type { CataloguedRule } from '../../sources/catalogue.ts';
import type { ExampleCase, ExpectedFinding, TenantExampleCase } from '../../sources/examples.ts';
import { sourceProblem } from '../../sources/problem.ts';
import { quoted } from '../../sources/schema-problems.ts';
import { isObject } from '../../util/is-object.ts';
import type { ExampleRun, ExampleRunner } from '../example-runner.ts';

/** An example and the file that it stands in. */
export type PlacedExample = { readonly uri: string; readonly example: ExampleCase };

/** What came of an example and its remedy. */
export type JudgedExample = {
  /** Why the example says nothing about its rule; `null` when it does. */
  readonly broken: string | null;
  readonly got: readonly Found[];
  /** Arguments that the message wants and a finding does not have. */
  readonly missingArguments: readonly string[];
  /** Why `fixed` does not pass; `null` when it does or is not there. */
  readonly unfixed: string | null;
};

/** Runs an example and its remedy. */
export async function judgeExample(
  example: ExampleCase,
  { message }: Pick<RuleMetadata, 'message'>,
  runner: ExampleRunner,
): Promise<JudgedExample> {
  const run = await runner.run(example);
  const broken = isTenantExample(example)
    ? brokenTenant(run, example)
    : brokenBy(run, example.relationships === 'elsewhere');
  if (broken !== null) return { broken, got: [], missingArguments: [], unfixed: null };
  const got = run.findings.map(({ path, args, resource }) =>
    isTenantExample(example) ? { resource: resource.ref, path, args } : { path, args },
  );
  const missing = missingArguments(message, run);
  if (example.fixed === undefined) return { broken, got, missingArguments: missing, unfixed: null };
  const fixed = await runner.run(example, 'after-remedy');
  const faulty = isTenantExample(example) ? brokenTenant(fixed, null) : brokenBy(fixed, false);
  const unfixed = faulty ?? (fixed.findings.length > 0 ? stillThere(fixed) : null);
  return { broken, got, missingArguments: missing, unfixed };
}

/** Runs an example and its remedy; what is not as the example says. */
export async function exampleProblems(
  { uri, example }: PlacedExample,
  { rule, file, annotation }: CataloguedRule,
  runner: ExampleRunner,
): Promise<readonly Problem[]> {
  const judged = await judgeExample(example, rule, runner);
  const place = { uri, range: example.range };
  if (judged.broken !== null)
    return [sourceProblem('rules-example-broken', { message: judged.broken }, place)];
  const problems = differences(example.findings, judged.got).map((message) =>
    sourceProblem('rules-example-differs', { message }, place),
  );
  if (judged.missingArguments.length > 0) {
    const names = judged.missingArguments.join(', ');
    const message = `The findings of the example ${quoted(example.name)} have no argument ${names}.`;
    const inMessage = { uri: file.uri, range: annotation.rangeOf(['custom', 'message']) };
    problems.push(sourceProblem('rules-message-argument', { message }, inMessage));
  }
  if (judged.unfixed === null) return problems;
  const message = `"fixed": ${judged.unfixed}`;
  return [...problems, sourceProblem('rules-example-differs', { message }, place)];
}

/** Why an example says nothing about its rule; `null` when it does. */
function brokenBy({ problems, outcome, judged }: ExampleRun, isElsewhere: boolean): string | null {
  const [first] = problems;
  if (first !== undefined) return `The manifest has a problem: ${first}`;
  if (outcome?.status === 'failed') return `The rule broke: ${outcome.error}.`;
  if (judged === 0) return 'The text is no manifest that is known.';
  // Examples may show that a rule is skipped there.
  if (outcome?.status === 'evaluated' || isElsewhere) return null;
  return outcome?.reason === 'not-applicable'
    ? 'The rule does not apply to this kind of resource.'
    : 'The rule was skipped.';
}

/**
 * Why an example that is a tenant says nothing about its rule; `null` when it does. After a remedy, which may be to
 * remove what is judged, there is no example to compare with.
 */
function brokenTenant({ outcome }: ExampleRun, example: TenantExampleCase | null): string | null {
  if (outcome?.status === 'failed') return `The rule broke: ${outcome.error}.`;
  if (example === null) return null;
  if (example.expect !== 'unknown')
    return outcome?.status === 'evaluated' ? null : 'The rule judges nothing in this tenant.';
  const unread = groupsUnread(outcome);
  const wanted = (example.missing ?? []).map(({ group }) => group).filter((group) => !unread.includes(group));
  return wanted.length === 0 ? null : `The rule is not skipped for want of ${wanted.join(', ')}.`;
}

/** The groups for want of which a rule, or some of what it would judge, is skipped. */
function groupsUnread(outcome: ExampleRun['outcome']): readonly FactGroup[] {
  if (outcome?.status === 'skipped') return outcome.missing ?? [];
  if (outcome?.status !== 'evaluated') return [];
  return (outcome.skipped ?? []).flatMap(({ missing = [] }) => missing);
}

/** Where and with what a rule finds something. */
export type Found = ExpectedFinding;

/** What an example says and the rule does not find, and the other way round; in no order. */
export function differences(expected: readonly Found[], got: readonly Found[]): readonly string[] {
  const left = got.map(textOf);
  const missing = expected.map(textOf).filter((text) => {
    const place = left.indexOf(text);
    if (place !== -1) left.splice(place, 1);
    return place === -1;
  });
  return [
    ...missing.map((text) => `The rule does not find ${shown(text)}.`),
    ...left.map((text) => `The rule finds ${shown(text)}, and the example does not say so.`),
  ];
}

function stillThere({ findings }: ExampleRun): string {
  return `The rule still finds ${findings.map(({ path, args }) => shown(textOf({ path, args }))).join(' and ')}.`;
}

const LONGEST = 300;

function shown(text: string): string {
  return text.length > LONGEST ? `${text.slice(0, LONGEST)}…` : text;
}

/** A finding as text that depends on nothing but its meaning. */
function textOf({ resource, path, args }: Found): string {
  return JSON.stringify({ resource, path, args: sorted(args) });
}

function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted);
  if (!isObject(value)) return value;
  return Object.fromEntries(
    Object.entries(value)
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([key, inner]) => [key, sorted(inner)]),
  );
}

function missingArguments(message: string, { findings }: ExampleRun): readonly string[] {
  const wanted = new Set(placeholders(message));
  return [...wanted].filter((name) => findings.some(({ args }) => !Object.hasOwn(args, name)));
}
