import type { Suppression } from '../../findings/suppression.ts';
import { endOf, expiryOf } from '../expiry.ts';
import { grouped } from './grouped.ts';
import { exemptTable, noticesTable, suppressionSources } from './living.ts';
import { fileAt, MOST_ROWS, andMore, outward, ruleLink, table } from './parts.ts';
import { joined, markup, type Content, type Markup } from './markup.ts';
import type { NumberedFinding, View } from './view.ts';

const KIND_WORDS = {
  waiver: 'waived',
  inline: 'ignored beside the finding',
  baseline: 'recorded before',
  exemption: 'exempt',
} as const satisfies Record<Suppression['kind'], string>;

/** Findings of one suppression that are linked to. */
const MOST_LINKS = 20;

/** Why a finding does not count, beside it. */
export function suppressionNote(suppressed: Suppression, now: string): Markup {
  const { kind, reason, approvedBy, ticket, expires } = suppressed;
  const expiry = expiryOf(expires, now);
  const told: Content[] = [
    markup`<b>${KIND_WORDS[kind]}</b>: ${reason}`,
    approvedBy === null ? [] : markup`approved by ${approvedBy}`,
    ticket === null ? [] : outward(ticket, ticket),
    expires === null
      ? expiry.words
      : markup`until ${expires}, <span class="expiry ${expiry.state}">${expiry.words}</span>`,
  ];
  return markup`<p class="suppressed">Does not count, ${joined(
    told.filter((part) => !Array.isArray(part)),
    ' · ',
  )}</p>`;
}

/** Everything that keeps a finding from counting, what expires first at the top, and what somebody has to look at. */
export function suppressionsBody(view: View): Content {
  const suppressed = view.findings.flatMap(({ number, finding }) =>
    finding.suppressed === null ? [] : [{ number, finding, by: finding.suppressed }],
  );
  return [
    suppressionSources(view.report),
    noticesTable(view),
    suppressed.length === 0
      ? markup`<p class="quiet">Every finding counts: nothing is waived, ignored or recorded before.</p>`
      : entriesTable(view, suppressed),
    exemptTable(view.report),
  ];
}

type SuppressedFinding = NumberedFinding & { readonly by: Suppression };

function entriesTable(view: View, suppressed: readonly SuppressedFinding[]): Content {
  const groups = [
    ...grouped(suppressed, ({ finding, by }) =>
      JSON.stringify([by, by.kind === 'baseline' ? '' : finding.rule]),
    ).values(),
  ];
  const rows = groups
    .flatMap((entries) => (entries[0] === undefined ? [] : [{ by: entries[0].by, entries }]))
    .sort((a, b) => until(a.by) - until(b.by) || (a.entries[0]?.number ?? 0) - (b.entries[0]?.number ?? 0))
    .slice(0, MOST_ROWS)
    .map(({ by, entries }) => suppressionRow(view, by, entries));
  const head = ['Until', 'Reason', 'Approved by', 'Ticket', 'What', 'Findings', 'Written in'];
  return [
    table({ caption: 'What keeps findings from counting, by expiry', head, shape: 'wide' }, rows),
    andMore(groups.length - MOST_ROWS, 'entries'),
  ];
}

function until({ expires }: Suppression): number {
  const time = expires === null ? Number.NaN : endOf(expires);
  return Number.isNaN(time) ? Number.MAX_SAFE_INTEGER : time;
}

function suppressionRow(view: View, by: Suppression, entries: readonly NumberedFinding[]): Markup {
  const { kind, reason, approvedBy, ticket, expires, location } = by;
  const expiry = expiryOf(expires, view.report.now);
  const rules = [...new Set(entries.map(({ finding }) => finding.rule))];
  const links = entries
    .slice(0, MOST_LINKS)
    .map(({ number, finding }) => markup`<a href="#f-${number}">${finding.resource.name}</a>`);
  const more = entries.length - links.length;
  return markup`<tr><th scope="row" class="until">${expires ?? 'no end'}<br><span class="expiry ${expiry.state}">${expires === null ? null : expiry.words}</span></th>
    <td>${reason}</td><td>${approvedBy ?? 'nobody'}</td><td>${ticket === null ? 'none' : outward(ticket, ticket)}</td>
    <td>${KIND_WORDS[kind]}<br>${joined(rules.map((rule) => ruleLink(view, rule)))}</td>
    <td>${joined(links)}${more > 0 ? ` and ${more} more` : null}</td><td>${location === null ? 'not told' : fileAt(location.uri, location.range)}</td></tr>`;
}
