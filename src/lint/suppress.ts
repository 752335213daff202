import type { Finding } from '../findings/finding.ts';
import type { Suppressed, SuppressionInput } from '../suppressions/apply.ts';
import { NO_FILES } from '../suppressions/no-files.ts';
import type { InlineMark, SuppressionSources } from '../suppressions/types.ts';
import type { WaivedValues } from '../suppressions/values.ts';
import type { SourcedRule } from './policies.ts';

type Request = {
  readonly suppressions?: SuppressionSources;
  readonly base?: string;
};

type Run = Pick<SuppressionInput, 'stateOf' | 'values' | 'now'> & {
  /** All of them. */
  readonly findings: readonly Finding[];
  readonly rules: readonly SourcedRule[];
  readonly marks: readonly InlineMark[];
  /** Asked only when there is something that suppresses findings. */
  readonly resources: () => SuppressionInput['resources'];
};

/** Knows which findings of a run have a value that a waiver names; `null` when none names one. */
export async function waivedValues({ suppressions }: Request): Promise<WaivedValues | null> {
  const waivers = suppressions?.waivers ?? null;
  if (waivers?.entries.some(({ value }) => value !== null) !== true) return null;
  const { WaivedValues } = await import('../suppressions/values.ts');
  return new WaivedValues(waivers);
}

/** Tells which findings of a run count. What does it is loaded only when there is something that suppresses findings. */
export async function suppress(
  { suppressions = NO_FILES, base = '' }: Request,
  run: Run,
): Promise<Suppressed> {
  const { findings, marks, now, values, stateOf } = run;
  const { waivers, baseline, policy } = suppressions;
  if (waivers === null && baseline === null && marks.length === 0)
    return { findings, notices: [], problems: [] };
  const { readInline } = await import('../suppressions/inline.ts');
  const { applySuppressions } = await import('../suppressions/apply.ts');
  const rules = run.rules.map(({ rule: { id, aliases } }) => ({ id, aliases }));
  const { entries, problems } = readInline(marks, { rules, policy, now });
  const resources = run.resources();
  const applied = applySuppressions({
    findings,
    sources: suppressions,
    inline: entries,
    now,
    rules,
    resources,
    values,
    stateOf,
    base,
  });
  if (problems.length === 0) return applied;
  return { findings, notices: [], problems: [...problems, ...applied.problems] };
}
