import type { Report } from '../findings/report.ts';
import { count } from './text.ts';

/** Digits of a commit's name that people read. */
const SHORT_SHA = 12;

/** What a report of a change leaves out, for people; `null` when everything is reported. It may hold untrusted text. */
export function changeNote({ change }: Pick<Report, 'change'>): string | null {
  if (change === null) return null;
  const { files, leftOut } = change;
  const since = /^[0-9a-f]{40,64}$/.test(change.since) ? change.since.slice(0, SHORT_SHA) : change.since;
  const left = count(leftOut, 'finding');
  if (files === 0) {
    const nothing = `nothing has changed since ${since}`;
    return leftOut === 0
      ? nothing
      : `${nothing}; ${left} in what was there before ${are(leftOut)} not reported`;
  }
  const reported = `only what changed since ${since} (${count(files, 'file')}) is reported`;
  return leftOut === 0 ? reported : `${reported}; ${left} elsewhere ${are(leftOut)} not`;
}

function are(number: number): string {
  return number === 1 ? 'is' : 'are';
}
