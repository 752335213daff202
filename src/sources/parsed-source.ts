import type { SourceFault } from './problem.ts';
import type { RuleSource } from './rule-source.ts';

/** What the name of a source says, or what is wrong with it. */
export type ParsedSource =
  { readonly ok: true; readonly source: RuleSource } | { readonly ok: false; readonly fault: SourceFault };

export function faulty(fault: SourceFault): ParsedSource {
  return { ok: false, fault };
}
