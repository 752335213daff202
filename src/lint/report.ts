import type { ExemptPrincipal } from '../config/config.ts';
import { compareCodePoints } from '../documents/code-points.ts';
import type { Problem } from '../documents/problem.ts';
import { inChange } from '../findings/change.ts';
import type { Finding } from '../findings/finding.ts';
import { judgeRun } from '../findings/gate.ts';
import type { FailOn, Ledger, MaxFindings, Report, ReportedRule } from '../findings/report.ts';
import type { SuppressionNotice } from '../findings/suppression.ts';
import { sortProblems } from '../findings/sort.ts';
import { wellFormed } from '../findings/well-formed.ts';
import type { PolicyBundle } from '../policy/bundle.ts';
import type { PolicyError } from '../policy/policy-error.ts';
import { inventoryOfDocuments } from './document-inventory.ts';
import { suppressionFor } from './exemptions.ts';
import type { Inputs } from './inputs.ts';
import type { Inventory } from './inventory.ts';
import type { RunEvaluation, RunTotals } from './merge.ts';
import { policyDigest, type SourcedRule } from './policies.ts';
import { ruleUrl, type LintRequest } from './request.ts';
import type { Prepared } from './subjects.ts';
import { isFor } from '../policy/surface.ts';
import { NO_FILES } from '../suppressions/no-files.ts';
import type { SuppressionSources } from '../suppressions/types.ts';

type Judged = {
  /** All of them, whatever the request says about a change. */
  readonly findings: readonly Finding[];
  readonly rules: readonly SourcedRule[];
  readonly prepared: Prepared;
  /** What came of suppressing; nothing when absent. */
  readonly notices?: readonly SuppressionNotice[];
  readonly problems?: readonly Problem[];
};

/** The whole result of linting files: the receipt, the verdict and why. */
export function toReport(
  request: LintRequest,
  inputs: Inputs,
  evaluation: RunEvaluation,
  { findings: all, rules, prepared, notices = [], problems: mistakes = [] }: Judged,
): Report {
  const { resources, problems, counts, refused } = inputs;
  const { findings, change } = inChange(all, request.change);
  return reportOf(request, {
    findings,
    rules,
    evaluation,
    problems,
    inputs: counts,
    resources: { read: resources.length, refused },
    gaps: [],
    empty: emptiness(inputs, evaluation, request.allowIncomplete),
    tenant: null,
    inventory: inventoryOfDocuments({ resources, prepared, evaluation, findings, rules }),
    change,
    notices,
    mistakes,
  });
}

/** What the verdict of a run depends on besides what came of it. */
export type ReportRequest = {
  readonly bundles: readonly PolicyBundle[];
  readonly version: string;
  /** RFC 3339, UTC. */
  readonly now: string;
  readonly failOn: FailOn;
  readonly allowEmpty: boolean;
  readonly allowIncomplete: boolean;
  /** What keeps findings from counting besides exempt principals; absent: only what stands beside them in files. */
  readonly suppressions?: SuppressionSources;
  /** Principals that no rule is about. */
  readonly exemptPrincipals?: readonly ExemptPrincipal[];
  /** Most findings of a severity that do not fail the run. */
  readonly maxFindings?: MaxFindings;
  /** Whether every finding that is not in the baseline fails the run. */
  readonly failOnNew?: boolean;
  /** What was named to be judged; nothing means all of it. */
  readonly paths?: readonly string[];
  readonly stdin?: { readonly uri: string };
  readonly base?: string;
  readonly configFiles?: readonly string[];
};

/** What came of a run, whatever was judged in it. */
export type RunResult = {
  readonly findings: readonly Finding[];
  readonly rules: readonly SourcedRule[];
  readonly evaluation: RunTotals & { readonly broken: ReadonlyMap<number, PolicyError> };
  readonly problems: readonly Problem[];
  readonly inputs: Ledger['inputs'];
  /** Resources that were given to the policies, and those that were not because of a problem in them. */
  readonly resources: { readonly read: number; readonly refused: number };
  /** Sentences about what else is missing. */
  readonly gaps: readonly string[];
  /** Why there was nothing to judge; `null` when there was something. */
  readonly empty: string | null;
  readonly tenant: Report['tenant'];
  readonly inventory: Inventory;
  readonly change: Report['change'];
  /** About what suppresses findings. */
  readonly notices: readonly SuppressionNotice[];
  /** What is wrong with it: nothing was suppressed then. */
  readonly mistakes: readonly Problem[];
};

/** The report of a run: the receipt, the verdict and why. No text in it has half characters. */
export function reportOf(request: ReportRequest, run: RunResult): Report {
  const { bundles, version, now, failOn, allowEmpty, allowIncomplete } = request;
  const { findings, rules, evaluation, problems, resources } = run;
  const pairs = resources.read * rules.length;
  const severities = findings.flatMap(({ severity, suppressed }) => (suppressed === null ? [severity] : []));
  const { maxFindings = {}, failOnNew = false } = request;
  const hasBaseline = (request.suppressions?.baseline ?? null) !== null;
  const gate = judgeRun({
    failOn,
    maxFindings,
    allowEmpty,
    allowIncomplete,
    severities,
    unknown: failOnNew && hasBaseline ? severities.length : 0,
    mistakes: mistakesIn(run.mistakes),
    gaps: [...gapsOf(problems, evaluation), ...run.gaps],
    faults: faultsOf(evaluation, pairs),
    empty: run.empty,
  });
  const told = wellFormed<Omit<Report, 'findings'>>({
    tool: {
      name: 'agentid-lint',
      version,
      policyDigest: policyDigest(bundles),
      policies: bundles.map(({ source, digest, catalogue }) => ({
        source,
        digest,
        rules: catalogue.rules.length,
      })),
    },
    now,
    ...gate,
    failOn,
    outcomes: evaluation.outcomes,
    problems: sortProblems([...problems, ...run.mistakes]),
    rules: rules.map(toReportedRule),
    ledger: {
      inputs: run.inputs,
      resources: {
        total: resources.read + resources.refused,
        judged: resources.read - evaluation.broken.size,
        failed: resources.refused + evaluation.broken.size,
      },
      evaluations: { pairs, ...evaluation.pairs },
    },
    tenant: run.tenant,
    ...run.inventory,
    paths: run.tenant === null ? namedIn(request) : [],
    base: request.base ?? '',
    config: { files: request.configFiles ?? [] },
    change: run.change,
    maxFindings,
    failOnNew,
    suppressions: { ...usedIn(request.suppressions), notices: run.notices },
    exemptPrincipals: exemptionsIn(findings, request.exemptPrincipals ?? []),
    previous: null,
    framework: null,
  });
  return { ...told, findings };
}

function mistakesIn({ length }: readonly Problem[]): readonly string[] {
  if (length === 0) return [];
  return [`${count(length, 'problem')} with what suppresses findings, so nothing is suppressed`];
}

function usedIn(sources: SuppressionSources = NO_FILES): Omit<Report['suppressions'], 'notices'> {
  const { waivers, baseline, inline } = sources;
  return {
    waivers: waivers && { file: waivers.uri, entries: waivers.entries.length },
    baseline: baseline && { file: baseline.uri, entries: baseline.entries.size },
    inline,
  };
}

/** Every exempt principal, with how many findings do not count because of it. */
function exemptionsIn(
  findings: readonly Finding[],
  principals: readonly ExemptPrincipal[],
): Report['exemptPrincipals'] {
  return principals.map((principal) => {
    const suppression = suppressionFor(principal);
    const { length } = findings.filter(({ suppressed }) => suppressed === suppression);
    return { id: principal.id, reason: principal.reason, findings: length };
  });
}

export function toReportedRule({ rule, source }: SourcedRule): ReportedRule {
  const { id, title, description, severity, remediation, controls, references } = rule;
  const url = source.kind === 'built-in' ? ruleUrl(id) : (references[0]?.url ?? null);
  const judges = (['files', 'tenants'] as const).filter((what) =>
    isFor(rule, what === 'tenants' ? 'tenant' : 'document'),
  );
  return { id, title, description, severity, remediation, controls, judges, source: source.name, url };
}

const SHOWN_ARGUMENTS = 3;

/** In one order, whichever they were named in. Text that comes from somewhere else is named like a file. */
function namedIn({ paths = [], stdin }: ReportRequest): readonly string[] {
  const named = stdin === undefined ? paths : [...paths, stdin.uri];
  return [...new Set(named)].toSorted(compareCodePoints);
}

/** Why there was nothing to judge; `null` when there was something, or when a problem may hide it. */
function emptiness(
  { resources, problems, missed, counts }: Inputs,
  totals: RunTotals,
  allowIncomplete: boolean,
): string | null {
  if (resources.length === 0 && problems.length > 0 && allowIncomplete) return 'nothing could be judged';
  if (problems.length > 0) return null;
  if (missed.length > 0) {
    const more = missed.length > SHOWN_ARGUMENTS ? ` and ${missed.length - SHOWN_ARGUMENTS} more` : '';
    const shown = missed.slice(0, SHOWN_ARGUMENTS).map((argument) => `"${argument}"`);
    return `nothing was found for ${shown.join(', ')}${more}`;
  }
  if (resources.length === 0) {
    const looked = counts.ignored + counts.unmarked.length;
    if (looked > 0) return `no manifest was found in ${count(looked, 'file')}`;
    return counts.excluded.length > 0 ? 'every file was left out' : 'no JSON or YAML file was found';
  }
  return noRuleApplied(totals);
}

/** The sentence for a run in which no rule had anything to judge; `null` when one had. */
export function noRuleApplied({ outcomes, pairs }: RunTotals): string | null {
  const noneApplied = outcomes.every(
    (outcome) =>
      outcome.status === 'skipped' && (outcome.reason === 'off' || outcome.reason === 'not-applicable'),
  );
  return noneApplied && pairs.failed === 0 ? 'no rule that is on applies to what was found' : null;
}

function gapsOf(problems: readonly Problem[], { outcomes }: RunTotals): readonly string[] {
  const gaps: string[] = [];
  if (problems.length > 0)
    gaps.push(`${count(problems.length, 'problem')} kept something from being read or judged`);
  const missing = outcomes.filter(
    (outcome) =>
      (outcome.status === 'skipped' && outcome.reason === 'facts-missing') ||
      (outcome.status === 'evaluated' &&
        outcome.skipped?.some(({ reason }) => reason === 'facts-missing') === true),
  );
  if (missing.length > 0) gaps.push(`${count(missing.length, 'rule')} could not be judged for lack of facts`);
  return gaps;
}

function faultsOf(
  { broken, pairs, faults: told }: RunResult['evaluation'],
  expected: number,
): readonly string[] {
  const faults: string[] = [];
  const [first] = broken.values();
  if (first !== undefined)
    faults.push(`${count(broken.size, 'resource')} could not be judged: ${first.message}`);
  faults.push(...told.filter((fault) => fault !== first?.message));
  const booked = pairs.evaluated + pairs.failed + pairs.notApplicable + pairs.skipped;
  if (booked !== expected) faults.push(`the ledger accounts for ${booked} of ${expected} evaluations`);
  return faults;
}

function count(number: number, noun: string): string {
  return `${number} ${noun}${number === 1 ? '' : 's'}`;
}
