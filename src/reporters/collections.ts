import type { Collection } from '../model/collection.ts';
import type { ReportedTenant } from '../findings/report.ts';
import { visible } from './escape.ts';
import { GROUP_WORDS, KIND_WORDS, LISTS, STATUS_WORDS } from './tenant-words.ts';
import { count } from './text.ts';

/** What was read of a tenant, in numbers. */
export function readLine({ collections }: ReportedTenant): string {
  const asked = collections.filter(isWanted);
  const whole = asked.filter(({ status }) => status === 'complete').length;
  return whole === asked.length
    ? `all of ${count(whole, 'group')} of facts`
    : `${whole} of ${count(asked.length, 'group')} of facts`;
}

/** A line for each group of facts that was not read to its end, with the reason and what would help. */
export function unreadLines({ collections }: ReportedTenant): string[] {
  return collections.filter((each) => isWanted(each) && each.status !== 'complete').map(unreadLine);
}

/** What no rule needed is no gap. */
function isWanted({ status, by }: Collection): boolean {
  return status !== 'notAsked' || by === 'user';
}

function unreadLine(collection: Collection): string {
  const { status, unread, reason, permissions, evidence } = collection;
  const answer = [evidence?.status ?? null, evidence?.code ?? null].filter(isTold).join(' ');
  const answered = answer === '' ? '' : ` (${answer})`;
  const missing = status === 'partial' && unread > 0 ? `, ${count(unread, 'object')} missing` : '';
  const why = reason === null || reason === '' ? '' : `: ${withoutStop(reason)}`;
  const isHelped = status === 'forbidden' && permissions.length > 0;
  const grant = isHelped ? `; grant ${permissions.join(', ')}` : '';
  return visible(`${collectionName(collection)}: ${STATUS_WORDS[status]}${missing}${answered}${why}${grant}`);
}

/** `owners of blueprints`, `agent users`. */
export function collectionName({ group, of }: Collection): string {
  return LISTS.has(group) ? GROUP_WORDS[group] : `${GROUP_WORDS[group]} of ${KIND_WORDS[of][1]}`;
}

function isTold(part: string | number | null): boolean {
  return part !== null && part !== '';
}

function withoutStop(sentence: string): string {
  return sentence.replace(/\.\s*$/, '');
}
