import type { Report, ReportedResource, RuleChecks } from '../../findings/report.ts';
import type { FactGroup } from '../../model/vocabulary.ts';
import { GROUP_WORDS } from '../tenant-words.ts';
import { joined, markup, type Markup } from './markup.ts';

/** Which of these groups of facts were missing when a resource was judged. */
export function unknownGroups(
  checks: RuleChecks | undefined,
  groups: readonly FactGroup[],
): readonly FactGroup[] {
  const missing = new Set((checks?.skipped ?? []).flatMap(({ missing: these }) => these));
  return groups.filter((group) => missing.has(group));
}

/** Says that a list may not be whole, as some of these groups are not known of some of the resources. */
export function unknownNote(
  { checks }: Report,
  resources: readonly ReportedResource[],
  groups: readonly FactGroup[],
): Markup | null {
  const asked = new Set(resources.map((resource) => resource.checks));
  const unknown = new Set([...asked].flatMap((index) => unknownGroups(checks[index], groups)));
  if (unknown.size === 0) return null;
  const words = groups.filter((group) => unknown.has(group)).map((group) => GROUP_WORDS[group]);
  return markup`<p class="warned">There may be more than what stands here: not everything is known of ${joined(words)}.</p>`;
}
