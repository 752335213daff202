import type { ConfigEntry } from '../config/print.ts';
import type { Finding } from '../findings/finding.ts';
import type { ReportedRule } from '../findings/report.ts';
import { openJudges } from '../lint/judges.ts';
import { toReportedRule } from '../lint/report.ts';
import type { LintRequest } from '../lint/request.ts';
import { judgeWith, type LintRun } from '../lint.ts';
import type { Facts } from '../model/facts.ts';
import type { RuleMetadata } from '../policy/types.ts';
import type { SettingsTarget } from '../model/settings-target.ts';
import { inputSlice, type InputSlice } from './input-slice.ts';
import { targetOf } from './settings-target.ts';
import { isDisagreement, WhyTracer, type Why, type WhyOptions } from './why.ts';

export type ExplainRequest = {
  readonly lint: LintRequest;
  /** `v1:` and 8 hex digits or more: the beginning of the fingerprint of one finding. */
  readonly fingerprint: string;
  /** Absolute folder that the Rego of a rule stands in; `null` when it came compiled. */
  readonly folderOf: (rule: RuleMetadata) => string | null;
  /** What is in effect of a rule for a resource, and where it was set. */
  readonly settingsOf: (rule: RuleMetadata, target: SettingsTarget) => readonly ConfigEntry[];
} & Pick<WhyOptions, 'library' | 'opa'>;

export type Explained =
  | { readonly status: 'explained'; readonly explanation: Explanation }
  /** More than one finding has a fingerprint that begins so. */
  | { readonly status: 'ambiguous'; readonly findings: readonly Finding[] }
  /** None has. */
  | { readonly status: 'unknown'; readonly findings: number; readonly problems: number };

/** Why there is a finding. */
export type Explanation = {
  readonly finding: Finding;
  readonly rule: ReportedRule;
  readonly slice: InputSlice;
  readonly settings: readonly ConfigEntry[];
  readonly why: Why;
  readonly exitCode: number;
};

/**
 * Finds the finding with a fingerprint and tells what it came from.
 * @throws {PolicyError} when a policy bundle cannot be used at all
 */
export async function explainFinding(request: ExplainRequest): Promise<Explained> {
  const { lint, fingerprint } = request;
  const run = await judged(lint);
  const matches = run.findings.filter((finding) => finding.fingerprint.startsWith(fingerprint));
  const [finding, ...others] = matches;
  if (finding === undefined)
    return { status: 'unknown', findings: run.findings.length, problems: run.inputs.problems.length };
  if (others.length > 0) return { status: 'ambiguous', findings: matches };
  return { status: 'explained', explanation: await explain(finding, run, request) };
}

async function judged(lint: LintRequest): Promise<LintRun> {
  const judges = await openJudges(lint.bundles, lint.limits);
  try {
    return await judgeWith(judges, lint);
  } finally {
    judges.close();
  }
}

async function explain(finding: Finding, run: LintRun, request: ExplainRequest): Promise<Explanation> {
  const { lint, folderOf, settingsOf } = request;
  const sourced = run.rules.find(({ rule }) => rule.id === finding.rule);
  const bundle = lint.bundles.find(({ catalogue }) => catalogue.rules.some(({ id }) => id === finding.rule));
  const subject = run.prepared.subjects[finding.owner];
  if (sourced === undefined || bundle === undefined || subject === undefined)
    throw new RangeError('a finding has no rule or no resource');
  const { rule, source } = sourced;
  const tracer = new WhyTracer(
    { id: rule.id, source, folder: folderOf(rule) },
    { ...request, cwd: lint.cwd },
  );
  try {
    const why = await tracer.ask({ run, bundle, resource: finding.owner, only: finding });
    // Our own text.
    const facts = JSON.parse(subject.facts) as Facts;
    const settings = settingsOf(rule, targetOf(facts, run.prepared));
    const slice = inputSlice(facts.properties, finding.path);
    const reported = toReportedRule(sourced);
    return { finding, rule: reported, slice, settings, why, exitCode: isDisagreement(why) ? 10 : 0 };
  } finally {
    await tracer.close();
  }
}
