import { createDraft, finish } from './believable/draft.ts';
import { people } from './believable/people.ts';
import { protection } from './believable/protection.ts';
import { signInLog } from './believable/sign-ins.ts';
import { tidy } from './believable/tidy.ts';
import { untidy } from './believable/untidy.ts';
import { NOW } from './clock.ts';
import type { TenantData } from './memory-tenant.ts';

export { PLANTED, PLANTED_FOR_OPTIONS } from './believable/planted.ts';

/**
 * Larkspur Freight, an invented company: some forty blueprints, three hundred agent identities, twenty-five agent users,
 * sixty people. Nearly all of it is in order; what is not is in `PLANTED`. Dates are relative to `now`, milliseconds.
 */
export function believableTenant(now: number = NOW): TenantData {
  const draft = createDraft(now);
  const everybody = people(draft);
  const { agents } = tidy(draft, everybody);
  untidy(draft, everybody);
  protection(draft, everybody);
  signInLog(draft, agents);
  return finish(draft);
}
