import { toJsonFinding } from '../reporters/json/finding.ts';
import type { Explanation } from '../rules/explain.ts';
import { whyJson } from './trace-json.ts';

/** What `explain` prints for programs about a finding. */
export function explanationJson({ finding, rule, slice, settings, why }: Explanation): unknown {
  const { id, title, description, source, url } = rule;
  return {
    format: 'explain-v1',
    finding: toJsonFinding(finding),
    rule: { id, title, description, source, url },
    input: slice,
    settings,
    why: whyJson(why),
  };
}
