import { resolve } from 'node:path';
import { isGone } from '../documents/is-gone.ts';
import { toPointer } from '../documents/pointer.ts';
import type { Suppressed } from '../suppressions/apply.ts';
import type { NamedResource } from '../suppressions/types.ts';
import type { WaivedValues } from '../suppressions/values.ts';
import type { Finding } from '../findings/finding.ts';
import type { Inputs } from './inputs.ts';
import { judgedBy } from './judged-by.ts';
import type { RunEvaluation } from './merge.ts';
import type { SourcedRule } from './policies.ts';
import type { LintRequest } from './request.ts';
import type { Prepared } from './subjects.ts';
import { suppress } from './suppress.ts';

type Run = {
  readonly findings: readonly Finding[];
  readonly rules: readonly SourcedRule[];
  readonly inputs: Inputs;
  readonly prepared: Prepared;
  readonly evaluation: RunEvaluation;
};

/** Tells which findings in files count. */
export function suppressInDocuments(
  request: LintRequest,
  run: Run,
  values: WaivedValues | null,
): Promise<Suppressed> {
  const { findings, rules, inputs } = run;
  return suppress(request, {
    findings,
    rules,
    values,
    marks: inputs.marks,
    now: request.now,
    resources: () => namedResources(run),
    stateOf: (uri) => {
      if (inputs.whole.has(uri)) return 'read';
      // Files of another state of the repository are on no disk.
      return request.texts === undefined && isGone(resolve(request.cwd, uri)) ? 'gone' : 'unknown';
    },
  });
}

function namedResources({ rules, inputs, prepared, evaluation }: Run): ReadonlyMap<number, NamedResource> {
  const wasJudged = judgedBy(rules, evaluation.outcomes);
  const named = new Map<number, NamedResource>();
  for (const [index, { ref, kind, origin }] of inputs.resources.entries()) {
    const asked = prepared.subjects[index];
    const detail = prepared.details[index];
    const settings = prepared.settings[index];
    if (asked === undefined || detail === undefined || settings === undefined) continue;
    const { id, appId, uniqueName } = detail;
    const isBroken = evaluation.broken.has(index);
    named.set(index, {
      ref,
      kind,
      identity: { id, appId, uniqueName },
      place: { uri: origin.uri, index: origin.index, pointer: toPointer(origin.path) },
      settings: settings.effective,
      wasJudgedBy: (rule) => !isBroken && wasJudged(asked, rule),
    });
  }
  return named;
}
