import type { ConfigEntry } from '../config/print.ts';
import type { Problem } from '../documents/problem.ts';
import { sortProblems } from '../findings/sort.ts';
import { openJudges } from '../lint/judges.ts';
import { toReport } from '../lint/report.ts';
import type { LintRequest } from '../lint/request.ts';
import { judgeWith, type LintRun } from '../lint.ts';
import type { SettingsTarget } from '../model/settings-target.ts';
import type { BundleSource } from '../policy/bundle.ts';
import type { PolicyError } from '../policy/policy-error.ts';
import type { RuleMetadata } from '../policy/types.ts';
import type { Closure } from '../sources/closure.ts';
import { traceResource, type ResourceTrace, type RuleRun } from './resource-trace.ts';
import { isDisagreement, WhyTracer, type Why, type WhyOptions } from './why.ts';

export type TraceRequest = {
  /** What to judge; of its bundles the one with the rule is used. */
  readonly lint: LintRequest;
  readonly rule: RuleMetadata;
  readonly source: BundleSource;
  /** Absolute folder that the Rego of the rule stands in; `null` when it came compiled. */
  readonly folder: string | null;
  /** What is in effect for a resource, and where it was set. */
  readonly settingsOf: (target: SettingsTarget) => readonly ConfigEntry[];
} & Pick<WhyOptions, 'library' | 'opa'>;

export type RuleTrace = {
  readonly rule: RuleMetadata;
  readonly source: BundleSource;
  /** Helpers and tables that the rule needs; `null` when its source is not known. */
  readonly needs: Closure | null;
  readonly resources: readonly ResourceTrace[];
  /** What could not be read. */
  readonly problems: readonly Problem[];
  /** Why there is nothing to trace; `null` when there is something, or when a problem may hide it. */
  readonly empty: string | null;
  readonly exitCode: number;
};

/** Of so many resources the source is traced: each takes a good part of a second. */
const MOST_SOURCES = 10;

/**
 * Runs one rule over files and tells for every resource in them what the rule was given, what is in effect, and why it
 * found something or did not.
 * @throws {PolicyError} when the bundle of the rule cannot be used at all
 */
export async function traceRule(request: TraceRequest): Promise<RuleTrace> {
  const { lint, rule, source } = request;
  const tracer = new WhyTracer({ ...request, id: rule.id }, { ...request, cwd: lint.cwd });
  try {
    const judged = await judgeByRule(request);
    const needs = tracer.code?.needs ?? null;
    const looksUp = needs === null || needs.libs.includes('known');
    const resources = await tracesOf({ ...judged, looksUp }, tracer);
    const { problems } = judged.run.inputs;
    const empty = resources.length === 0 ? emptiness(lint, judged.run) : null;
    const exitCode = exitCodeOf(resources, { isEmpty: empty !== null, isWhole: problems.length === 0 });
    return { rule, source, needs, resources, problems: sortProblems(problems), empty, exitCode };
  } finally {
    await tracer.close();
  }
}

/** Judges with the bundle of the rule alone. */
async function judgeByRule({ lint, rule, settingsOf }: TraceRequest): Promise<Omit<RuleRun, 'looksUp'>> {
  const bundle = lint.bundles.find(({ catalogue }) => catalogue.rules.some(({ id }) => id === rule.id));
  if (bundle === undefined) throw new TypeError(`no bundle has the rule ${rule.id}`);
  const faults = new Map<number, PolicyError>();
  const onFault: LintRequest['onFault'] = (id, index, fault) => {
    if (id === rule.id) faults.set(index, fault);
  };
  const judges = await openJudges([bundle], lint.limits);
  try {
    const run = await judgeWith(judges, { ...lint, bundles: [bundle], onFault });
    return { run, rule, bundle, faults, settingsOf };
  } finally {
    judges.close();
  }
}

async function tracesOf(judged: RuleRun, tracer: WhyTracer): Promise<readonly ResourceTrace[]> {
  const resources: ResourceTrace[] = [];
  let asked = 0;
  for (const index of judged.run.inputs.resources.keys()) {
    const resource = traceResource(index, judged);
    if (resource === null) continue;
    const isAsked = resource.outcome.status !== 'skipped';
    if (isAsked) asked += 1;
    const why = isAsked ? await whyOf(index, judged, asked > MOST_SOURCES ? null : tracer) : null;
    resources.push({ ...resource, why });
  }
  return resources;
}

/** `tracer` is `null` for resources beyond those whose source is traced. */
async function whyOf(
  index: number,
  { run, bundle, faults }: RuleRun,
  tracer: WhyTracer | null,
): Promise<Why> {
  if (tracer === null) {
    const reason = `The source is traced for the first ${MOST_SOURCES} resources; name a file to see more.`;
    return { status: 'untraced', reason };
  }
  if (faults.get(index)?.code === 'limit')
    return { status: 'untraced', reason: 'The rule took too much, so OPA was not asked for its lines.' };
  return tracer.ask({ run, bundle, resource: index });
}

/** In the words of a report. */
function emptiness(request: LintRequest, run: LintRun): string | null {
  const { exitReasons } = toReport(request, run.inputs, run.evaluation, run);
  return exitReasons.find(({ code }) => code === 3)?.reason ?? null;
}

function exitCodeOf(
  resources: readonly ResourceTrace[],
  { isEmpty, isWhole }: { readonly isEmpty: boolean; readonly isWhole: boolean },
): number {
  const isBroken = resources.some(
    ({ outcome, why }) => outcome.status === 'failed' || (why !== null && isDisagreement(why)),
  );
  if (isBroken) return 10;
  if (isEmpty) return 3;
  return isWhole ? 0 : 4;
}
