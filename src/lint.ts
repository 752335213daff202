import type { Finding } from './findings/finding.ts';
import type { Report } from './findings/report.ts';
import { findingsInDocuments } from './lint/document-findings.ts';
import { readInputs, type Inputs } from './lint/inputs.ts';
import { openJudges, type Judges, type RunJudge } from './lint/judges.ts';
import type { RunEvaluation } from './lint/merge.ts';
import { rulesOf, type SourcedRule } from './lint/policies.ts';
import { toReport } from './lint/report.ts';
import type { LintRequest } from './lint/request.ts';
import type { ValueWatch } from './lint/findings.ts';
import { suppressInDocuments } from './lint/suppress-in-documents.ts';
import { waivedValues } from './lint/suppress.ts';
import { SubjectBuilder, type Prepared } from './lint/subjects.ts';
import { chunksOf } from './policy/chunks.ts';
import type { PolicyError } from './policy/policy-error.ts';
import type { Subject } from './policy/subject.ts';
import type { RawFinding } from './policy/types.ts';

/**
 * Lints manifests: finds the files, reads the resources in them, judges each with every rule that applies, and
 * reports. Reads files only; opens no socket, starts no process, reads no clock but to stop policies that never end.
 * @throws {PolicyError} when a policy bundle cannot be used at all
 * @throws {TypeError} when `now` is no timestamp; everything else ends in the report
 */
export async function lint(request: LintRequest): Promise<Report> {
  const judges = await openJudges(request.bundles, request.limits);
  try {
    return await lintWith(judges, request);
  } finally {
    judges.close();
  }
}

/** As `lint`, with judges of the request's bundles that stay open for further requests. */
export async function lintWith(judges: Judges, request: LintRequest): Promise<Report> {
  const values = await waivedValues(request);
  const run = await judgeWith(judges, request, values);
  const suppressed = await suppressInDocuments(request, run, values);
  return toReport(request, run.inputs, run.evaluation, { ...run, ...suppressed });
}

/** Everything that comes of a run before it is reported. */
export type LintRun = {
  readonly rules: readonly SourcedRule[];
  readonly inputs: Inputs;
  /** What the policies were given: a subject for each resource of `inputs`, in their order. */
  readonly prepared: Prepared;
  readonly evaluation: RunEvaluation;
  readonly findings: readonly Finding[];
};

/** As `lintWith`, for those who explain a run: nothing but exempt principals is suppressed yet. */
export async function judgeWith(
  judges: Judges,
  request: LintRequest,
  values: ValueWatch | null = null,
): Promise<LintRun> {
  const { bundles, onStage = () => undefined, onFault } = request;
  const rules = rulesOf(bundles);
  const builder = new SubjectBuilder(request);
  onStage('read');
  const inputs = await readInputs(request, (resource) => {
    builder.add(resource);
  });
  onStage('prepare');
  const prepared = builder.result();
  const { data, subjects } = prepared;
  const judge = await judges.prepare({ data, resources: subjects.length }, onFault);
  onStage('evaluate');
  const evaluation = await judgeAll(judge, subjects);
  onStage('locate');
  const findings = findingsInDocuments(evaluation.findings, inputs.resources, prepared, rules, {
    ...request,
    values,
  });
  return { rules, inputs, prepared, evaluation, findings };
}

async function judgeAll(judge: RunJudge, subjects: readonly Subject[]): Promise<RunEvaluation> {
  const findings: RawFinding[] = [];
  const broken = new Map<number, PolicyError>();
  for (const chunk of chunksOf(subjects)) {
    const judged = await judge.judge(chunk);
    for (const finding of judged.findings) findings.push(finding);
    for (const [index, fault] of judged.broken) broken.set(index, fault);
  }
  return { findings, broken, ...judge.totals() };
}
