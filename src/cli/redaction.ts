import { builtInRules } from '../rules.ts';
import type { CollectRequest } from '../collect.ts';
import type { CliContext } from './context.ts';
import { choiceOf, type Flags } from './flags.ts';
import { REDACTIONS } from './option-table.ts';

/** Who has the key can find out by guessing what was hidden, so that nobody keeps it. */
const KEY_BYTES = 32;
const GUID = /[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}/g;

/**
 * What is to be hidden in a snapshot; `null` for nothing. Ids that our own tables name are the same in every tenant.
 * @throws {UsageError} for anything that cannot be hidden
 */
export function redactionOf(flags: Flags, { randomBytes }: CliContext): CollectRequest['redact'] {
  const flag = flags.text('--redact');
  if (flag === undefined) return null;
  const { value, source } = flag;
  const what = value.split(',').map((word) => choiceOf({ value: word.trim(), source }, REDACTIONS));
  return {
    what: REDACTIONS.filter((each) => what.includes(each)),
    key: randomBytes(KEY_BYTES),
    publicIds: new Set(builtInRules().tables.match(GUID)),
  };
}
