import type { Report, ReportedExemption } from '../../findings/report.ts';
import type { Suppression, SuppressionNotice } from '../../findings/suppression.ts';
import { expiryOf } from '../expiry.ts';
import { noticeTitle } from '../notices.ts';
import { count } from '../text.ts';
import { expiredWords } from '../told-message.ts';
import { joined, markup, type Content, type Markup } from './markup.ts';
import { andMore, capital, fact, fileAt, MOST_ROWS, ruleLink, table } from './parts.ts';
import type { View } from './view.ts';

/** That a finding counts again, beside it. */
export function expiredNote(expired: Suppression): Markup {
  const { reason } = expired;
  return markup`<p class="suppressed">Counts again: <span class="expiry expired">${expiredWords(expired)}</span> · ${reason}</p>`;
}

/** Which files were looked at to tell what counts; nothing of a run without any. */
export function suppressionSources({ suppressions }: Report): Markup | null {
  const { waivers, baseline, inline } = suppressions;
  if (waivers === null && baseline === null && inline) return null;
  return markup`<dl class="facts">
    ${fact('Waivers', usedFile(waivers))}
    ${fact('Baseline', usedFile(baseline))}
    ${fact('Beside findings', inline ? 'honoured' : 'ignored')}</dl>`;
}

function usedFile(used: Report['suppressions']['waivers']): Content {
  return used === null
    ? 'none'
    : markup`${count(used.entries, 'entry', 'entries')} in <code class="path">${used.file}</code>`;
}

/** Suppressions that somebody has to look at. */
export function noticesTable(view: View): Content {
  const { suppressions, now } = view.report;
  const { notices } = suppressions;
  if (notices.length === 0) return null;
  const rows = notices.slice(0, MOST_ROWS).map((notice) => noticeRow(view, notice, now));
  const head = ['What', 'Why', 'Until', 'About', 'Written in'];
  return [
    markup`<h3 id="to-look-at">To look at</h3>`,
    table({ caption: 'Suppressions that somebody has to look at', head, shape: 'wide' }, rows),
    andMore(notices.length - MOST_ROWS, 'entries'),
  ];
}

function noticeRow(view: View, notice: SuppressionNotice, now: string): Markup {
  const { rule, object, message, expires, location } = notice;
  const expiry = expiryOf(expires, now);
  return markup`<tr><th scope="row">${capital(noticeTitle(notice))}</th><td>${message}</td>
    <td class="until">${expires ?? 'no end'}${expires === null ? null : markup`<br><span class="expiry ${expiry.state}">${expiry.words}</span>`}</td>
    <td>${ruleLink(view, rule)}<br><code class="path">${object}</code></td><td>${location === null ? 'not told' : fileAt(location.uri, location.range)}</td></tr>`;
}

/** Principals that no rule is about. */
export function exemptTable({ exemptPrincipals }: Report): Content {
  if (exemptPrincipals.length === 0) return null;
  return [
    markup`<h3 id="exempt">Exempt principals</h3>`,
    table(
      { caption: 'Principals that no rule is about', head: ['Principal', 'Reason', 'Findings not counted'] },
      exemptPrincipals.slice(0, MOST_ROWS).map(exemptRow),
    ),
    andMore(exemptPrincipals.length - MOST_ROWS, 'principals'),
  ];
}

function exemptRow({ id, reason, findings }: ReportedExemption): Markup {
  return markup`<tr><th scope="row"><code class="path">${id}</code></th><td>${reason}</td><td class="number">${findings}</td></tr>`;
}

/** How many findings do not count, by what keeps them from it. */
export function notCounted(words: readonly string[]): Markup | null {
  return words.length === 0
    ? null
    : markup`<p>Not counted: ${joined(words)}; see <a href="#waivers">waivers</a>.</p>`;
}
