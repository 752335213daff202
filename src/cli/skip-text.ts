import { RESOURCE_KINDS, type ResourceKind } from '../model/vocabulary.ts';
import type { RuleMetadata } from '../policy/types.ts';
import { GROUP_WORDS } from '../reporters/tenant-words.ts';
import type { TraceOutcome } from '../rules/resource-trace.ts';

/** Why a rule did not judge a resource. */
export function skipText(
  { reason, missing, origin }: Extract<TraceOutcome, { readonly status: 'skipped' }>,
  { appliesTo }: RuleMetadata,
  kind: ResourceKind,
): string {
  const what = listed(missing.map((group) => GROUP_WORDS[group]));
  const where = origin === null ? '' : ` (set by ${origin})`;
  switch (reason) {
    case 'off':
      return `the rule is off${where}`;
    case 'not-applicable': {
      if (appliesTo.includes(kind)) return 'the rule is for tenants, not for files';
      const kinds = appliesTo.map((each) => RESOURCE_KINDS[each].label);
      const { label } = RESOURCE_KINDS[kind];
      return `this is ${/^[aeiou]/i.test(label) ? 'an' : 'a'} ${label}; the rule is for ${listed(kinds)}`;
    }
    case 'declared-elsewhere':
      return `it needs ${what}, which are kept elsewhere${where}`;
    case 'not-asked':
      return `it needs ${what}, which were not asked for`;
    case 'not-visible':
      return `it needs ${what}, which Microsoft Graph does not tell`;
    case 'facts-missing':
      return `it needs ${what}, which the file does not tell`;
  }
}

function listed(words: readonly string[]): string {
  const last = words.at(-1) ?? '';
  return words.length > 1 ? `${words.slice(0, -1).join(', ')} and ${last}` : last;
}
