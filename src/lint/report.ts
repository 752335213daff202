import type { Finding } from '../findings/finding.ts';
import { judgeRun } from '../findings/gate.ts';
import type { Report } from '../findings/report.ts';
import { sortProblems } from '../findings/sort.ts';
import type { Evaluation } from '../policy/evaluate.ts';
import type { Inputs } from './inputs.ts';
import { ruleUrl, type LintRequest } from './request.ts';

/** The whole result of a run: the receipt, the verdict and why. */
export function toReport(
  request: LintRequest,
  inputs: Inputs,
  evaluation: Evaluation,
  findings: readonly Finding[],
): Report {
  const { bundle, version, now, failOn, allowEmpty, allowIncomplete } = request;
  const { resources, problems, counts } = inputs;
  const gate = judgeRun({
    failOn,
    allowEmpty,
    allowIncomplete,
    severities: findings.map(({ severity }) => severity),
    gaps: gapsOf(inputs, evaluation),
    faults: faultsOf(evaluation, resources.length * bundle.catalogue.rules.length),
    empty: resources.length === 0 && problems.length === 0 ? 'no manifest was found' : null,
  });
  return {
    tool: { name: 'agentid-lint', version, policyDigest: bundle.digest },
    now,
    ...gate,
    failOn,
    findings,
    outcomes: evaluation.outcomes,
    problems: sortProblems(problems),
    rules: bundle.catalogue.rules.map(({ id, title, description, severity, remediation, controls }) => ({
      id,
      title,
      description,
      severity,
      remediation,
      controls,
      url: ruleUrl(id),
    })),
    ledger: {
      inputs: counts,
      resources: {
        total: resources.length + inputs.refused,
        judged: resources.length - evaluation.broken.size,
        failed: inputs.refused + evaluation.broken.size,
      },
      evaluations: { pairs: resources.length * bundle.catalogue.rules.length, ...evaluation.pairs },
    },
  };
}

function gapsOf({ problems }: Inputs, { outcomes }: Evaluation): readonly string[] {
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

function faultsOf({ broken, pairs }: Evaluation, expected: number): readonly string[] {
  const faults: string[] = [];
  const [first] = broken.values();
  if (first !== undefined)
    faults.push(`${count(broken.size, 'resource')} could not be judged: ${first.message}`);
  const booked = pairs.evaluated + pairs.failed + pairs.notApplicable + pairs.skipped;
  if (booked !== expected) faults.push(`the ledger accounts for ${booked} of ${expected} evaluations`);
  return faults;
}

function count(number: number, noun: string): string {
  return `${number} ${noun}${number === 1 ? '' : 's'}`;
}
