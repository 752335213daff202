import type { SuppressionSources } from './types.ts';

/** What a run looks at when nothing else is said: what stands beside findings. */
export const NO_FILES: SuppressionSources = {
  waivers: null,
  baseline: null,
  inline: true,
  policy: { maxDays: null, requireApprover: false, warnBeforeDays: 14 },
};
