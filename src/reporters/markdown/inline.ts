import type { ReportedRule } from '../../findings/report.ts';
import { cut } from '../../util/cut.ts';
import { visible } from '../escape.ts';

/** A longer value says no more, and could hide the rest of a table. */
const MOST_OF_A_VALUE = 200;
const MOST_OF_A_SENTENCE = 600;
const LINE_BREAK = /\r\n|[\r\n]/g;

/** Pages of built-in rules, and objects in the admin centers of Microsoft's clouds: all that is ever linked. */
const OUR_PAGE =
  /^https:\/\/github\.com\/agentid-lint\/agentid-lint\/blob\/main\/docs\/rules\/[a-z\d-]+\/[a-z\d-]+\.md$/;
const ADMIN_CENTER =
  /^https:\/\/entra\.(?:microsoft\.com|microsoft\.us|microsoftonline\.cn)\/#view\/[\w/~.-]+$/;

/**
 * Untrusted text as a code span, in which GitHub's Markdown knows no markup, links, mentions or references: its fence is
 * longer than any run of backticks in it. Line breaks are shown as ⏎, long text is cut.
 */
export function code(text: string, most = MOST_OF_A_VALUE): string {
  const line = cut(visible(text.replaceAll(LINE_BREAK, '⏎')), most);
  const longest = Math.max(0, ...Array.from(line.matchAll(/`+/g), ([run]) => run.length));
  const fence = '`'.repeat(longest + 1);
  // A blank at both ends is taken off again, so that a backtick may stand there.
  const isPadded = /^`|`$|^ .* $|^$/.test(line) && line.trim() !== '';
  const inner = isPadded ? ` ${line} ` : line;
  return `${fence}${inner === '' ? ' ' : inner}${fence}`;
}

/** A sentence of a rule, which is longer than most values. */
export function sentence(text: string): string {
  return code(text, MOST_OF_A_SENTENCE);
}

/** A rule, linked to its page when that is one of ours. */
export function ruleName(id: string, rule: ReportedRule | undefined): string {
  const url = rule?.url ?? '';
  return OUR_PAGE.test(url) ? `[${code(id)}](${url})` : code(id);
}

/** ` ([admin center](…))` for an address there, else nothing. */
export function adminCenterLink(url: string | null): string {
  return url !== null && ADMIN_CENTER.test(url) ? ` ([admin center](${url}))` : '';
}
